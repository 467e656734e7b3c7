"""What the desk says about a ticket, to customers, agents and managers. English is the key of the catalogs."""

from bot.messages.outgoing import say, say_n

# Opened
TICKET_OPENED = say("✅ Request #%(number)s is open, priority %(priority)s. We aim to reply by %(due)s.")
TICKET_OPENED_TO_REVIEW = say(
    "✅ Request #%(number)s is open, priority %(priority)s. We aim to look at it by %(due)s."
)
TICKET_OPENED_TO_SOLVE = say(
    "✅ Request #%(number)s is open, priority %(priority)s. We aim to solve it by %(due)s."
)
TICKET_OPENED_TO_UPDATE = say(
    "✅ Request #%(number)s is open, priority %(priority)s. We aim to send you an update by %(due)s."
)
TICKET_OPENED_FOR_PERSON = say(
    "✅ A colleague will take over from here: request #%(number)s. We aim to reply by %(due)s."
)
TICKET_OPENED_FOR_PERSON_TO_REVIEW = say(
    "✅ A colleague will take over from here: request #%(number)s. We aim to look at it by %(due)s."
)
TICKET_OPENED_FOR_PERSON_TO_SOLVE = say(
    "✅ A colleague will take over from here: request #%(number)s. We aim to solve it by %(due)s."
)
TICKET_OPENED_FOR_PERSON_TO_UPDATE = say(
    "✅ A colleague will take over from here: request #%(number)s. We aim to send you an update by %(due)s."
)
TICKET_OPENED_NO_PROMISE = say(
    "✅ Request #%(number)s is logged. We’ll send you a quote before any work begins."
)
TICKET_RECORDED = say("✅ Request #%(number)s is logged.")
DESK_CLOSED_NOW = say("We’re closed right now and back %(opens)s.")
QUOTA_EXCEEDED = say("You’ve used this month’s requests. We’ve logged this one anyway.")
WRITE_HERE = say("Reply here any time to add details.")

# In progress
TICKET_ACCEPTED = say("%(agent)s is now working on #%(number)s.")
TICKET_ACCEPTED_BY_TEAM = say("Our team is now working on #%(number)s.")
PRIORITY_CHANGED = say(
    "The priority of #%(number)s is now %(new)s instead of %(old)s. We aim to reply by %(due)s."
)
PRIORITY_CHANGED_TO_REVIEW = say(
    "The priority of #%(number)s is now %(new)s instead of %(old)s. We aim to look at it by %(due)s."
)
PRIORITY_CHANGED_TO_SOLVE = say(
    "The priority of #%(number)s is now %(new)s instead of %(old)s. We aim to solve it by %(due)s."
)
PRIORITY_CHANGED_TO_UPDATE = say(
    "The priority of #%(number)s is now %(new)s instead of %(old)s. We aim to send you an update by %(due)s."
)
PRIORITY_CHANGED_NO_PROMISE = say("The priority of #%(number)s is now %(new)s instead of %(old)s.")
RETURNED = say("⏳ To continue with #%(number)s, we need to know more: %(text)s")
DELAY_APOLOGY = say("Sorry, #%(number)s is taking longer than expected. We now aim to reply by %(due)s.")
DELAY_APOLOGY_NO_PROMISE = say("Sorry, #%(number)s is taking longer than expected. We haven’t forgotten it.")

# Notes among agents
BY_RULE = say("By the rule “%(rule)s”:")
RULE_FOUND_NOBODY = say("Nobody here is called %(name)s, so this request wasn’t assigned.")

# Closed
TICKET_RESOLVED = say("🟢 #%(number)s is solved. If it’s not fixed, reply here and we’ll reopen it.")
TICKET_REOPENED = say("#%(number)s is open again. We aim to reply by %(due)s.")
TICKET_REOPENED_TO_REVIEW = say("#%(number)s is open again. We aim to look at it by %(due)s.")
TICKET_REOPENED_TO_SOLVE = say("#%(number)s is open again. We aim to solve it by %(due)s.")
TICKET_REOPENED_TO_UPDATE = say("#%(number)s is open again. We aim to send you an update by %(due)s.")
TICKET_REOPENED_NO_PROMISE = say("#%(number)s is open again.")
TICKET_CLOSED = say("#%(number)s is closed. For anything else, message us here.")
TICKET_MERGED = say("We’ve merged #%(number)s into #%(into)s, since both are about the same issue.")

# Satisfaction
RATE_ASK = say("How satisfied are you with our help on #%(number)s?")
RATE_1 = say("Very unhappy")
RATE_2 = say("Unhappy")
RATE_3 = say("So-so")
RATE_4 = say("Happy")
RATE_5 = say("Very happy")
RATE_THANKS = say("Thanks for your feedback.")
RATE_SORRY = say("Thanks for being frank. If something’s still wrong, tell us here.")

# Status
STATUS_NONE = say("You have no open requests. Message us here any time.")
STATUS_LINE = say("#%(number)s · %(subject)s: %(status)s. We aim to reply by %(due)s.")
STATUS_LINE_TO_REVIEW = say("#%(number)s · %(subject)s: %(status)s. We aim to look at it by %(due)s.")
STATUS_LINE_TO_SOLVE = say("#%(number)s · %(subject)s: %(status)s. We aim to solve it by %(due)s.")
STATUS_LINE_TO_UPDATE = say("#%(number)s · %(subject)s: %(status)s. We aim to send you an update by %(due)s.")
STATUS_LINE_NO_PROMISE = say("#%(number)s · %(subject)s: %(status)s.")
STATUS_DRAFT = say("You have an unfinished request; it hasn’t been sent.")
STATUS_NEW = say("logged")
STATUS_OPEN = say("in progress")
STATUS_WAITING = say("⏳ waiting for your reply")
STATUS_RESOLVED = say("🟢 solved")
STATUS_CLOSED = say("closed")

# Quotes for technical work
QUOTE_OFFER = say("Our quote for #%(number)s is %(price)s.")
QUOTE_ASK = say("Do you accept this quote?")
QUOTE_ACCEPT = say("Accept")
QUOTE_DECLINE = say("Decline")
QUOTE_ACCEPTED = say("✅ Thank you. We’ll start work on #%(number)s.")
QUOTE_ASK_AGAIN = say("Just to confirm: do you accept our quote for #%(number)s?")
QUOTE_ACCEPTED_ALREADY = say(
    "You’ve already accepted this quote. The team reads what you write about #%(number)s."
)
QUOTE_REPLACED = say("That quote is no longer valid. Here’s the current one:")
QUOTE_OVER = say("#%(number)s is closed, and so is its quote. Message us here if you’d like a new one.")
QUOTE_DECLINED = say("Understood: we won’t do this work. #%(number)s stays open for your questions.")

# Files
ATTACHMENT_REFUSED = say("I couldn’t save the file %(name)s: %(reason)s.")
ATTACHMENT_NAMELESS = say("you just sent")
REASON_TOO_BIG = say("it’s too big")
REASON_TYPE_REFUSED = say("we can’t open this kind of file")
REASON_GONE = say("it couldn’t be downloaded; please send it again")

# Support codes
CODE_TRIED_TOO_OFTEN = say("Too many attempts. Let’s continue without the code.")

# Temporary access
ACCESS_GRANTED = say("Thank you. Our team has access for #%(number)s until %(until)s. To end it: /revoke")
ACCESS_ASK = say(
    "To look into #%(number)s, we need access to your services. How long may we have access? You can end it any time."
)
ACCESS_OFFER = say("How long may our team have access to your services for #%(number)s?")
ACCESS_FOR = say("For %(length)s")
ACCESS_NO = say("Not now")
ACCESS_DECLINED = say("Understood: no access. We’ll do our best on #%(number)s without it.")
ACCESS_OTHER_PLAN = say("Temporary access isn’t included in your plan.")
ACCESS_NOT_OFFERED = say("Our team doesn’t need access to your services.")
ACCESS_NO_TICKET = say("First tell us what the access is for.")
ACCESS_NOT_NOW = say(
    "You can no longer give access for #%(number)s. Message us here if something’s still wrong."
)
ACCESS_NONE = say("Our team has no access to your services right now.")
ACCESS_EXPIRED = say("Our team’s access for #%(number)s has ended, as planned.")
ACCESS_ENDED = say("Our team’s access for #%(number)s has ended.")


# Deadlines at risk or missed: for agents and managers
ALERT_WARN = say("⏳ %(remaining)s left · #%(number)s · %(priority)s · %(account)s (%(language)s)")
ALERT_WINDOW = say(
    "⏳ #%(number)s · %(priority)s · %(account)s (%(language)s): no answer yet, and WhatsApp’s window closes "
    "%(at)s, while the desk is closed. Answer before then, or a template goes out instead."
)
ALERT_WINDOW_WHILE_OPEN = say(
    "⏳ #%(number)s · %(priority)s · %(account)s (%(language)s): no answer yet, and WhatsApp’s window closes "
    "%(at)s. Answer before then, or a template goes out instead."
)
ALERT_OVERDUE = say("⏰ Overdue %(late)s · #%(number)s · %(priority)s · %(account)s (%(language)s)")
ALERT_STILL_OVERDUE = say(
    "⏰ Still overdue %(late)s · #%(number)s · %(priority)s · %(account)s (%(language)s)"
)
ALERT_EMERGENCY = say("🚨 Emergency · #%(number)s · %(account)s (%(language)s)")
ALERT_TARGET = say("Promised: %(target)s by %(due)s")
ALERT_ASSIGNEE = say("%(agent)s has it")
ALERT_NOBODY = say("Nobody has it yet")
ALERT_LAST_WORDS = say("Customer’s last message: “%(words)s”")
ALERT_LINK = say("Open it: %(link)s")
ALERT_UNSEEN = say("Nobody has acknowledged it yet")
ALERT_GIVEN = say("👉 Yours now · #%(number)s · %(priority)s · %(account)s (%(language)s)")
ALERT_DIGEST = say_n("⏰ %(count)s alert", "⏰ %(count)s alerts, all at once")
ALERT_LINE_OVERDUE = say("#%(number)s · %(priority)s · %(account)s (%(language)s) · due %(due)s, overdue")
ALERT_LINE_SOON = say("#%(number)s · %(priority)s · %(account)s (%(language)s) · due %(due)s")
ALERT_MORE = say_n("… and %(count)s more", "… and %(count)s more")
ALERT_DIGEST_HOW = say("To act on one, write its number here. See all: %(link)s")

# Reports to managers; `share` and `before` are whole percents
REPORT_TITLE = say("📊 %(title)s, since %(since)s")
REPORT_KEPT = say("%(kept)s of %(count)s promises kept: %(share)s%%")
REPORT_KEPT_BEFORE = say("%(kept)s of %(count)s promises kept: %(share)s%%, before that %(before)s%%")
REPORT_NOTHING = say("No promise fell due.")
REPORT_BY_PRIORITY = say("By priority: %(list)s")
REPORT_BY_CHANNEL = say("By channel: %(list)s")
REPORT_BY_LANGUAGE = say("By language: %(list)s")
REPORT_BY_AGENT = say("By agent: %(list)s")
REPORT_ITEM = say("%(name)s %(kept)s/%(total)s")
REPORT_ITEMS = say("%(first)s · %(rest)s")
REPORT_NOBODY = say("nobody")
REPORT_BACKLOG = say_n(
    "%(count)s request open: %(overdue)s overdue, %(unassigned)s unassigned",
    "%(count)s requests open: %(overdue)s overdue, %(unassigned)s unassigned",
)
REPORT_NO_BACKLOG = say("There are no open requests.")
REPORT_LINK = say("More: %(link)s")
REPORT_OLDEST = say("Oldest: #%(number)s, open for %(length)s")
CHART_TITLE = say("Promises kept, by priority")
CHART_BEFORE = say("the previous period")

# Replies to people who answer an alert
ALERT_ACKNOWLEDGED = say("✅ Noted: %(agent)s is handling #%(number)s. No one else will be alerted.")
ALERT_ALREADY_SEEN = say("%(agent)s is already handling #%(number)s, since %(since)s.")
ALERT_SNOOZED = say("🔕 #%(number)s is snoozed until %(until)s.")
ALERT_REASSIGN_ASK = say("Who should take #%(number)s?")
ALERT_REASSIGNED = say("✅ #%(number)s is now assigned to %(agent)s.")
ALERT_NOBODY_ELSE = say("There’s nobody else to assign #%(number)s to.")
ALERT_OVER = say("#%(number)s has been answered in the meantime.")
ALERT_NOTHING_DUE = say("Nothing is due on #%(number)s.")
ALERT_WHICH = say("Which request do you mean?")
ALERT_GONE = say("This request is no longer stored.")
ALERT_NO_SUCH = say("There’s no request #%(number)s.")
ALERT_HELP = say(
    "You get alerts here. Answer one with the number of a choice, or write a request’s number, such as "
    "K4-217. See all: %(link)s"
)
SOMEBODY = say("Somebody")

ALERT_NOT_DELIVERED = say("⚠ An answer on #%(number)s didn’t reach the customer: %(reason)s")
ALERT_OVER_QUOTA = say("#%(number)s is over the monthly number of requests of %(account)s.")
ALERT_ACCESS_OVER = say("The access that the customer gave for #%(number)s has ended.")

ACKNOWLEDGE = say("Acknowledge")
REASSIGN = say("Reassign")
SNOOZE = say("Snooze")

TARGETS = {
    "review": say("a first look"),
    "first_response": say("a first answer"),
    "next_response": say("the next answer"),
    "update": say("an update"),
    "resolution": say("a solution"),
}
NO_ACCOUNT = say("no account")
