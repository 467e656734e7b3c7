"""Questions that are asked only for some categories: of whom, when the category changes, and by the API."""

import re

import pytest

from bot.conversation.effects import OpenTicket
from bot.policy.policy import Policy
from tests.fixtures.conversation_script import Talk, talk
from tests.fixtures.paths import ROOT

DEMO = (ROOT / "policies" / "demo.toml").read_text()
SERIAL = """
[[questions]]
key = "serial_number"
label = { en = "Serial number", fr = "Numéro de série", es = "Número de serie" }
categories = ["fault"]

[[questions]]
key = "invoice"
kind = "choice"
label = { en = "Invoice", fr = "Facture", es = "Factura" }
is_required = false
categories = ["account", "question"]
options = [
  { key = "this", label = { en = "This month’s", fr = "De ce mois", es = "De este mes" } },
  { key = "old", label = { en = "An older one", fr = "Une ancienne", es = "Una anterior" } },
]
"""
BEGUN = """
    en> it stopped working this morning
    > Ana Ruiz
    > Acme
    bot< What’s it about?
"""


def details(talking: Talk) -> set[str]:
    """The keys of what the opened ticket knows."""
    opening = next(effect for effect in talking.effects if isinstance(effect, OpenTicket))
    return set(opening.details)


@pytest.fixture(scope="module")
def desk() -> Policy:
    return Policy.from_toml(f"{DEMO}\n{SERIAL}")


def test_it_is_asked_of_its_category_alone(desk):
    talk(
        f"""
        {BEGUN}
        > 1
        > the invoices page
        > urgent
        bot< Serial number?
        > SN 4711-B
        bot< 7. Serial number: SN 4711-B
        > send
        opens< category=fault; serial_number=SN 4711-B
        """,
        desk,
    )


def test_another_category_is_asked_other_things(desk):
    talking = talk(
        f"""
        {BEGUN}
        > 3
        > the mobile app
        > low
        bot< Invoice?
        buttons< This month’s, An older one, Skip
        > an older one
        bot< 7. Invoice: An older one
        > send
        opens< category=account; invoice=old
        """,
        desk,
    )
    assert "serial_number" not in details(talking)


def test_one_that_is_skipped_is_not_asked_again(desk):
    talk(f"{BEGUN}\n> 2\n> the mobile app\n> low\nbot< Invoice?\n> skip\nbot< Ready to send?", desk)


def test_a_changed_category_asks_what_is_now_missing_and_forgets_what_no_longer_counts(desk):
    talking = talk(
        f"""
        {BEGUN}
        > 1
        > the invoices page
        > urgent
        > SN 4711-B
        bot< Serial number
        > change 3
        bot< What’s it about?
        > 3
        bot< Invoice?
        > skip
        bot< 3. About: Account and billing
        > send
        opens< category=account; invoice=
        """,
        desk,
    )
    assert "serial_number" not in details(talking)


def test_a_category_changed_back_finds_its_answer_again(desk):
    talk(
        f"""
        {BEGUN}
        > 1
        > the invoices page
        > urgent
        > SN 4711-B
        > change 3
        > 2
        > skip
        > change 3
        > 1
        bot< 7. Serial number: SN 4711-B
        """,
        desk,
    )


def test_a_person_is_reached_without_it(desk):
    talk(f"{BEGUN}\n> 1\n> /human\nopens< a person; category=fault", desk)


def test_a_desk_with_one_category_asks_all_of_its_questions():
    others = re.compile(r'\[\[categories\]\]\nkey = "(?!fault)(?:(?!\n\[).)+', re.DOTALL)
    demo = DEMO.partition("[examples]")[0]
    alone = others.sub("", demo) + SERIAL.replace('["account", "question"]', "[]")
    told = "en> it stopped working this morning\n> Ana\n> Acme\n> the mobile app\n> urgent"
    talk(f"{told}\nbot< Serial number?", Policy.from_toml(alone))
