"""Redis keys that several packages use: what each holds, its type and whether it expires.

One desk owns one Redis database. No key contains anything that identifies a person.
"""

SEEN_FOR = 40 * 24 * 3600  # seconds; longer than any provider repeats a message (31 days measured)
EXTERNAL_FOR = 30 * 24 * 3600  # seconds; receipts stop long before that
INTAKES_FOR = 40 * 24 * 3600  # seconds; the overview shows fourteen days
ENDED_FOR = 180 * 24 * 3600  # seconds; delivery ticks are shown that long

CLOCK_HEARTBEAT = "clock-beat"  # string, expires: when a clock last swept
SET_ASIDE = "set-aside"  # stream: providers' posts that couldn't be processed, for the operator
FEED = "feed"  # stream: one entry per change, {t: ticket id}; the inbox follows it
DEADLINES = "deadlines"  # zset: "ticket|target|turn|stage" by due time (Unix seconds)
ALERT_QUEUES = "boards"  # zset: lane of an alert destination by the time of its next message
ARCHIVE_MOVES = "archiving"  # hash: ticket id -> token of its move to or from the archive
LAST_ARCHIVE_MOVE = "last-move"  # string: the last token of a move
ARCHIVE_STATE = "archived"  # hash: progress and problems of archiving, see store.archive.archive_state
DESK_ID = "desk"  # string: the id that ties the archive to this store
UNFINISHED = (
    "unfinished"  # zset: draft id of a request in progress by the time of the customer's last message
)
REMINDERS = "reminders"  # zset: draft id by the time when its customer is asked about it
ERASURES = "erasures"  # zset: contact id by the time when their data is to be erased
CHORES = "chores"  # zset: name of a recurring chore by the time when it's due
TWILIO_RECONCILIATION = "compared"  # hash: state of store.integrity.twilio_reconciliation
LANES = "lanes"  # zset: outbox lane by the time when it may be drained
MEDIA = "media"  # zset: "thread|entry" with attachments to download, by the time of the next attempt
TICKET_NUMBERS = "numbers"  # hash: ticket number -> ticket id
TICKET_NUMBER_SEQUENCE = "number-sequence"  # string: how many numbers are reserved
FAILED_JOBS = "troubles"  # zset: "job ids…" of failed jobs, by the time of the last failure
POLICIES = "policies"  # hash: policy version -> policy as JSON

TICKET_ROWS = "rows"  # hash: ticket id -> its row in the inbox's list, as JSON
LIVE = "tickets:live"  # zset: ticket id by first due time (far future if no clock is running)
ENDED = "tickets:ended"  # zset: ticket id by the time when it was resolved
UNASSIGNED = "tickets:unassigned"  # zset, as LIVE
WAITING = "tickets:waiting"  # zset, as LIVE
MISSED_TARGETS = "alerts"  # zset: "ticket|target|turn|where" of missed targets, by the time when noticed
COMPLETED_TARGETS = (
    "answered"  # zset: "ticket|target|turn|in time (1) or late (0)|where", by the time when met
)
# where: "priority|channel|locale|agent" of the ticket at that time

ACCOUNTS = "accounts"  # hash: account id -> account as JSON
ACCOUNT_CODES = "account-codes"  # hash: keyed digest of a support or VIP code -> account id
ACCOUNT_ADDRESSES = "account-addresses"  # hash: hashed address (as in a contact id) -> account id
ACCOUNT_IMPORT_LEASE = "account-import"  # lease held during an import of accounts


def quota(owner_id: str, month: str) -> str:
    """Hash, expires: ticket id -> ordinal of the request in that month."""
    return f"quota:{owner_id}:{month}"


def code_attempts(contact_id: str) -> str:
    """Set, expires: digests of the codes that this contact has tried."""
    return f"code-tries:{contact_id}"


def switch_link(digest: str) -> str:
    """Hash, expires: `p`, a link to another channel as JSON; `until` (Unix seconds) it's valid; `c`, its contact;
    `by`, the id of the address that used it; `first`, that address's message. The link itself isn't stored."""
    return f"passage:{digest}"


def agent_tickets(agent_id: str) -> str:
    """Zset: live tickets of that agent, scored like LIVE."""
    return f"tickets:of:{agent_id}"


def alias(address_id: str) -> str:
    """String: the contact into which this address was merged; absent for nearly all."""
    return f"alias:{address_id}"


def contact(contact_id: str) -> str:
    """Hash: `v`, a version that every write to their data changes (a unit of work compares it); `c`, the
    conversation as JSON; `t`, the ticket that messages join; `a`, their account; `b`, set while they block
    the desk; `k`, a job queued for their lane, see `store.outbox.job_queue`."""
    return f"contact:{contact_id}"


def ticket(ticket_id: str) -> str:
    """String: the ticket as JSON."""
    return f"ticket:{ticket_id}"


def thread(thread_id: str) -> str:
    """List: entries as JSON, oldest first."""
    return f"thread:{thread_id}"


def seen(channel: str, external_id: str) -> str:
    """String, expires: this inbound message, or this change by the desk, was processed; holds its result."""
    return f"seen:{channel}:{external_id}"


def window_closed_at(contact_id: str) -> str:
    """String, expires: when WhatsApp last reported this contact's window as closed (ISO)."""
    return f"refused:{contact_id}"


def last_template(lane_name: str) -> str:
    """Hash: `at` (ISO) and `id` of the last template that asked this lane's customer to write."""
    return f"invited:{lane_name}"


def template_count(day: str) -> str:
    """String, expires: how many templates were sent on that day of the desk (ISO date)."""
    return f"templates:{day}"


def failed_job(name: str) -> str:
    """Hash, expires: `times` the job failed, and `why` it last did."""
    return f"trouble:{name}"


def lane(name: str) -> str:
    """List: ids of outbox entries not yet accepted by the channel, in order."""
    return f"lane:{name}"


def intakes(day: str) -> str:
    """Hash, expires: draft id -> how far that request got, as JSON, of those that began on that day (ISO, UTC)."""
    return f"intakes:{day}"


def typing(ticket_id: str) -> str:
    """String, expires: the customer sees that an agent is typing."""
    return f"typing:{ticket_id}"


def in_flight(lane_name: str) -> str:
    """Hash, expires: `id`, the channel's id of the message being sent; `until` (ISO) the next one waits."""
    return f"flight:{lane_name}"


def provider_calls(channel: str) -> str:
    """Hash: figures of the calls to that channel's provider, see `jobs.delivery.call_meter`."""
    return f"calls:{channel}"


def calls_in_air(channel: str) -> str:
    """Hash: process -> how many of its messages are being sent, and when it said so (Unix seconds)."""
    return f"in-air:{channel}"


def circuit_breaker(channel: str) -> str:
    """Hash, expires: why messages to that channel wait, see `store.outbox.circuit_breaker`."""
    return f"breaker:{channel}"


def lease(name: str) -> str:
    """String, expires: who holds the lease."""
    return f"lease:{name}"


def lease_wanted(name: str) -> str:
    """String, expires: another asked for the lease while it was held."""
    return f"wanted:{name}"


def alert_queue(lane_name: str) -> str:
    """List: notices for this destination as JSON, oldest first."""
    return f"board:{lane_name}"


def urgent_alert_queue(lane_name: str) -> str:
    """List: notices that are sent at once: emergencies, and answers to a command."""
    return f"pressing:{lane_name}"


def alerts_paused_until(lane_name: str) -> str:
    """String: until when (ISO) notices are collected for a digest, because too many come at once."""
    return f"resting:{lane_name}"


def sent_alerts(lane_name: str) -> str:
    """List: messages sent to this destination, as JSON, newest last. The sending transaction watches it."""
    return f"told:{lane_name}"


def staff_last_inbound_at(lane_name: str) -> str:
    """String: when someone at this destination last wrote (ISO)."""
    return f"heard:{lane_name}"


def report_sent(kind: str, day: str) -> str:
    """String, expires: that day's or week's report was sent."""
    return f"reported:{kind}:{day}"


def outbox_entry(entry_id: str) -> str:
    """String: the outbox entry as JSON; expires once its final status is known."""
    return f"outbox:{entry_id}"


def attachments(thread_id: str) -> str:
    """Hash: "entry id/n" -> the n-th attachment of that entry as JSON, once its download has ended."""
    return f"files:{thread_id}"


def by_external_id(channel: str, external_id: str) -> str:
    """String, expires: the outbox entry with this id at the channel."""
    return f"external:{channel}:{external_id}"
