"""What the desk says about a customer's own data: the copy, and its erasure. English is the key of the catalogs."""

from bot.messages.outgoing import say

# The copy
MY_DATA = say("Here’s what we have about you:")
MY_NAME = say("Name: %(name)s")
MY_PROFILE = say("Name on your profile: %(name)s")
MY_COMPANY = say("Company: %(company)s")
MY_ADDRESS = say("%(channel)s: %(address)s")
MY_ACCOUNT = say("Customer account: %(account)s")
MY_PLAN = say("Plan: %(plan)s")
MY_DRAFT = say("A request that you haven’t sent yet")
MY_REQUESTS = say("Your requests:")
MY_REQUEST = say("#%(number)s, %(opened)s, %(status)s: %(subject)s")
MY_ENDED_REQUEST = say("#%(number)s, %(status)s: %(subject)s")
NO_REQUESTS = say("You haven’t sent any requests yet.")
HOW_LONG_KEPT = say(
    "With each request we keep its messages and files. %(count)s days after it’s closed, it moves to our archive, "
    "where it stays until you ask us to delete it."
)
FULL_COPY = say("For a full copy, ask for a person. To have all of it deleted, write “delete my data”.")

# Erasure
ERASE_ASK = say(
    "Should we delete everything we have about you: your name, your requests, all messages and files?"
)
ERASE_LIVE = say("#%(number)s is still open: nobody could answer it any more.")
ERASE_ASK_AGAIN = say("We’ll delete it %(due)s, and it can’t be undone after that. Are you sure?")
ERASE_PLANNED = say(
    "Okay, we’ll delete your data %(due)s. Changed your mind? Write “keep my data” before then."
)
ERASE_STARTED = say("It’s too late to stop that: your data is being deleted.")
DATA_KEPT = say("Okay, your data stays.")
ERASE_IT = say("Delete my data")
ERASE_SURELY = say("Yes, delete it")
KEEP_IT = say("Keep my data")

# For agents
ERASURE_NOTE = say(
    "The customer asked us to delete their data. That’s due %(due)s and includes this request."
)
ERASURE_WITHDRAWN_NOTE = say("The customer changed their mind: their data stays.")

# Commands
HELP_DATA = say("/data: see what we have about you, or have it deleted")
