"""Why a message didn't reach a customer, as agents read it; chosen by `DeliveryError.code`."""

from collections.abc import Mapping

from bot.messages.outgoing import Phrase, say

WINDOW_CLOSED = say(
    "WhatsApp’s 24-hour window is closed; the message goes out when the customer writes again."
)
BLOCKED = say("The customer has blocked us or left the chat.")
NOT_FOUND = say("This recipient doesn’t exist on this channel.")
OPTED_OUT = say("The customer has opted out of messages.")
REFUSED = say("The channel rejected the message’s content.")
TOO_LONG = say("The message is too long for the channel.")
TOO_BIG = say("The file is too big for the channel.")
FILE_UNREACHABLE = say("The channel couldn’t fetch the file.")
TEMPLATE = say("The approved template is missing or doesn’t fit.")
TOPIC_GONE = say("The topic in the group was deleted.")
NO_RIGHTS = say("Our bot isn’t allowed to write in this group; make it an administrator.")
CREDENTIALS = say("The channel rejected our credentials; tell your administrator.")
NOT_SET_UP = say("This channel isn’t set up here.")
MOVED = say("The chat has moved to another address.")
PACED = say("The channel asked us to slow down; we’re retrying.")
UNAVAILABLE = say("The channel couldn’t be reached; we’re retrying.")
UNCERTAIN = say("The channel didn’t confirm the message; ask the customer before sending it again.")
POSSIBLY_TWICE = say("The message may have reached the customer twice.")
GAVE_UP = say("The channel couldn’t be reached for hours; we’ve stopped trying.")
BROKEN = say("An error on our side kept it from being sent; tell your administrator.")
DAILY_LIMIT = say("The channel account’s daily limit has been reached.")
EXPIRED = say("The channel couldn’t deliver it in time.")
NOT_NEEDED = say("No longer needed: they wrote before it went out.")
WITHDRAWN = say("It was taken back before it went out.")
TOO_LATE_TO_CHANGE = say("The customer still sees the first version: it can’t be changed any more.")
TOO_LATE_TO_DELETE = say("The customer still sees it: it can’t be deleted any more.")
OTHER = say("The channel couldn’t deliver the message.")
HELD_INVITED = say(
    "WhatsApp’s 24-hour window is closed. The customer was told an answer is waiting; it goes out when they write."
)
HELD_QUIET = say(
    "WhatsApp’s 24-hour window is closed; this kind of update goes out when the customer next writes."
)
HELD_NO_TEMPLATE = say(
    "WhatsApp’s 24-hour window is closed and the policy names no template, so the customer doesn’t know "
    "this is waiting. It goes out when they write."
)
HELD_SPENT = say(
    "WhatsApp’s 24-hour window is closed and today’s templates are used up: the customer will be told tomorrow."
)
HELD_TOO_SOON = say(
    "WhatsApp’s 24-hour window is closed. The customer was told of an earlier answer less than a day ago "
    "and hasn’t written since; they’ll be told of this one a day after that."
)
HELD_TEMPLATE_FAILED = say(
    "WhatsApp’s 24-hour window is closed and the template to tell the customer didn’t arrive."
)

REASONS: Mapping[str, Phrase] = {
    "window_closed": WINDOW_CLOSED,
    "blocked": BLOCKED,
    "not_found": NOT_FOUND,
    "opted_out": OPTED_OUT,
    "refused": REFUSED,
    "too_long": TOO_LONG,
    "too_big": TOO_BIG,
    "file_unreachable": FILE_UNREACHABLE,
    "template": TEMPLATE,
    "topic_gone": TOPIC_GONE,
    "no_rights": NO_RIGHTS,
    "credentials": CREDENTIALS,
    "not_set_up": NOT_SET_UP,
    "no_channel": NOT_SET_UP,
    "moved": MOVED,
    "paced": PACED,
    "unavailable": UNAVAILABLE,
    "uncertain": UNCERTAIN,
    "possibly_twice": POSSIBLY_TWICE,
    "gave_up": GAVE_UP,
    "broken": BROKEN,
    "daily_limit": DAILY_LIMIT,
    "expired": EXPIRED,
    "held_invited": HELD_INVITED,
    "held_quiet": HELD_QUIET,
    "held_no_template": HELD_NO_TEMPLATE,
    "held_spent": HELD_SPENT,
    "held_too_soon": HELD_TOO_SOON,
    "held_template_failed": HELD_TEMPLATE_FAILED,
    "not_needed": NOT_NEEDED,
    "withdrawn": WITHDRAWN,
    "message_gone": TOO_LATE_TO_CHANGE,
    "cannot_delete": TOO_LATE_TO_DELETE,
    "other": OTHER,
}


def reason_for(code: str) -> Phrase:
    """The sentence for a code; a general one for an unknown code."""
    return REASONS.get(code, OTHER)


ANSWER_WAITING = say(
    "There’s an answer to your request #%(number)s. Tap below or reply, and we’ll send it right away."
)
ALERT_WAITING = say("There’s an alert about #%(number)s. Tap below or reply, and we’ll send it right away.")
SHOW_IT = say("Show it to me")
