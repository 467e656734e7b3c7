"""What the desk aims to do next is told as itself: an answer, a review, a solution or an update, in each message."""

import re
from dataclasses import replace

import pytest

from bot.calendar.durations import Duration
from bot.messages.outgoing import Outgoing, Translatable
from bot.messages.phrases_ticket import TARGETS
from bot.notifications import aims
from bot.policy.policy import Policy, load_policy
from i18n.render import render_outgoing
from tests.fixtures.paths import POLICIES
from tests.fixtures.rules_desk import HALF_PAST_NINE, RulesDesk, desk_with_two_tickets

DEMO = load_policy(POLICIES / "demo.toml")
SAID = {
    "en": {
        "answer": "to reply by",
        "review": "to look at it by",
        "resolution": "to solve it by",
        "update": "an update by",
    },
    "fr": {
        "answer": "répondre d’ici|Réponse prévue",
        "review": "l’étudier d’ici|Examen prévu",
        "resolution": "la résoudre d’ici|Résolution prévue",
        "update": "Nouvelles prévues d’ici",
    },
    "es": {
        "answer": "responderle antes|Respuesta prevista",
        "review": "revisarla antes|Revisión prevista",
        "resolution": "resolverla antes|Solución prevista",
        "update": "novedades antes|Novedades previstas",
    },
}  # fmt: skip
WORDINGS = {
    name: wording for name, wording in vars(aims).items() if name.isupper() and isinstance(wording, dict)
}
LOCALES = sorted(SAID)


def heard(text: str, locale: str) -> set[str]:
    """What a text says that we aim at."""
    return {kind for kind, words in SAID[locale].items() if re.search(words, text)}


def only(target: str) -> Policy:
    """The demo desk, with a single target of a day for every priority."""
    day = {target: Duration.parse("24 hours")}
    bare = tuple(each.model_copy(update={"targets": day}) for each in DEMO.priorities)
    return DEMO.model_copy(update={"priorities": bare, "plans": ()})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", WORDINGS)
def test_each_message_has_words_of_its_own_for_each_target(name: str, locale: str) -> None:
    assert WORDINGS[name].keys() == TARGETS.keys(), "none falls back on another"
    for kind, phrase in WORDINGS[name].items():
        params = {"number": "K4", "due": "…", "priority": "…", "old": "…", "new": "…"}
        params |= {"subject": "…", "status": "…"}
        said = Outgoing((Translatable(phrase, params),))
        [line] = render_outgoing(said, locale, DEMO.calendar.zone, HALF_PAST_NINE).lines
        expected = "answer" if kind.endswith("response") else kind
        assert heard(str(line), locale) == {expected}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("target", "kind"),
    [("review", "review"), ("resolution", "resolution"), ("first_response", "answer")],
)
def test_a_story_names_only_what_the_policy_promises(target: str, kind: str, locale: str) -> None:
    desk = RulesDesk(only(target), now=HALF_PAST_NINE, locale=locale)
    told = {"opened": desk.open_ticket(), "status": desk.customer_writes("/status")}
    if target != "review":  # an agent who sets the priority has looked at it
        told["priority"] = desk.act("prioritise", priority="high")
    person = RulesDesk(only(target), now=HALF_PAST_NINE, locale=locale)
    told["person"] = person.open_in_chat()[-1:]
    for place, texts in told.items():
        assert heard("\n".join(texts), locale) == {kind}, place


@pytest.mark.parametrize(
    ("target", "kind"), [("review", "review"), ("resolution", "resolution"), ("next_response", "answer")]
)
def test_what_is_open_again_is_told_with_what_is_due_then(target: str, kind: str) -> None:
    desk = desk_with_two_tickets(only(target))
    desk.act("resolve")
    desk.wait(1000)  # sooner, solving it would count as undone
    assert heard("\n".join(desk.act("reopen")), "en") == {kind}
    assert heard("\n".join(desk.customer_writes("/status")), "en") >= {kind}


def test_once_answered_the_solution_is_what_is_due() -> None:
    field = load_policy(POLICIES / "field-service.toml")
    desk = desk_with_two_tickets(field)
    desk.act("reply", text="We are looking at it")
    desk.wait(100)
    assert heard(desk.act("prioritise", priority="high")[0], "en") == {"resolution"}


def test_an_update_that_nobody_asked_for_is_no_answer() -> None:
    premium = load_policy(POLICIES / "premium.toml")
    desk = desk_with_two_tickets(premium)
    for ticket_id, ticket in desk.tickets.items():
        desk.tickets[ticket_id] = replace(ticket, plan="pro")
    desk.act("reply", text="We are looking at it")
    desk.wait(100)
    assert heard(desk.act("prioritise", priority="high")[0], "en") == {"update"}
