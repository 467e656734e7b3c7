"""What the bot says when a customer asks back, corrects, refuses or is unsure. English is the key of the catalogs."""

from bot.messages.outgoing import say

# Why we ask
WHY_NAME = say("So the team knows who they’re talking to. You can skip it.")
WHY_COMPANY = say("So the team can find your contract and settings. You can skip it.")
WHY_CODE = say(
    "It tells us which plan you have, so you get the help it includes. You can continue without it."
)
WHY_CATEGORY = say("So it goes straight to the right people.")
WHY_AFFECTED = say("So we look in the right place at once.")
WHY_DESCRIPTION = say("The more we know, the fewer questions we’ll ask you later.")
WHY_PRIORITY = say("It decides how soon we aim to answer.")
WHY_SUMMARY = say("So you can check everything before the team gets it.")
WHY_OTHER = say("The team needs it to help you.")

# The questions in other words
AGAIN_NAME = say("What should we call you?")
AGAIN_COMPANY = say("Who are you with: a company, a shop, an association? If it’s just you, say so.")
AGAIN_CODE = say("Do you have a support code? If not, just say no.")
AGAIN_CATEGORY = say("Which of these fits best?")
AGAIN_AFFECTED = say("Where does it happen: which page, device or service?")
AGAIN_DESCRIPTION = say("What happens exactly, or what would you like us to do?")
AGAIN_PRIORITY = say("Can you still work? Choose what fits best.")
AGAIN_SUMMARY = say("Ready to send, or is something wrong?")
EITHER = say("Is it “%(one)s” or “%(other)s”?")
OR_A_PERSON = say("If it’s easier, someone from the team can take over.")

# Questions back
I_AM_A_BOT = say(
    "I’m an assistant, not a person: I note your request and the team answers it. Ask for a person any time."
)
ANSWER_BY = say("If you send it now, we aim to answer by %(due)s.")
ANSWER_FROM_TO = say("We aim to answer between %(first)s and %(last)s, depending on its priority.")
REVIEW_BY = say("If you send it now, we aim to look at it by %(due)s.")
REVIEW_FROM_TO = say("We aim to look at it between %(first)s and %(last)s, depending on its priority.")
SOLVE_BY = say("If you send it now, we aim to solve it by %(due)s.")
SOLVE_FROM_TO = say("We aim to solve it between %(first)s and %(last)s, depending on its priority.")
NO_ANSWER_TIME = say("This kind of request has no fixed time: you’ll get a personal quote first.")
COST_UNKNOWN = say("I don’t know the prices. The team will tell you before anything is billed.")
NOTED_SO_FAR = say("Here’s what I have so far:")
NOTHING_NOTED = say("I haven’t noted anything yet.")

# Answers we can do without
DO_WITHOUT = say("No problem, we’ll do without it.")

NOTHING_WANTED = say("No problem. Write here whenever you need us.")

# At the summary
NOT_SENT = say("Okay, I haven’t sent it. Tell me what to change, or say “send” when it’s ready.")
FILES_WELCOME = say("You can add a photo or a file, now or later.")
CHANGED = say("Done, I’ve changed it.")
SORRY_TO_HEAR = say("I’m sorry about that. Let’s get it to the right person quickly.")

# After opening
ADDED_TO_TICKET = say("I’ve added that to #%(number)s.")
CLOSE_ASK = say("Close #%(number)s?")
CLOSED_THANKS = say("Glad it works. #%(number)s is closed; write here if it comes back.")
STAYS_OPEN = say("Okay, #%(number)s stays open.")
CLOSE_IT = say("Close it")
KEEP_OPEN = say("Keep it open")
STILL_THERE = say("Your request isn’t sent yet. Want to finish it?")
SECOND_ASK = say("You also wrote: “%(words)s” Should I open a second request for that?")
SECOND_KEPT = say("Okay. The team reads it in #%(number)s.")
OPEN_SECOND = say("Yes, open it")
SECOND_NO = say("No, thanks")
