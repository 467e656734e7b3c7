"""What the desk says to agents in their group: cards, authors of posts, replies to their actions. No logic here.

`number` comes without its #; our messages are marked 👍 sent, 👌 delivered, 👀 read, 😢 failed.
"""

from bot.messages.outgoing import Phrase, say

# Authors of posts
BY_CUSTOMER = say("👤 %(name)s:")
GOES_ON = say("➡️ %(name)s goes on in %(channel)s")
FORWARDED_BY = say("👤 %(name)s passes on:")
EDITED_BY = say("✏️ %(name)s has changed this to:")
BY_AGENT = say("💬 %(name)s answered:")
NOTE_BY = say("📝 Note by %(name)s:")
BY_DESK = say("🤖 The desk told the customer:")
THE_CUSTOMER = say("The customer")
NOTE_BY_DESK = say("📝 Note by the desk:")
NO_WORDS = say("(without words)")
A_FILE = say("a file")
FILE_AWAITED = say("📎 %(name)s is being fetched…")
FILE_LOST = say("📎 %(name)s could not be kept")
FILE_KEPT = say("📎 a file")
FILE_HERE = say("📎 %(name)s is here")
NOT_SHOWN = say("⚠ Something cannot be shown here. Open it in the inbox: %(link)s")
RECAP = say("🗂 This topic was deleted. What was said before:")

# The card
CARD_HEAD = say("#%(number)s · %(priority)s")
CARD_WHO = say("👤 %(name)s · %(channel)s · %(language)s")
CARD_ABOUT = say("%(label)s: %(value)s")
CARD_PLAN = say("Plan: %(plan)s")
CARD_STATUS = say("%(sign)s %(status)s, since %(at)s")
CARD_DUE = say("⏱ %(target)s by %(due)s")
CARD_OVERDUE = say("⏰ overdue: %(target)s, since %(due)s")
CARD_ON_HOLD = say("⏸ %(target)s: the clock is on hold")
CARD_ASSIGNEE = say("🙋 %(agent)s has it")
CARD_NOBODY = say("🙋 Nobody has it yet")
CARD_ANSWERING = say("✍️ %(agent)s is writing an answer")
CARD_BLOCKED = say("⛔ The customer has blocked the desk")
CARD_FILES = say("%(label)s: 📎")
STATUS_NEW = say("new")
STATUS_OPEN = say("in work")
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
SEND_IT = say("Send it as well")
DROP_IT = say("Drop it")

# Replies to an agent's action
CLAIMED = say("It is yours.")
YOURS_ALREADY = say("It was yours already.")
HAS_IT = say("%(agent)s has it already.")
DONE = say("Done.")
NOT_POSSIBLE = say("That is not possible: the request is %(status)s.")
NOT_SAVED = say("⚠ That could not be taken. Please write it in the inbox: %(link)s")
ASK_RETURN = say(
    "Write here what you need to know: your next message asks the customer, and the clock holds."
)
ASK_NOTE = say("Write it here: your next message is a note, and only colleagues read it. Or begin with //")
ANSWERED_MEANWHILE = say("%(agent)s answered a moment ago. Shall yours go out as well?")
DROPPED = say("It was not sent.")
SENT = say("It is on its way.")
NO_COMMANDS = say("I know only /link here. What you write goes to the customer; begin a note with //")
CANNOT_EDIT = say(
    "%(channel)s cannot change what was sent: the customer still sees the first version. Write a new message."
)
FILES_STAY = say("Words under a file cannot be changed once they were sent. Write a new message.")
NOT_DELIVERED = say("⚠ Not delivered: %(reason)s")
PERHAPS_DELIVERED = say("⚠ Perhaps delivered: %(reason)s")
KEPT_BACK = say("⏸ Not delivered yet: %(reason)s")

# Who may write
WHO_ARE_YOU = say(
    "I do not know you yet, so this went to nobody. In the inbox, open “Telegram” in your menu and send me "
    "the line that stands there: /link and a code."
)
ANONYMOUS = say(
    "I cannot see who wrote this, so it went to nobody. Please write under your own name, not as the group."
)
LINKED = say(
    "Welcome, %(agent)s. What you write in a topic goes to the customer; begin a note with // "
    "and only colleagues read it. I mark your messages: 👍 sent, 👌 delivered, 👀 read, 😢 not delivered."
)
LINK_WRONG = say("That code is not right, or no longer. The inbox gives you a new one.")

# Why the group can't be used, for the inbox
GROUP_NO_RIGHTS = say("The desk’s bot is no administrator there any more, or may not manage topics.")
GROUP_LEFT = say("The desk’s bot was put out of it.")
GROUP_GONE = say("There is no such group, or not any more.")
GROUP_REFUSED = say("Telegram refuses the bot’s token.")

_REASONS = {
    "no_rights": GROUP_NO_RIGHTS,
    "blocked": GROUP_LEFT,
    "not_found": GROUP_GONE,
    "credentials": GROUP_REFUSED,
}


def reason_in_group(code: str) -> Phrase:
    """Why the group can't be used, by `store.forum.group.Trouble.code`."""
    return _REASONS.get(code, GROUP_GONE)
