"""Built-in buttons: they fit the channels, and what they say in each language is understood when it is typed."""

import pytest

from bot.conversation import buttons, ticket_prompts
from bot.conversation.buttons import STARS, Button, languages
from bot.messages.inbound import Address, Inbound, MessageKind
from bot.messages.localized import LOCALES
from bot.text.choice_matching import match_choice
from i18n.translations import translations
from tests.fixtures.conversation_script import START

BUTTONS = [(name, value) for name, value in vars(buttons).items() if isinstance(value, Button)]
BUTTONS += [(f"STARS {star.payload}", star) for star in STARS]
TOGETHER = [
    ("SEND", "CHANGE", "CANCEL", "HUMAN"),
    ("KEEP_GOING", "DROP"),
    ("GO_ON", "START_AFRESH"),
    ("CONTINUE_ANYWAY", "OTHER_CATEGORY", "DROP_INSTEAD"),
    ("CLOSE_IT", "KEEP_OPEN"),
    ("SAME_REQUEST", "SOMETHING_NEW"),
    ("ACCEPT", "DECLINE"),
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("name", "button"), BUTTONS)
def test_a_button_is_understood_when_its_label_is_typed_in_any_language(name, button, locale):
    label = translations(locale).gettext(button.phrase.text)
    assert match_choice(label, [button.pick]) == button.payload
    assert match_choice(label.upper(), [button.pick]) == button.payload


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("name", "button"), BUTTONS)
def test_a_button_fits_whatsapp(name, button, locale):
    label = translations(locale).gettext(button.phrase.text)
    assert 0 < len(label) <= 20
    assert len(button.payload.encode()) <= 64


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("names", TOGETHER)
def test_buttons_shown_together_are_told_apart_by_their_labels(names, locale):
    shown = [getattr(buttons, name) for name in names]
    for button in shown:
        label = translations(locale).gettext(button.phrase.text)
        assert match_choice(label, [one.pick for one in shown]) == button.payload


@pytest.mark.parametrize("names", TOGETHER)
def test_words_shared_by_buttons_shown_together_choose_neither(names):
    shown = [getattr(buttons, name) for name in names]
    words = [set(button.pick.names) for button in shown]
    for at, mine in enumerate(words):
        for other in words[at + 1 :]:
            assert not mine & other


def test_stars_are_in_the_order_of_their_numbers():
    assert [option.payload for option in ticket_prompts.rate_options("c0ffee-3")] == [
        f"rate:3:{n}" for n in range(1, 6)
    ]


def test_the_likely_language_leads_and_an_unknown_one_changes_nothing():
    assert languages("es") == ("es", "en", "fr")
    assert languages("de") == languages() == ("en", "fr", "es")


def test_a_payload_that_is_not_offered_presses_nothing():
    inbound = Inbound("1", Address("telegram", "42"), START, MessageKind.CHOICE, choice="drop")
    assert buttons.chosen_key(inbound, [buttons.SEND.pick]) is None
