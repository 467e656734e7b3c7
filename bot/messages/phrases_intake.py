"""What the bot says while it takes a request. English is the key of the catalogs; no logic here.

One thought a message, the question last. Button labels leave room for three languages in 20 characters.
"""

from bot.messages.localized import LocalizedText
from bot.messages.outgoing import say, say_n

# The only text in all three languages at once: we don't know yet which one to use.
WHICH_LANGUAGE = "Which language do you prefer?\nQuelle langue préférez-vous ?\n¿Qué idioma prefiere?"
LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español"}
SWITCH_OFFER = LocalizedText(
    en="Shall we go on in English?",
    fr="Souhaitez-vous continuer en français ?",
    es="¿Prefiere continuar en español?",
)

# Greetings
GREETING = say("Hello, you have reached %(title)s.")
NOTED = say("Thank you, I have noted your message.")
NEW_REQUEST = say("Let us begin a new request.")
ABOUT_LAST_REQUEST = say("#%(number)s is closed, so this begins a new request.")
HELLO_AGAIN = say("Hello again. #%(number)s is in hand; what you write here reaches the team.")
RESUMED = say("Welcome back. Here is where we were with your request.")
LANGUAGE_SET = say("Very well, we go on in English.")

# Questions that a policy may ask without its own wording
ASK_DESCRIPTION = say("How can we help? Please say in a few words what happens.")
ASK_MORE = say("I need a few more words: what did you do and see, or what would you like to know?")
ASK_NAME = say("What is your name, please?")
ASK_COMPANY = say("Which company or organisation are you with?")
ASK_CODE = say("What is your support code? It is on your profile page.")
ASK_CATEGORY = say("What is it about?")
ASK_AFFECTED = say("Which page, device or service is affected?")
ASK_PRIORITY = say("How urgent is it?")
ASK_ATTACHMENTS = say("Would you like to add a photo, a video or a document? Send it now.")
SEND_FILES = say("Please send it here, as you would send it to a friend.")
ASK_MORE_FILES = say("You may send another file.")
ASK_OTHER = say("%(label)s?")
EXAMPLE = say("For example: %(example)s")

# When the answer doesn't fit the question
PICK_ONE = say("Please choose one of these.")
MORE_WORDS = say("A few more words would help us.")
FILE_KEPT = say_n("I have kept your file.", "I have kept your %(count)s files.")
ADDED = say("I have added that to your description.")
CANNOT_READ = say("I cannot read that kind of message. Please answer in words.")
CODE_KNOWN = say("Thank you, we know you now: %(account)s.")
CODE_UNKNOWN = say("I do not find that code. Please check it, or go on without it.")
CODE_LEFT = say("I do not find that code either. Let us go on without it.")
NOT_WITH_PLAN = say("That priority is not part of your plan. Please choose one of these.")
AT_THE_BEGINNING = say("This is the first question.")

# The summary
SUMMARY = say("Here is your request:")
SUMMARY_LINE = say("%(index)s. %(label)s: %(value)s")
SUMMARY_ASK = say("Shall I send it? To correct a line, write for example “change 2”.")
REVIEW_ASK = say("Shall I send your request?")
CHANGE_ASK = say("Which line shall I change?")
NOTHING_GIVEN = say("none")
FILES = say_n("%(count)s file", "%(count)s files")

# Confirmations
CANCEL_ASK = say("Shall I drop this request?")
CANCELLED = say("I have dropped it. Write to us whenever you like.")
CANCEL_NOTHING = say("There is nothing to cancel just now.")
CANCEL_LIVE = say(
    "#%(number)s stays open. If you no longer need it, write so here and the team will close it."
)
BACK_NOTHING = say("There is nothing to go back to just now.")
NEW_ASK = say("One request is not finished yet. Shall we go on with it?")
REOPEN_ASK = say("Hello again. Is it about #%(number)s, or something new?")
QUOTE_NOTICE = say("This is technical work: you will get a personal quote before anything begins.")
OUT_OF_SCOPE_NOTICE = say("I am sorry, our support does not cover this.")
OUT_OF_SCOPE_ASK = say("How shall we go on?")
KNOWN_ANSWER = say("Perhaps this is the answer:")
KNOWN_ASK = say("Does it help?")
KNOWN_GLAD = say("I am glad it does. Write to us whenever you like.")
EMERGENCY_LANGUAGES = say("Our emergency line does not speak English.")
EMERGENCY_ASK = say("In which language shall we go on?")
EMERGENCY_OTHER_PLAN = say(
    "The emergency line is not part of your plan. We will see to your request in opening hours."
)
EMERGENCY_LATER = say("Very well: we will see to it in opening hours, in English.")

# Talking to a person
HUMAN_ALREADY = say("The team already has #%(number)s and reads what you write here.")

# Help
HELP = say("Write to us in your own words, and I will ask for what is missing. You may also write:")
HELP_NEW = say("/new: begin a new request")
HELP_STATUS = say("/status: see where your requests stand")
HELP_HOURS = say("/hours: see when we are open")
HELP_HUMAN = say("/human: have a person take over")
HELP_LANGUAGE = say("/language: English, Français, Español")
HELP_BACK = say("/back: return to the last question")
HELP_ACCESS = say("/access: give our team access for a limited time")
HELP_REVOKE = say("/revoke: take that access back")
HELP_CANCEL = say("/cancel: drop this request")

# Opening hours
OUR_HOURS = say("Our hours:\n%(hours)s")
OPEN_NOW = say("We are open now.")
CLOSED_NOW = say("We are closed now; we open %(opens)s. You may write at any time: nothing is lost.")
ALWAYS_OPEN = say("We are open day and night, every day.")

# The command menu
COMMAND_START = say("Say hello")
COMMAND_HELP = say("How this works")
COMMAND_NEW = say("Begin a new request")
COMMAND_STATUS = say("Where my requests stand")
COMMAND_HOURS = say("When you are open")
COMMAND_LANGUAGE = say("Change the language")
COMMAND_CANCEL = say("Drop this request")
COMMAND_BACK = say("Return to the last question")
COMMAND_ACCESS = say("Give our team access for a while")
COMMAND_REVOKE = say("Take that access back")
COMMAND_HUMAN = say("Talk to a person")

# Buttons
SEND = say("Send it")
CHANGE = say("Change a line")
CANCEL = say("Drop it")
KEEP_GOING = say("Go on")
START_AFRESH = say("Start afresh")
SKIP = say("Skip")
NO_FILES = say("No files")
DONE = say("That is all")
HUMAN = say("Talk to a person")
CONTINUE_ANYWAY = say("Go on anyway")
OTHER_CATEGORY = say("Something else")
HELPED = say("It helps")
NOT_HELPED = say("It does not help")
STAY = say("Stay in English")
IN_OPENING_HOURS = say("In opening hours")
SAME_REQUEST = say("The same request")
SOMETHING_NEW = say("Something new")
