"""What the desk says to customers about their tickets. English is the key of the catalogs; no logic here.

`number` comes without its #. A `due` or `opens` is a Moment, `remaining` and `late` a Span, a priority a Label.
Each constant's parameters are its placeholders.
"""

from bot.said import say, say_n

# Opened
TICKET_OPENED = say("✅ Request #%(number)s is open, priority %(priority)s. We aim to answer by %(due)s.")
TICKET_OPENED_TO_REVIEW = say(
    "✅ Request #%(number)s is open, priority %(priority)s. We aim to look at it by %(due)s."
)
TICKET_OPENED_TO_SOLVE = say(
    "✅ Request #%(number)s is open, priority %(priority)s. We aim to solve it by %(due)s."
)
TICKET_OPENED_FOR_PERSON = say(
    "✅ A person takes it from here: request #%(number)s. We aim to answer by %(due)s."
)
TICKET_OPENED_NO_PROMISE = say(
    "✅ Request #%(number)s is recorded. We will send you a personal quote before any work begins."
)
TICKET_RECORDED = say("✅ Request #%(number)s is recorded.")
DESK_CLOSED_NOW = say("Our team is away just now and back %(opens)s.")
QUOTA_EXCEEDED = say(
    "Your plan’s requests for this month are used up. This one is recorded all the same, and we will look at it."
)
WRITE_HERE = say("Anything you write here joins it.")

# Along the way
TICKET_ACCEPTED = say("%(agent)s is now working on #%(number)s.")
TICKET_ACCEPTED_BY_TEAM = say("Our team is now working on #%(number)s.")
PRIORITY_CHANGED = say(
    "The priority of #%(number)s is now %(new)s instead of %(old)s. We aim to answer by %(due)s."
)
PRIORITY_CHANGED_NO_PROMISE = say("The priority of #%(number)s is now %(new)s instead of %(old)s.")
RETURNED = say("⏳ To go on with #%(number)s, we need to know more: %(text)s")
DELAY_APOLOGY = say(
    "We are sorry: #%(number)s is taking longer than we aimed for. We now aim to answer by %(due)s."
)
DELAY_APOLOGY_NO_PROMISE = say(
    "We are sorry: #%(number)s is taking longer than we aimed for. It has not been forgotten."
)

# Ended
TICKET_RESOLVED = say("🟢 #%(number)s is solved. If it is not quite right, write here and we will reopen it.")
TICKET_REOPENED = say("#%(number)s is open again. We aim to answer by %(due)s.")
TICKET_REOPENED_NO_PROMISE = say("#%(number)s is open again.")
TICKET_CLOSED = say("#%(number)s is closed. For anything else, write to us here.")
TICKET_MERGED = say("We have joined #%(number)s to #%(into)s, as they are about the same thing.")

# Satisfaction
RATE_ASK = say("How satisfied are you with our help on #%(number)s?")
RATE_5 = say("5 · Very happy")
RATE_4 = say("4 · Happy")
RATE_3 = say("3 · So-so")
RATE_2 = say("2 · Unhappy")
RATE_1 = say("1 · Very unhappy")
RATE_THANKS = say("Thank you for telling us.")
RATE_SORRY = say("Thank you for being frank. If something is still wrong, write it here.")

# Where things stand
STATUS_NONE = say("You have no open request. Write to us here whenever you need to.")
STATUS_LINE = say("#%(number)s · %(subject)s: %(status)s. Next answer aimed for %(due)s.")
STATUS_LINE_NO_PROMISE = say("#%(number)s · %(subject)s: %(status)s.")
STATUS_DRAFT = say("One request is still being written and has not been sent.")
STATUS_NEW = say("recorded")
STATUS_OPEN = say("being worked on")
STATUS_WAITING = say("⏳ waiting for your answer")
STATUS_RESOLVED = say("🟢 solved")
STATUS_CLOSED = say("closed")

# A price for technical work
QUOTE_OFFER = say("Our price for #%(number)s is %(price)s. %(terms)s")
QUOTE_ASK = say("Do you accept this quote?")
QUOTE_ACCEPT = say("Accept")
QUOTE_DECLINE = say("Decline")
QUOTE_ACCEPTED = say("✅ Thank you. We will begin work on #%(number)s.")
QUOTE_DECLINED = say("Understood: we will not do this work. #%(number)s stays open for your questions.")

# Files
ATTACHMENT_REFUSED = say("I could not keep the file %(name)s: %(reason)s.")
ATTACHMENT_NAMELESS = say("you just sent")
REASON_TOO_BIG = say("it is too big")
REASON_TYPE_REFUSED = say("we cannot open this kind of file")
REASON_GONE = say("it could not be fetched; please send it again")

# A support code
CODE_TRIED_TOO_OFTEN = say("That was one try too many. Please go on without the code; we can find you later.")

# Temporary access
ACCESS_GRANTED = say("Thank you. Our team has access for #%(number)s until %(until)s. To end it: /revoke")
ACCESS_ENDED = say("Our team’s access for #%(number)s has ended.")

# When too much comes at once
MANY_CHANGES = say_n("One thing has changed on #%(number)s:", "%(count)s things have changed on #%(number)s:")
