"""What the bot says when a customer continues in the other app. `channel` is its name, `length` a TimeSpan."""

from bot.messages.outgoing import say

TO_TELEGRAM = say("To continue on Telegram, open this link within %(length)s. It works once.")
TO_WHATSAPP = say("To continue on WhatsApp, send this code to %(number)s within %(length)s. It works once.")
TO_TELEGRAM_OFFERED = say(
    "We can continue on Telegram if you like: open this link within %(length)s. It works once."
)
TO_WHATSAPP_OFFERED = say(
    "We can continue on WhatsApp if you like: send this code to %(number)s within %(length)s. It works once."
)
OPEN_WHATSAPP = say("Open WhatsApp")
NO_LINK_NOW = say("I can’t make the link right now. Please ask again in a few minutes.")
NOT_THERE = say("Sorry, you can’t reach us on %(channel)s. Let’s continue here.")
HERE_ALREADY = say("You’re already on %(channel)s: just write here.")

WE_GO_ON = say("Let’s continue here.")
JOIN_SURE = say(
    "You already have requests here. To combine them with %(channel)s, open the link or send the code "
    "again. If it wasn’t you, do nothing."
)
OVER = say(
    "This link or code has expired or was already used. Ask for a new one in the chat where you got it."
)
UNKNOWN = say("I don’t know that code. Check it, or ask for a new one in the chat where you got it.")
TOO_OFTEN = say("Too many codes. Please try again in 15 minutes.")

# In the help and the command menu
HELP_MOVE = say("/%(command)s: continue on %(channel)s")
COMMAND_WHATSAPP = say("Continue on WhatsApp")
