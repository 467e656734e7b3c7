"""What managers and agents are told when a promise is in danger or broken. English is the key of the catalogs.

`number` comes without its #; `remaining` and `late` are Spans, `priority` a Label, `target` one of the words
below, `language` the two letters of the customer's language in capitals.
"""

from bot.said import say, say_n

ALERT_WARN = say("⏳ %(remaining)s left · #%(number)s · %(priority)s · %(account)s (%(language)s)")
ALERT_OVERDUE = say("⏰ Overdue %(late)s · #%(number)s · %(priority)s · %(account)s (%(language)s)")
ALERT_EMERGENCY = say("🚨 Emergency · #%(number)s · %(account)s (%(language)s)")
ALERT_TARGET = say("Promised: %(target)s by %(due)s")
ALERT_ASSIGNEE = say("%(agent)s has it")
ALERT_NOBODY = say("Nobody has it yet")
ALERT_LAST_WORDS = say("Customer’s last words: “%(words)s”")
ALERT_LINK = say("Open it: %(link)s")
ALERT_DIGEST = say_n("⏰ %(count)s promise is overdue:", "⏰ %(count)s promises are overdue:")
ALERT_ACKNOWLEDGED = say("%(agent)s has seen to #%(number)s.")
ALERT_SNOOZED = say("#%(number)s is quiet for %(length)s.")
ALERT_REASSIGNED = say("#%(number)s now belongs to %(agent)s.")
ALERT_NOT_DELIVERED = say("⚠ An answer on #%(number)s did not reach the customer: %(reason)s")
ALERT_OVER_QUOTA = say("#%(number)s is past the monthly number of requests of %(account)s.")
ALERT_TEST = say("This is a test. Alerts of %(title)s arrive here.")

ACKNOWLEDGE = say("Acknowledge")
REASSIGN = say("Reassign")
SNOOZE = say("Snooze")

TARGET_REVIEW = say("a first look")
TARGET_FIRST_RESPONSE = say("a first answer")
TARGET_NEXT_RESPONSE = say("the next answer")
TARGET_RESOLUTION = say("a solution")
NO_ACCOUNT = say("no account")
