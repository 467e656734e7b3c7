"""RQ tasks, by the name under which they're queued. Each takes ids, loads, calls one method, and may run twice."""

from jobs.wiring import wiring


def deliver(lane: str) -> None:
    """Send what waits in this outbox lane."""
    wiring().courier.drain(lane)


def acknowledge_press(answer_token: str) -> None:
    """Stop the progress indicator on the button that a Telegram customer pressed."""
    wiring().channels["telegram"].acknowledge(answer_token)


def show_typing(ticket_id: str) -> None:
    """Show the customer that an agent is typing."""
    wiring().typist.show(ticket_id)


def check_deadlines(*ticket_ids: str) -> None:
    """Warn, record misses and alert, once each. A ticket that fails is queued again alone."""
    desk = wiring()
    lanes, failed = desk.reminder.look_at(ticket_ids)
    for ticket_id in failed:
        desk.kicks.fall_due([ticket_id])
    for lane in lanes:
        desk.teller.tell(lane)


def send_alerts(lane: str) -> None:
    """Send the alerts that wait for this destination."""
    wiring().teller.tell(lane)


def run_chore(name: str) -> None:
    """Run one periodic chore: reports, back-fill or archiving."""
    wiring().chores[name]()


def sync_topics() -> None:
    """Bring the topics of the agents' group up to date."""
    if rooms := wiring().rooms:
        rooms.mirror.run()


def handle_agent_messages(thread: str) -> None:
    """Handle what agents wrote in one topic."""
    if rooms := wiring().rooms:
        rooms.listener.listen(thread)


def send_webhooks() -> None:
    """Send every outgoing webhook what waits for it."""
    wiring().hook_rounds.run()


def fetch_media(thread_id: str, entry_id: str) -> None:
    """Download the attachments of one thread entry that aren't here yet."""
    wiring().librarian.fetch(thread_id, entry_id)
