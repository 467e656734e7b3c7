"""What is said because WhatsApp’s window is shut: the approved template’s words as our own thread shows them.

The template at Twilio should say the same: `{{1}}` is the ticket’s number, the button’s id `write_again`.
"""

from bot.messages.outgoing import say

ANSWER_WAITING = say(
    "There is an answer to your request #%(number)s. Tap the button, or write to us, and it comes at once."
)
ALERT_WAITING = say(
    "There is an alert about #%(number)s. Tap the button, or write to us, and it comes at once."
)
SHOW_IT = say("Show it to me")
