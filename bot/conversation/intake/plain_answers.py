"""Whether a message plainly answers the open question, so that its words aren't read as wishes.

“Will Cancel” is a name where we asked for one, and “Urgent” is a priority where we asked how urgent it is.
"""

from bot.conversation.intake.questions import COMPANY, NAME, find_question, picks, skip_buttons
from bot.conversation.turn import Turn
from bot.model.conversation import Stage
from bot.policy.sections import Question
from bot.reading.acts import ActKind, Reading
from bot.reading.clauses import sentences
from bot.reading.people.company_answers import read_company
from bot.reading.people.name_answers import read_name
from bot.reading.people.named_others import named_other
from bot.reading.people.who import Who
from bot.text.choice_matching import match_choice, match_exactly
from bot.text.normalise import count_words

_NAME_WORDS = 6
_REMARK_WORDS = 5
"""How many words may stand beside a name: “Au Bon Retour, c’est un hôtel à Liège”."""
_SURELY_MEANT = 0.9
_WISHES_IN_WORDS = (
    ActKind.PERSON, ActKind.WHY, ActKind.COST, ActKind.HOURS, ActKind.HOW_LONG, ActKind.BOT, ActKind.REPEAT,
    ActKind.LANGUAGE, ActKind.REFUSE, ActKind.NONE, ActKind.UNSURE, ActKind.BACK, ActKind.CANCEL,
    ActKind.ERASE, ActKind.MY_DATA,
)  # fmt: skip


def is_plain_answer(turn: Turn, text: str, reading: Reading) -> bool:
    """Whether the text answers the open question and says nothing else."""
    question = find_question(turn.policy, turn.conversation.asking)
    if turn.conversation.stage is not Stage.ASKING or question is None or not text:
        return False
    if question.key in (NAME, COMPANY):
        return is_plain_name(question, text, reading)
    named = [*picks(question, turn.conversation, turn.policy)]
    return bool(named) and match_choice(text, named) is not None


def is_plain_name(question: Question, text: str, reading: Reading) -> bool:
    """Whether the text is a name and nothing else, even if it has a word that means something."""
    who = read_as_name(question, text)
    if "?" in text or who is None:
        return False
    if question.key == NAME and named_other(text):
        return True  # “… she’s the one to ring” asks for nobody
    name = who.name if question.key == NAME else who.company
    if (
        is_capitalised(name)
        and 1 < count_words(name) >= count_words(text) - _REMARK_WORDS
        and len(sentences(text)) == 1
    ):
        return True
    if count_words(text) > _NAME_WORDS:
        return False
    if is_capitalised(text):
        return not _is_meant(reading, 0.97)
    return not _is_meant(reading, _SURELY_MEANT if count_words(text) > 2 else 0.6)


def read_as_name(question: Question, text: str) -> Who | None:
    """The name or company in an answer; None if it's something else."""
    return read_name(text) if question.key == NAME else read_company(text)


def is_capitalised(text: str) -> bool:
    """Whether every word of some length begins with a capital, and the text isn't shouted."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return bool(words) and not text.isupper() and all(word[0].isupper() for word in words)


def is_skip(turn: Turn, question: Question, text: str) -> bool:
    """Whether the text is the label of the button that skips the question, or a word for it."""
    named = [button.pick for button in skip_buttons(question, turn.conversation)]
    match = match_exactly if question.key in (NAME, COMPANY) else match_choice
    return match(text, named) is not None


def _is_meant(reading: Reading, needed: float) -> bool:
    return any(reading.likely(kind.value) >= needed for kind in _WISHES_IN_WORDS)
