"""What the desk says about a ticket, to customers, agents and managers. English is the key of the catalogs."""

from bot.messages.outgoing import say, say_n

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
    "Your plan’s requests for this month are used up. We have recorded this one all the same."
)
WRITE_HERE = say("Anything you write here is added to it.")

# In progress
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

# Notes among agents
BY_RULE = say("By the rule “%(rule)s”:")
RULE_FOUND_NOBODY = say("Nobody here is called %(name)s, so nobody was given this request.")

# Closed
TICKET_RESOLVED = say("🟢 #%(number)s is solved. If it is not quite right, write here and we will reopen it.")
TICKET_REOPENED = say("#%(number)s is open again. We aim to answer by %(due)s.")
TICKET_REOPENED_NO_PROMISE = say("#%(number)s is open again.")
TICKET_CLOSED = say("#%(number)s is closed. For anything else, write to us here.")
TICKET_MERGED = say("We have joined #%(number)s to #%(into)s, as they are about the same thing.")

# Satisfaction
RATE_ASK = say("How satisfied are you with our help on #%(number)s?")
RATE_1 = say("Very unhappy")
RATE_2 = say("Unhappy")
RATE_3 = say("So-so")
RATE_4 = say("Happy")
RATE_5 = say("Very happy")
RATE_THANKS = say("Thank you for telling us.")
RATE_SORRY = say("Thank you for being frank. If something is still wrong, write it here.")

# Status
STATUS_NONE = say("You have no open request. Write to us here whenever you need to.")
STATUS_LINE = say("#%(number)s · %(subject)s: %(status)s. Next answer aimed for %(due)s.")
STATUS_LINE_NO_PROMISE = say("#%(number)s · %(subject)s: %(status)s.")
STATUS_DRAFT = say("One request is still being written and has not been sent.")
STATUS_NEW = say("recorded")
STATUS_OPEN = say("being worked on")
STATUS_WAITING = say("⏳ waiting for your answer")
STATUS_RESOLVED = say("🟢 solved")
STATUS_CLOSED = say("closed")

# Quotes for technical work
QUOTE_OFFER = say("Our price for #%(number)s is %(price)s.")
QUOTE_ASK = say("Do you accept this quote?")
QUOTE_ACCEPT = say("Accept")
QUOTE_DECLINE = say("Decline")
QUOTE_ACCEPTED = say("✅ Thank you. We will begin work on #%(number)s.")
QUOTE_ASK_AGAIN = say("Just to be sure: do you accept our quote for #%(number)s?")
QUOTE_ACCEPTED_ALREADY = say(
    "You have accepted this quote already. The team reads what you write on #%(number)s."
)
QUOTE_REPLACED = say("That quote no longer holds. This is the current one:")
QUOTE_OVER = say("#%(number)s is closed, and so is its quote. Write to us here if you would like a new one.")
QUOTE_DECLINED = say("Understood: we will not do this work. #%(number)s stays open for your questions.")

# Files
ATTACHMENT_REFUSED = say("I could not keep the file %(name)s: %(reason)s.")
ATTACHMENT_NAMELESS = say("you just sent")
REASON_TOO_BIG = say("it is too big")
REASON_TYPE_REFUSED = say("we cannot open this kind of file")
REASON_GONE = say("it could not be fetched; please send it again")

# Support codes
CODE_TRIED_TOO_OFTEN = say("That was one try too many. Please go on without the code; we can find you later.")

# Temporary access
ACCESS_GRANTED = say("Thank you. Our team has access for #%(number)s until %(until)s. To end it: /revoke")
ACCESS_ASK = say(
    "To look into #%(number)s, our team would need access to your services. For how long may they have it? "
    "You can take it back at any time."
)
ACCESS_OFFER = say("For how long may our team have access to your services, for #%(number)s?")
ACCESS_FOR = say("For %(length)s")
ACCESS_NO = say("Not now")
ACCESS_DECLINED = say("Understood: no access is given. We go on with #%(number)s as well as we can.")
ACCESS_OTHER_PLAN = say("Temporary access is not part of your plan.")
ACCESS_NOT_OFFERED = say("Our team does not need access to your services.")
ACCESS_NO_TICKET = say("Access goes with a request. Please tell us first what it is about.")
ACCESS_NOT_NOW = say(
    "Access cannot be given on #%(number)s any more. Write to us here if something is still wrong."
)
ACCESS_NONE = say("Our team has no access to your services just now.")
ACCESS_EXPIRED = say("Our team’s access for #%(number)s has ended, as you chose.")
ACCESS_ENDED = say("Our team’s access for #%(number)s has ended.")


# Deadlines at risk or missed: for agents and managers
ALERT_WARN = say("⏳ %(remaining)s left · #%(number)s · %(priority)s · %(account)s (%(language)s)")
ALERT_WINDOW = say(
    "⏳ #%(number)s · %(priority)s · %(account)s (%(language)s) has no answer yet, and WhatsApp’s window shuts "
    "%(at)s, while the desk is closed"
)
ALERT_OVERDUE = say("⏰ Overdue %(late)s · #%(number)s · %(priority)s · %(account)s (%(language)s)")
ALERT_STILL_OVERDUE = say(
    "⏰ Still overdue %(late)s · #%(number)s · %(priority)s · %(account)s (%(language)s)"
)
ALERT_EMERGENCY = say("🚨 Emergency · #%(number)s · %(account)s (%(language)s)")
ALERT_TARGET = say("Promised: %(target)s by %(due)s")
ALERT_ASSIGNEE = say("%(agent)s has it")
ALERT_NOBODY = say("Nobody has it yet")
ALERT_LAST_WORDS = say("Customer’s last words: “%(words)s”")
ALERT_LINK = say("Open it: %(link)s")
ALERT_UNSEEN = say("Nobody has acknowledged it yet")
ALERT_GIVEN = say("👉 Yours now · #%(number)s · %(priority)s · %(account)s (%(language)s)")
ALERT_DIGEST = say_n("⏰ %(count)s alert", "⏰ %(count)s alerts, all at once")
ALERT_LINE_OVERDUE = say("#%(number)s · %(priority)s · %(account)s (%(language)s) · due %(due)s, overdue")
ALERT_LINE_SOON = say("#%(number)s · %(priority)s · %(account)s (%(language)s) · due %(due)s")
ALERT_MORE = say_n("… and %(count)s more", "… and %(count)s more")
ALERT_DIGEST_HOW = say("To act on one, write its number here. All of them: %(link)s")

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
    "%(count)s request open: %(overdue)s overdue, %(unassigned)s without anybody",
    "%(count)s requests open: %(overdue)s overdue, %(unassigned)s without anybody",
)
REPORT_NO_BACKLOG = say("No request is open.")
REPORT_LINK = say("More: %(link)s")
REPORT_OLDEST = say("Oldest: #%(number)s, open for %(length)s")
CHART_TITLE = say("Promises kept, by priority")
CHART_BEFORE = say("the time before")

# Replies to people who answer an alert
ALERT_ACKNOWLEDGED = say("✅ Noted: %(agent)s sees to #%(number)s. Nobody further is alerted.")
ALERT_ALREADY_SEEN = say("%(agent)s sees to #%(number)s already, since %(since)s.")
ALERT_SNOOZED = say("🔕 #%(number)s is quiet until %(until)s.")
ALERT_REASSIGN_ASK = say("Who should have #%(number)s?")
ALERT_REASSIGNED = say("✅ #%(number)s now belongs to %(agent)s.")
ALERT_NOBODY_ELSE = say("There is nobody else to give #%(number)s to.")
ALERT_OVER = say("#%(number)s has been answered in the meantime.")
ALERT_NOTHING_DUE = say("Nothing is due on #%(number)s.")
ALERT_WHICH = say("Which request do you mean?")
ALERT_GONE = say("This request is no longer kept.")
ALERT_NO_SUCH = say("There is no request #%(number)s.")
ALERT_HELP = say(
    "The desk’s alerts arrive here. Answer one with the number of a choice, or write a request’s number,"
    " such as K4-217. Everything: %(link)s"
)
SOMEBODY = say("Somebody")

ALERT_NOT_DELIVERED = say("⚠ An answer on #%(number)s did not reach the customer: %(reason)s")
ALERT_OVER_QUOTA = say("#%(number)s is past the monthly number of requests of %(account)s.")
ALERT_ACCESS_OVER = say("The access that the customer gave for #%(number)s has ended.")

ACKNOWLEDGE = say("Acknowledge")
REASSIGN = say("Reassign")
SNOOZE = say("Snooze")

TARGETS = {
    "review": say("a first look"),
    "first_response": say("a first answer"),
    "next_response": say("the next answer"),
    "resolution": say("a solution"),
}
NO_ACCOUNT = say("no account")
