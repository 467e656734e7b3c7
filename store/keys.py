"""Every key in Redis, by name: what it holds, its type, and what lives and dies with it.

One desk owns one Redis database; no key carries anything that names a person.
"""

SEEN_FOR = 40 * 24 * 3600  # seconds; longer than any provider repeats itself (31 days measured)
EXTERNAL_FOR = 30 * 24 * 3600  # seconds; receipts stop long before
ENDED_FOR = 180 * 24 * 3600  # seconds; ticks of what was sent are shown that long

CLOCK_HEARTBEAT = "clock-beat"  # string with a lifetime: when a clock last swept
SET_ASIDE = "set-aside"  # stream: provider's posts that could not be taken, for the operator
FEED = "feed"  # stream: one entry a change, {t: ticket id}; what the inbox follows
DEADLINES = "deadlines"  # zset: "ticket|target|turn|stage" by due instant (Unix seconds)
ALERT_QUEUES = "boards"  # zset: lane of an alert destination by the instant when it may be told next
ARCHIVE_MOVES = "archiving"  # hash: ticket id -> token of the move to or from the archive that is under way
LAST_ARCHIVE_MOVE = "last-move"  # string: the last token given to a move
ARCHIVE_STATE = "archived"  # hash: the account of what was moved, see store.archive.archive_state
DESK_ID = "desk"  # string: a name by which the archive knows whose it is
CHORES = "chores"  # zset: name of a chore that comes round by the instant when it is next due
TWILIO_RECONCILIATION = "compared"  # hash: state of store.integrity.twilio_reconciliation
LANES = "lanes"  # zset: outbox lane by the instant when it may be drained next
MEDIA = "media"  # zset: "thread|entry" whose attachments are to be fetched, by the instant of the next try
TICKET_NUMBERS = "numbers"  # hash: ticket number -> ticket id
TICKET_NUMBER_SEQUENCE = "number-sequence"  # string: how many numbers were reserved
FAILED_JOBS = "troubles"  # zset: "job ids…" of work that failed of itself, by the instant when it last did
POLICIES = "policies"  # hash: policy version -> policy as JSON

TICKET_ROWS = "rows"  # hash: ticket id -> what the inbox's list shows of it, as JSON
LIVE = "tickets:live"  # zset: ticket id by first due instant (far future when no clock runs)
ENDED = "tickets:ended"  # zset: ticket id by the instant when it was resolved
UNASSIGNED = "tickets:unassigned"  # zset, as LIVE
WAITING = "tickets:waiting"  # zset, as LIVE
MISSED_TARGETS = (
    "alerts"  # zset: "ticket|target|turn|where" of what was missed, by the instant when it was noticed
)
COMPLETED_TARGETS = (
    "answered"  # zset: "ticket|target|turn|in time (1) or not (0)|where" by the instant when it was given
)
# where: "priority|channel|locale|agent" as the ticket stood then

ACCOUNTS = "accounts"  # hash: account id -> account as JSON
ACCOUNT_CODES = "account-codes"  # hash: keyed digest of a support or VIP code -> account id
ACCOUNT_ADDRESSES = "account-addresses"  # hash: id of an address (as a contact's) -> account id
ACCOUNT_IMPORT_LEASE = "account-import"  # name of the lease of whoever imports accounts


def quota(owner_id: str, month: str) -> str:
    """Hash with a lifetime: ticket id -> the how-manieth request of that month it was."""
    return f"quota:{owner_id}:{month}"


def code_attempts(contact_id: str) -> str:
    """Set with a lifetime: digests of the codes that this contact has tried."""
    return f"code-tries:{contact_id}"


def switch_link(digest: str) -> str:
    """Hash with a lifetime: `p`, a way to another channel as JSON; `until` (Unix seconds) it is open; `c`, whose
    it is; `by`, the id of the one address that came through; `first`, its message. What opens it is kept nowhere."""
    return f"passage:{digest}"


def agent_tickets(agent_id: str) -> str:
    """Zset: live tickets of that agent, as LIVE."""
    return f"tickets:of:{agent_id}"


def alias(address_id: str) -> str:
    """String: the contact to whom this address was merged; absent for nearly everybody."""
    return f"alias:{address_id}"


def contact(contact_id: str) -> str:
    """Hash: `v`, a version that moves with every write to anything of theirs (what a unit compares); `c`, the
    conversation as JSON; `t`, the ticket that messages join; `a`, their account; `b`, there while they block
    the desk; `k`, a kick on its way to their lane, see `store.outbox.job_queue`."""
    return f"contact:{contact_id}"


def ticket(ticket_id: str) -> str:
    """String: the ticket as JSON."""
    return f"ticket:{ticket_id}"


def thread(thread_id: str) -> str:
    """List: entries as JSON, oldest first."""
    return f"thread:{thread_id}"


def seen(channel: str, external_id: str) -> str:
    """String with a lifetime: this inbound message was taken; or a change of the desk's, and what it made."""
    return f"seen:{channel}:{external_id}"


def window_closed_at(contact_id: str) -> str:
    """String with a lifetime: when WhatsApp last said that this contact's window is shut (ISO)."""
    return f"refused:{contact_id}"


def last_template(lane_name: str) -> str:
    """Hash: `at` (ISO) and `id` of the last template that asked this lane's reader to write to us."""
    return f"invited:{lane_name}"


def template_count(day: str) -> str:
    """String with a lifetime: how many templates were sent on that day of the desk (ISO date)."""
    return f"templates:{day}"


def failed_job(name: str) -> str:
    """Hash with a lifetime: `times` that this work failed, and `why` it last did."""
    return f"trouble:{name}"


def lane(name: str) -> str:
    """List: ids of outbox entries not yet taken by the channel, in order."""
    return f"lane:{name}"


def typing(ticket_id: str) -> str:
    """String with a lifetime: the customer sees that an agent writes."""
    return f"typing:{ticket_id}"


def in_flight(lane_name: str) -> str:
    """Hash with a lifetime: `id`, the channel's name of what is on its way; `until` (ISO) the next one waits."""
    return f"flight:{lane_name}"


def lease(name: str) -> str:
    """String with a lifetime: somebody is draining this lane."""
    return f"lease:{name}"


def alert_queue(lane_name: str) -> str:
    """List: notices as JSON that this destination is still to be told, oldest first."""
    return f"board:{lane_name}"


def urgent_alert_queue(lane_name: str) -> str:
    """List: the like of what waits for nothing: emergencies, and answers to what somebody there asked."""
    return f"pressing:{lane_name}"


def alerts_paused_until(lane_name: str) -> str:
    """String: until when (ISO) the board is left to gather, because too much comes at once."""
    return f"resting:{lane_name}"


def sent_alerts(lane_name: str) -> str:
    """List: what this destination was told, as JSON, the newest last; what a alert_sender watches."""
    return f"told:{lane_name}"


def staff_last_inbound_at(lane_name: str) -> str:
    """String: when somebody at this destination last wrote (ISO)."""
    return f"heard:{lane_name}"


def report_sent(kind: str, day: str) -> str:
    """String with a lifetime: that day's (or week's) report was made."""
    return f"reported:{kind}:{day}"


def outbox_entry(entry_id: str) -> str:
    """String: the outbox entry as JSON; with a lifetime once its fate is known."""
    return f"outbox:{entry_id}"


def attachments(thread_id: str) -> str:
    """Hash: "entry id/n" -> the n-th attachment of that entry as JSON, once its fetching has ended."""
    return f"files:{thread_id}"


def by_external_id(channel: str, external_id: str) -> str:
    """String with a lifetime: the outbox entry that the channel knows by this id."""
    return f"external:{channel}:{external_id}"
