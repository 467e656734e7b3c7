"""What the desk says to agents in their group: cards, authors of posts, replies to their actions. No logic here.

`number` comes without its #; our messages are marked 👍 sent, 👌 delivered, 👀 read, 😢 failed.
"""

from bot.messages.outgoing import Phrase, say

# Authors of posts
BY_CUSTOMER = say("👤 %(name)s:")
GOES_ON = say("➡️ %(name)s continues on %(channel)s")
FORWARDED_BY = say("👤 %(name)s forwards:")
EDITED_BY = say("✏️ %(name)s edited this message:")
BY_AGENT = say("💬 %(name)s answered:")
NOTE_BY = say("📝 Note by %(name)s:")
BY_DESK = say("🤖 Automatic message to the customer:")
THE_CUSTOMER = say("The customer")
NOTE_BY_DESK = say("📝 Automatic note:")
NO_WORDS = say("(no text)")
A_FILE = say("a file")
FILE_AWAITED = say("📎 %(name)s is downloading…")
FILE_LOST = say("📎 %(name)s couldn’t be saved")
FILE_KEPT = say("📎 a file")
FILE_HERE = say("📎 %(name)s is here")
NOT_SHOWN = say("⚠ Something can’t be shown here. Open it in the inbox: %(link)s")
RECAP = say("🗂 This topic was deleted. Earlier messages:")

# The card
CARD_HEAD = say("#%(number)s · %(priority)s")
CARD_WHO = say("👤 %(name)s · %(channel)s · %(language)s")
CARD_ABOUT = say("%(label)s: %(value)s")
CARD_PLAN = say("Plan: %(plan)s")
CARD_STATUS = say("%(sign)s %(status)s, since %(at)s")
CARD_DUE = say("⏱ %(target)s by %(due)s")
CARD_OVERDUE = say("⏰ overdue: %(target)s, since %(due)s")
CARD_ON_HOLD = say("⏸ %(target)s: the clock is on hold")
CARD_WINDOW = say(
    "⚠️ WhatsApp’s window closes %(at)s, while the desk is closed. Answer before then, or a template goes out instead."
)
CARD_WINDOW_WHILE_OPEN = say(
    "⚠️ WhatsApp’s window closes %(at)s. Answer before then, or a template goes out instead."
)
CARD_ASSIGNEE = say("🙋 %(agent)s has it")
CARD_NOBODY = say("🙋 Nobody has it yet")
CARD_ANSWERING = say("✍️ %(agent)s is writing an answer")
CARD_BLOCKED = say("⛔ The customer has blocked us")
CARD_FILES = say("%(label)s: 📎")
STATUS_NEW = say("new")
STATUS_OPEN = say("in progress")
STATUS_WAITING = say("waiting on the customer")
STATUS_RESOLVED = say("solved")
STATUS_CLOSED = say("closed")

# Buttons
CLAIM = say("Claim")
TAKE_OVER = say("Take over")
PRIORITY = say("Priority")
RETURN = say("Return")
RESOLVE = say("Resolve")
NOTE = say("Note")
REOPEN = say("Reopen")
BACK = say("Back")
SEND_IT = say("Send it too")
DROP_IT = say("Don’t send")

# Replies to an agent's action
CLAIMED = say("It’s yours.")
YOURS_ALREADY = say("It was already yours.")
HAS_IT = say("%(agent)s already has it.")
DONE = say("Done.")
SOLVED = say("Solved. The customer is told in 5 seconds; “Reopen” stops that.")
UNANSWERED = say("Nobody has answered this customer yet. Solve it all the same?")
SOLVE_ANYWAY = say("Solve anyway")
NOT_POSSIBLE = say("That isn’t possible: the request is %(status)s.")
NOT_SAVED = say("⚠ That couldn’t be saved. Please write it in the inbox: %(link)s")
ASK_RETURN = say("Write what you need to know: your next message asks the customer, and the clock stops.")
ASK_NOTE = say("Write it here: your next message is a note that only colleagues read. Or start with //")
NOTE_TO_REPLY = say("This was a note. Send it to the customer now?")
SEND_NOTE = say("Send it")
KEEP_NOTE = say("Keep as note")
STAYS_NOTE = say("It’s still a note.")
ALREADY_DECIDED = say("That’s been decided already, or it was too long ago.")
ANSWERED_MEANWHILE = say("%(agent)s just answered. Send yours too?")
DROPPED = say("It wasn’t sent.")
SENT = say("It’s on its way.")
NO_COMMANDS = say("I only know /link here. What you write goes to the customer; start a note with //")
CANNOT_EDIT = say(
    "%(channel)s can’t change a sent message: the customer still sees the first version. Write a new message."
)
CANNOT_DELETE = say(
    "⚠ The customer still sees what you wrote first: %(channel)s can’t delete a sent message."
)
FIRST_MAY_BE_OUT = say(
    "⚠ The customer may have received what you wrote first: the channel didn’t confirm it."
)
TAKEN_BACK = say("(taken back)")
EMPTY = say("⚠ Nothing was sent: there’s no text and no file in it.")
KIND_NOT_SENT = say(
    "⚠ Nobody received this: customers can’t get this kind of message from here (%(kind)s). "
    "Write it as text, or attach a file."
)
FILES_STAY = say("A file’s caption can’t be changed once it’s sent. Write a new message.")
NOT_DELIVERED = say("⚠ Not delivered: %(reason)s")
PERHAPS_DELIVERED = say("⚠ Possibly delivered: %(reason)s")
KEPT_BACK = say("⏸ Not delivered yet: %(reason)s")

# Who may write
WHO_ARE_YOU = say(
    "I don’t know you yet, so nobody received this. In the inbox, open “Telegram” in your menu and send "
    "me the line you find there: /link and a code."
)
ANONYMOUS = say(
    "I can’t see who wrote this, so nobody received it. Please write under your own name, not as the group or a "
    "channel."
)
LINKED = say(
    "Welcome, %(agent)s. What you write in a topic goes to the customer; start a note with // and only "
    "colleagues read it. I mark your messages: 👍 sent, 👌 delivered, 👀 read, 😢 not delivered."
)
LINK_WRONG = say("That code isn’t valid or has expired. Get a new one in the inbox.")

UNSENDABLE_KINDS = {
    "via_bot": say("through another bot"),
    "poll": say("a poll"),
    "dice": say("dice"),
    "checklist": say("a checklist"),
    "story": say("a story"),
    "game": say("a game"),
    "other": say("an unknown kind"),
}

# Why the group can't be used, for the inbox
GROUP_NO_RIGHTS = say("Our bot is no longer an administrator there, or can’t manage topics.")
GROUP_LEFT = say("Our bot was removed from it.")
GROUP_GONE = say("The group doesn’t exist, or no longer exists.")
GROUP_REFUSED = say("Telegram rejects the bot’s token.")

_REASONS = {
    "no_rights": GROUP_NO_RIGHTS,
    "blocked": GROUP_LEFT,
    "not_found": GROUP_GONE,
    "credentials": GROUP_REFUSED,
}


def reason_in_group(code: str) -> Phrase:
    """Why the group can't be used, by `store.forum.group.Trouble.code`."""
    return _REASONS.get(code, GROUP_GONE)
