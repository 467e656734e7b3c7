"""Why a message didn't reach a customer, as agents read it; chosen by `DeliveryError.code`."""

from collections.abc import Mapping

from bot.messages.outgoing import Phrase, say

WINDOW_CLOSED = say("WhatsApp’s 24-hour window is closed; the message waits until the customer writes again.")
BLOCKED = say("The customer has blocked the desk or left the chat.")
NOT_FOUND = say("There is no such recipient on this channel.")
OPTED_OUT = say("The customer has asked not to be written to.")
REFUSED = say("The channel refused the message’s content.")
TOO_LONG = say("The message is too long for the channel.")
TOO_BIG = say("The file is too big for the channel.")
FILE_UNREACHABLE = say("The channel could not fetch the file.")
TEMPLATE = say("The approved template is missing or does not fit.")
TOPIC_GONE = say("The topic in the group was deleted.")
NO_RIGHTS = say("The desk’s bot may not write in this group; make it an administrator.")
CREDENTIALS = say("The channel refused our credentials; tell whoever runs the desk.")
NOT_SET_UP = say("This channel is not set up here.")
MOVED = say("The chat has moved to another address.")
PACED = say("The channel asked us to slow down; it is being retried.")
UNAVAILABLE = say("The channel could not be reached; it is being retried.")
UNCERTAIN = say(
    "The channel did not say whether it took the message; ask the customer before sending it again."
)
POSSIBLY_TWICE = say("The message may have reached the customer twice.")
GAVE_UP = say("The channel could not be reached for hours; nothing more is tried.")
BROKEN = say("The desk itself could not send it; tell whoever runs the desk.")
DAILY_LIMIT = say("The daily limit of the channel’s account is reached.")
EXPIRED = say("The channel could not deliver it in time.")
NOT_NEEDED = say("It was not needed any more: they wrote before it went out.")
OTHER = say("The channel could not deliver the message.")
HELD_INVITED = say(
    "WhatsApp’s 24-hour window is closed. The customer was told that an answer waits; it goes out when they write."
)
HELD_QUIET = say(
    "WhatsApp’s 24-hour window is closed; news of this kind goes out when the customer next writes."
)
HELD_NO_TEMPLATE = say(
    "WhatsApp’s 24-hour window is closed and the policy names no template, so the customer does not know that "
    "this waits. It goes out when they write."
)
HELD_SPENT = say(
    "WhatsApp’s 24-hour window is closed and today’s templates are used up: the customer will be told tomorrow."
)
HELD_TOO_SOON = say(
    "WhatsApp’s 24-hour window is closed. The customer was told of an earlier answer less than a day ago and has "
    "not written since; they will be told of this one a day after that."
)
HELD_TEMPLATE_FAILED = say(
    "WhatsApp’s 24-hour window is closed and the template that was to tell the customer did not arrive."
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
    "other": OTHER,
}


def reason_for(code: str) -> Phrase:
    """The sentence for a code; a general one for an unknown code."""
    return REASONS.get(code, OTHER)


ANSWER_WAITING = say(
    "There is an answer to your request #%(number)s. Tap the button, or write to us, and it comes at once."
)
ALERT_WAITING = say(
    "There is an alert about #%(number)s. Tap the button, or write to us, and it comes at once."
)
SHOW_IT = say("Show it to me")
