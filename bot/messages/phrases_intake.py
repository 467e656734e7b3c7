"""What the bot says while it takes a request. English is the key of the catalogs; no logic here.

One thought a message, the question last. Button labels leave room for three languages in 20 characters.
"""

from bot.messages.localized import LocalizedText
from bot.messages.outgoing import say, say_n

# The only text in all three languages at once: we don't know yet which one to use.
WHICH_LANGUAGE = "Which language do you prefer?\nQuelle langue préférez-vous ?\n¿Qué idioma prefiere?"
LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español"}
SWITCH_OFFER = LocalizedText(
    en="Would you like to continue in English?",
    fr="Souhaitez-vous continuer en français ?",
    es="¿Prefiere continuar en español?",
)

# Greetings
GREETING = say("Hi, this is %(title)s.")
NOTED = say("Thanks, I’ve got your message.")
NEW_REQUEST = say("Let’s start a new request.")
ABOUT_LAST_REQUEST = say("#%(number)s is closed, so I’ve started a new request.")
HELLO_AGAIN = say("Hello again. We’re working on #%(number)s. Anything you write here goes to the team.")
RESUMED = say("Welcome back. Let’s pick up your request where we left off.")
LANGUAGE_SET = say("OK, let’s continue in English.")

# Questions that a policy may ask without its own wording
ASK_DESCRIPTION = say("How can we help? Tell us in a few words what’s going on.")
ASK_MORE = say("Could you tell me a bit more? What were you doing, and what happened?")
ASK_NAME = say("What’s your name?")
ASK_COMPANY = say("Which company are you with?")
ASK_CODE = say("What’s your support code? It’s on your profile page.")
ASK_CATEGORY = say("What’s it about?")
ASK_AFFECTED = say("Which page, device or service is affected?")
ASK_PRIORITY = say("How urgent is it?")
ASK_ATTACHMENTS = say("Would you like to add a photo, a video or a document? Send it now.")
SEND_FILES = say("Go ahead, send it here in the chat.")
ASK_MORE_FILES = say("Send another file, or choose “That’s all”.")
ASK_OTHER = say("%(label)s?")
EXAMPLE = say("For example: %(example)s")

# When the answer doesn't fit the question
MORE_WORDS = say("Could you tell us a bit more?")
FILE_KEPT = say_n("Got your file.", "Got your %(count)s files.")
ADDED = say("I’ve added that to your description.")
CANNOT_READ = say("I can’t read that kind of message. Could you type it instead?")
CODE_KNOWN = say("I’ve found your account: %(account)s.")
CODE_UNKNOWN = say("I can’t find that code. Check it, or continue without one.")
CODE_LEFT = say("I can’t find that one either. Let’s continue without it.")
NOT_WITH_PLAN = say("That priority isn’t included in your plan. Please choose one of these.")
AT_THE_BEGINNING = say("This is the first question.")

# The summary
SUMMARY = say("Here is your request:")
SUMMARY_LINE = say("%(index)s. %(label)s: %(value)s")
SUMMARY_ASK = say("Ready to send? If something’s wrong, just tell me what to change.")
REVIEW_ASK = say("Ready to send your request?")
CHANGE_ASK = say("What should I correct?")
NOTHING_GIVEN = say("none")
FILES = say_n("%(count)s file", "%(count)s files")

# Confirmations
CANCEL_ASK = say("Cancel this request?")
CANCELLED = say("Cancelled. Message us any time.")
CANCEL_NOTHING = say("There’s nothing to cancel.")
CANCEL_LIVE = say("#%(number)s stays open. If you no longer need it, just say so here and we’ll close it.")
BACK_NOTHING = say("There’s nothing to go back to.")
NEW_ASK = say("You have an unfinished request. Continue with it?")
REOPEN_ASK = say("Hello again. Is this about #%(number)s, or something new?")
QUOTE_NOTICE = say("This is paid work: we’ll send you a quote before we start.")
OUT_OF_SCOPE_NOTICE = say("Sorry, our support doesn’t cover this.")
OUT_OF_SCOPE_ASK = say("What would you like to do?")
KNOWN_ANSWER = say("This might help:")
KNOWN_ASK = say("Did that help?")
KNOWN_GLAD = say("Great, glad that helped. Message us any time.")
EMERGENCY_LANGUAGES = say("Our emergency line isn’t available in English.")
EMERGENCY_ASK = say("Which language would you like to continue in?")
EMERGENCY_OTHER_PLAN = say(
    "The emergency line isn’t included in your plan. We’ll deal with your request during opening hours."
)
EMERGENCY_LATER = say("OK. We’ll deal with it during opening hours, in English.")

# Talking to a person
HUMAN_ALREADY = say("The team already has #%(number)s and reads everything you write here.")

# Help
HELP = say("Just tell us in your own words, and I’ll ask for anything that’s missing. You can also write:")
HELP_NEW = say("/new: start a new request")
HELP_STATUS = say("/status: see where your requests stand")
HELP_HOURS = say("/hours: see when we’re open")
HELP_HUMAN = say("/human: talk to a person")
HELP_LANGUAGE = say("/language: English, Français, Español")
HELP_BACK = say("/back: go back to the last question")
HELP_ACCESS = say("/access: give our team access for a limited time")
HELP_REVOKE = say("/revoke: end that access")
HELP_CANCEL = say("/cancel: cancel this request")

# Opening hours
OUR_HOURS = say("Our hours:\n%(hours)s")
OPEN_NOW = say("We’re open now.")
CLOSED_NOW = say("We’re closed now and open again %(opens)s. You can write any time: we’ll read everything.")
ALWAYS_OPEN = say("We’re open 24/7.")

# The command menu
COMMAND_START = say("Say hello")
COMMAND_HELP = say("How this works")
COMMAND_NEW = say("Start a new request")
COMMAND_STATUS = say("Where my requests stand")
COMMAND_HOURS = say("Opening hours")
COMMAND_LANGUAGE = say("Change the language")
COMMAND_CANCEL = say("Cancel this request")
COMMAND_BACK = say("Go back to the last question")
COMMAND_ACCESS = say("Give our team temporary access")
COMMAND_REVOKE = say("End that access")
COMMAND_HUMAN = say("Talk to a person")

# Buttons
SEND = say("Send it")
CHANGE = say("Edit")
CANCEL = say("Cancel request")
KEEP_GOING = say("Continue")
START_AFRESH = say("Start over")
SKIP = say("Skip")
NO_FILES = say("No files")
DONE = say("That’s all")
HUMAN = say("Talk to a person")
CONTINUE_ANYWAY = say("Continue anyway")
OTHER_CATEGORY = say("Something else")
HELPED = say("Yes, thanks")
NOT_HELPED = say("No, not really")
STAY = say("Stay in English")
IN_OPENING_HOURS = say("During opening hours")
SAME_REQUEST = say("The same request")
SOMETHING_NEW = say("Something new")
