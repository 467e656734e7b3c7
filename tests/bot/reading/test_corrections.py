"""Corrections in free words: which details change, and to what."""

import pytest

from bot.reading.corrections import find_corrections, named_field
from bot.reading.read_acts import read_parts
from bot.reading.situations import Situation
from tests.fixtures.conversation_script import policy

DEMO = policy("demo")
KNOWN = {
    "name": "Catherine Moss",
    "company": "Alder Foods",
    "affected": "the booking page",
    "description": "the calendar shows last week",
}
CHOSEN = {"priority": "medium", "category": "fault"}


def corrected(text: str, known: dict[str, str] = KNOWN) -> dict[str, str]:
    acts = find_corrections(text, read_parts(text, Situation.SUMMARY), known, CHOSEN, DEMO)
    return {act.field: act.value for act in acts}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("actually make it high", {"priority": "high"}),
        ("non, mettez la priorité sur urgente", {"priority": "urgent"}),
        ("la prioridad debería ser baja", {"priority": "low"}),
        ("my name is Katrin Moss, please correct it", {"name": "Katrin Moss"}),
        ("it's Alder Farms, not Alder Foods", {"company": "Alder Farms"}),
        ("pas Alder Foods mais Alder Farms", {"company": "Alder Farms"}),
        ("it's Katherine with a K", {"name": "Katherine Moss"}),
        ("not the booking page but the invoice page", {"affected": "the invoice page"}),
    ],
)
def test_one_detail_changes(text, changes):
    assert corrected(text) == changes


def test_several_details_change_at_once():
    assert corrected("make it urgent, and it's Katherine with a K") == {
        "priority": "urgent",
        "name": "Katherine Moss",
    }


@pytest.mark.parametrize(
    ("name", "company", "text", "changes"),
    [
        (
            "Jon Marlow",
            "Pell & Cook",
            "the company is spelt Pell & Cooke with an e and John has an h",
            {"name": "John Marlow", "company": "Pell & Cooke"},
        ),
        (
            "Marc Roy",
            "Brock",
            "la société c'est Brocque et mon nom c'est Leroy",
            {"name": "Marc Leroy", "company": "Brocque"},
        ),
        (
            "Hernán Quiroga",
            "Talleres Pas",
            "la empresa es Talleres Paz con zeta, y Germán es con g",
            {"name": "Germán Quiroga", "company": "Talleres Paz"},
        ),
        ("Katya Moss", "Brock Ltd", "company's spelt Brocke Ltd with an e", {"company": "Brocke Ltd"}),
        ("Ivor Pugh", "Brock Ltd", "it's R O W E, not Pugh", {"name": "Ivor Rowe"}),
        (
            "Fergus Mac Bride",
            "Brock",
            "it's MacBride, all one word, not Mac Bride",
            {"name": "Fergus MacBride"},
        ),
        ("Yann Le Fur", "Brock", "c'est Lefur, en un mot", {"name": "Yann Lefur"}),
        ("Katya Moss", "Brock", "it was Tuesday not Monday", {}),
    ],
)
def test_name_and_company_are_corrected_apart(name, company, text, changes):
    assert corrected(text, {**KNOWN, "name": name, "company": company}) == changes


@pytest.mark.parametrize(
    "text", ["thank you", "send it please", "is anyone there?", "hm", "the second one too"]
)
def test_what_corrects_nothing_changes_nothing(text):
    assert corrected(text) == {}


def test_the_same_value_again_is_no_correction():
    assert "priority" not in corrected("it is medium, right?")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("the name is wrong", "name"),
        ("ma société n’est pas la bonne", "company"),
        ("cambie la prioridad", "priority"),
        ("hello", ""),
    ],
)
def test_the_field_that_is_wrong_is_found_by_its_name(text, field):
    assert named_field(text, DEMO) == field
