"""RQ tasks, by the name under which they're queued. Each takes ids, loads, calls one method, and may run twice."""

from jobs.wiring import wiring


def deliver(*lanes: str) -> None:
    """Send what waits in these outbox lanes. Workers drain them at the same time, see `jobs.worker`."""
    for lane in lanes:
        wiring().lane_drainer.drain(lane)


def deliver_replies(*lanes: str) -> None:
    """Send what waits in these outbox lanes, where an agent has replied, before other lanes."""
    deliver(*lanes)


def acknowledge_press(answer_token: str) -> None:
    """Stop the progress indicator on the button that a Telegram customer pressed."""
    wiring().channels["telegram"].acknowledge(answer_token)


def show_typing(ticket_id: str) -> None:
    """Show the customer that an agent is typing."""
    wiring().typing_indicator.show(ticket_id)


def check_deadlines(*ticket_ids: str) -> None:
    """Warn, record misses and alert, once each. A ticket that fails is queued again alone."""
    desk = wiring()
    lanes, failed = desk.deadline_check.check_all(ticket_ids)
    for ticket_id in failed:
        desk.job_queue.check_deadlines([ticket_id])
    for lane in lanes:
        desk.alert_sender.send(lane)


def send_alerts(lane: str) -> None:
    """Send the alerts that wait for this destination."""
    wiring().alert_sender.send(lane)


def run_chore(name: str) -> None:
    """Run one periodic chore: reports, back-fill or archiving."""
    wiring().chores[name]()


def erase_contact(contact_id: str) -> None:
    """Erase this contact's data if they asked for it and it's due."""
    wiring().eraser.erase_if_due(contact_id)


def remind(draft_id: str) -> None:
    """Ask a customer about a request that they haven't sent, if it's still time."""
    wiring().reminders.ask_if_due(draft_id)


def sync_topics() -> None:
    """Bring the topics of the agents' group up to date."""
    if forum_services := wiring().forum_services:
        forum_services.sync.run()


def handle_agent_messages(thread: str) -> None:
    """Handle what agents wrote in one topic."""
    if forum_services := wiring().forum_services:
        forum_services.inbound_worker.run(thread)


def send_webhooks() -> None:
    """Send every outgoing webhook what waits for it."""
    wiring().webhook_dispatcher.run()


def fetch_media(thread_id: str, entry_id: str) -> None:
    """Download the attachments of one thread entry that aren't here yet."""
    wiring().media_fetcher.fetch(thread_id, entry_id)
