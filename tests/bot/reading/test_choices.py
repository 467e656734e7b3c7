"""Which category and which priority a text means."""

import pytest

from bot.reading.choice_model import ChoiceModel, Meaning
from bot.reading.choices import Meant, category_meant, fit_choices, priority_meant
from bot.reading.read_acts import read_parts
from bot.reading.situations import Situation
from tests.fixtures.conversation_script import policy

DEMO = policy("demo")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("the barcode reader throws an error on every second item", "fault"),
        ("l’écran de la borne reste noir après la mise à jour", "fault"),
        ("how can I sort the customer list by town?", "question"),
        ("comment faire pour changer le format de la date ?", "question"),
        ("I can't log in, my password is refused", "account"),
        ("necesitamos dos usuarios más en nuestro plan", "account"),
        ("please import four thousand contacts from our spreadsheet", "technical_service"),
        ("remettez la base comme elle était avant l’effacement", "technical_service"),
    ],
)
def test_a_category_is_found_by_meaning(text, key):
    assert category_meant(text, DEMO).clear == key


def test_nothing_means_nothing():
    assert category_meant("  ", DEMO) == Meant()
    assert priority_meant((), DEMO) == Meant()


def test_a_support_code_does_not_count():
    bare = category_meant("my support code is ••• and the printer is stuck", DEMO)
    assert category_meant("my support code is GV-4417 and the printer is stuck", DEMO) == bare


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("take your time, next month is fine", "low"),
        ("ce n’est pas pressé du tout", "low"),
        ("it's annoying but we can work around it", "medium"),
        ("nobody here can work any more, everything stands still", "urgent"),
        ("estamos totalmente parados", "urgent"),
    ],
)
def test_a_priority_is_found_by_meaning(text, key):
    assert priority_meant(read_parts(text, Situation.PRIORITY), DEMO).clear == key


def test_a_story_that_speaks_of_no_urgency_has_no_priority():
    parts = read_parts("the logo on our invoices is the old one", Situation.START)
    assert priority_meant(parts, DEMO, is_asked=False).clear == ""


def test_a_clear_reading_is_likely_and_far_ahead():
    assert Meant((("a", 0.7), ("b", 0.3))).clear == "a"
    assert Meant((("a", 0.49), ("b", 0.2))).clear == ""
    assert Meant((("a", 0.52), ("b", 0.45))).clear == ""
    assert Meant((("a", 0.9),)).clear == "a"


def test_two_close_readings_are_worth_a_question_and_three_are_not():
    assert Meant((("a", 0.45), ("b", 0.4))).close == ("a", "b")
    assert Meant((("a", 0.45), ("b", 0.2))).close == ()
    assert Meant((("a", 0.9), ("b", 0.1))).close == ()
    assert Meant().close == ()


def test_a_model_learns_from_a_handful_of_texts_and_is_the_same_each_time():
    meanings = (
        Meaning("door", ("the door is locked", "la porte")),
        Meaning("light", ("the lamp is out", "la lumière")),
    )
    one, other = ChoiceModel(meanings), ChoiceModel(meanings)
    texts = ("our entrance door won't open", "it's dark, the lamp does nothing")
    first, second = one.likely(texts)
    assert first["door"] > first["light"]
    assert second["light"] > second["door"]
    assert one.likely(texts) == other.likely(texts)
    assert abs(sum(first.values()) - 1) < 1e-3


@pytest.mark.parametrize("name", ["demo", "premium", "weekday-desk", "field-service"])
def test_every_shipped_policy_fits(name):
    desk = policy(name)
    fit_choices(desk)
    assert {key for key, _ in category_meant("a test", desk).ranked} == {each.key for each in desk.categories}


@pytest.mark.parametrize("name", ["demo", "premium", "weekday-desk", "field-service"])
@pytest.mark.parametrize("locale", ["en", "fr", "es"])
def test_a_categorys_own_label_means_it(name, locale):
    desk = policy(name)
    for each in desk.categories:
        ranked = category_meant(each.label.in_(locale), desk).ranked
        assert ranked[0][0] == each.key
