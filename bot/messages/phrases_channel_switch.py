"""What the bot says when a customer continues in the other app. `channel` is its name, `length` a TimeSpan."""

from bot.messages.outgoing import say

TO_TELEGRAM = say("To go on in Telegram, open this link within %(length)s. It works once.")
TO_WHATSAPP = say("To go on in WhatsApp, write this code to %(number)s within %(length)s. It works once.")
TO_TELEGRAM_OFFERED = say(
    "We can go on in Telegram if you prefer: open this link within %(length)s. It works once."
)
TO_WHATSAPP_OFFERED = say(
    "We can go on in WhatsApp if you prefer: write this code to %(number)s within %(length)s. It works once."
)
OPEN_WHATSAPP = say("Open WhatsApp")
NO_LINK_NOW = say("I cannot make the link just now. Please ask again in a few minutes.")
NOT_THERE = say("I am sorry, we cannot be reached in %(channel)s. Let us go on here.")
HERE_ALREADY = say("This is %(channel)s already: just write here.")

WE_GO_ON = say("We go on here.")
JOIN_SURE = say(
    "This chat has requests of its own. To join them with your conversation in %(channel)s, open the link or write the "
    "code once more. If you did not ask for it, do nothing."
)
OVER = say(
    "This link or code was used before, or has expired. Please ask for a new one where you wrote to us."
)
UNKNOWN = say("I do not know that code. Please check it, or ask for a new one where you wrote to us.")
TOO_OFTEN = say("That was too many codes at once. Please try again in a quarter of an hour.")

# In the help and the command menu
HELP_MOVE = say("/%(command)s: go on in %(channel)s")
COMMAND_WHATSAPP = say("Go on in WhatsApp")
