"""`guichet talk --json`, in-process: where a customer starts, what they send, and what the answer tells."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.policy.policy import load_policy
from cli.talk.protocol import answer_lines
from tests.fixtures.paths import ROOT

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
STORY = "The till of the shop in Porto does not open any more"
KNOWN = {"name": "Marie", "company": "Acme SA", "category": "fault", "affected": "the till"}
READY = {**KNOWN, "description": STORY, "priority": "low"}
TICKET = {"category": "fault", "priority": "high", "details": {**KNOWN, "description": STORY}}


def play(*lines: object, policy: str = "demo", channel: str = "whatsapp") -> list[dict]:
    """The answer to each line."""
    given = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    desk = load_policy(ROOT / "policies" / f"{policy}.toml")
    return [json.loads(answer) for answer in answer_lines(given, desk, channel, MONDAY)]


def last(*lines: object, policy: str = "demo", channel: str = "whatsapp") -> dict:
    """The answer to the last of these lines."""
    return play(*lines, policy=policy, channel=channel)[-1]


def test_a_new_customer_is_told_nothing_before_they_write() -> None:
    assert last({"begin": {}}) == {
        "said": [], "options": [], "asking": None, "about": None, "language": None, "draft": None,
        "tickets": [], "acts": [],
    }  # fmt: skip


def test_a_first_message_is_the_description_and_its_language_is_detected() -> None:
    told = last({"text": "La caisse du magasin ne s'ouvre plus depuis hier"})
    assert (told["language"], told["asking"]) == ("fr", "name")
    assert told["draft"]["description"] == "La caisse du magasin ne s'ouvre plus depuis hier"
    assert "votre nom" in told["said"][0]


def test_the_phone_number_and_the_language_code_break_ties_in_the_language() -> None:
    assert last({"begin": {"phone": "+34 600 000 001"}}, {"text": "error"})["language"] == "es"
    telegram = {"begin": {"channel": "telegram", "language_code": "fr-CA"}}
    assert last(telegram, {"text": "error"})["language"] == "fr"


def test_a_message_in_an_unknown_language_is_kept_while_the_language_is_asked() -> None:
    told = last({"text": "1234"})
    assert (told["asking"], told["draft"]) == ("language", {})
    assert last({"text": "1234"}, {"choice": "English"})["language"] == "en"


@pytest.mark.parametrize("asking", ["name", "category", "affected", "description", "priority"])
def test_a_customer_can_start_at_any_question(asking: str) -> None:
    told = last({"begin": {"language": "en", "draft": {"name": "Marie"}, "asking": asking}})
    assert (told["asking"], told["draft"]) == (asking, {"name": "Marie"})
    assert len(told["said"]) == 1


def test_a_draft_without_a_question_is_asked_what_comes_next() -> None:
    draft = {**KNOWN, "description": STORY}
    assert last({"begin": {"draft": draft}})["asking"] == "priority"


def test_the_summary_shows_the_draft_and_sends_it_as_a_ticket() -> None:
    shown, sent = play({"begin": {"draft": READY, "asking": "summary"}}, {"choice": "Send it"})
    assert (shown["asking"], shown["options"]) == ("summary", ["Send it", "Edit", "Cancel request"])
    assert (sent["asking"], sent["draft"]) == (None, None)
    ticket = sent["tickets"][0]
    assert (ticket["status"], ticket["category"], ticket["priority"]) == ("new", "fault", "low")
    assert ticket["details"] == READY


def test_going_back_from_a_question_asks_the_one_before() -> None:
    told = last({"begin": {"draft": {"name": "Marie"}, "asking": "company"}}, {"text": "/back"})
    assert (told["asking"], told["draft"]) == ("name", {})


def test_a_confirmation_says_what_it_is_about() -> None:
    told = last({"begin": {"draft": READY, "asking": "summary"}}, {"choice": "cancel"})
    assert (told["asking"], told["about"]) == ("confirm", "cancel")


def test_an_earlier_button_still_works() -> None:
    told = last(
        {"begin": {"draft": READY, "asking": "summary"}}, {"choice": "Change a line"}, {"choice": "send"}
    )
    assert len(told["tickets"]) == 1


def test_a_ticket_is_for_a_person_if_one_was_asked_for_before_or_after_it_was_opened() -> None:
    opened = last({"begin": {"draft": KNOWN, "asking": "description"}}, {"text": "/human"})
    assert [each["is_for_person"] for each in opened["tickets"]] == [True]
    before, after = play({"begin": {"ticket": TICKET}}, {"text": "/human"})
    assert [each["tickets"][0]["is_for_person"] for each in (before, after)] == [False, True]


@pytest.mark.parametrize("status", ["new", "open", "waiting", "resolved"])
def test_a_customer_can_start_with_a_ticket_in_any_status(status: str) -> None:
    told = last({"begin": {"language": "en", "ticket": {"status": status, **TICKET}}})
    assert [each["status"] for each in told["tickets"]] == [status]
    assert told["tickets"][0]["details"] == {
        **KNOWN,
        "description": STORY,
        "category": "fault",
        "priority": "high",
    }
    assert told["asking"] == ("rating" if status == "resolved" else None)


def test_agents_reply_return_and_resolve() -> None:
    told = play(
        {"begin": {"language": "en", "ticket": TICKET}},
        {"agent": {"reply": "Is it plugged in?"}},
        {"agent": {"return": "Which till is it?"}},
        {"text": "the one at the entrance"},
        {"agent": {"resolve": True}},
    )
    assert told[1]["said"] == ["Is it plugged in?"]
    assert [each["tickets"][0]["status"] for each in told] == ["open", "open", "waiting", "open", "resolved"]
    assert told[-1]["asking"] == "rating"
    assert len(told[-1]["options"]) == 5


def test_time_passes_between_messages() -> None:
    begun = {"begin": {"language": "en", "ticket": {"status": "resolved", **TICKET}}}
    back = {"text": "the till is stuck again, it fails as before"}
    assert len(last(begun, {"after": "3 days"}, back)["tickets"]) == 1
    late = last(begun, {"after": "2 weeks"}, back)
    assert late["draft"] is not None
    away = last({"begin": {"draft": KNOWN, "asking": "description"}}, {**back, "at": "2026-03-05T10:00"})
    assert "Welcome back" in away["said"][0]


def test_files_are_counted_and_kept() -> None:
    begun = {"begin": {"draft": READY, "asking": "attachments"}}
    told = last(begun, {"photo": True, "text": ""}, {"after": "1 minute"}, {"voice": True}, {"sticker": True})
    assert told["draft"]["attachments"] == "2"


def test_an_account_is_found_by_its_code_and_the_code_is_not_shown() -> None:
    account = {"name": "Acme SA", "plan": "pro", "support_code": "GV-4417"}
    begun = {"begin": {"account": account, "draft": {"name": "Marie"}, "asking": "support_code"}}
    found, unknown = (last(begun, {"text": text}, policy="premium") for text in ("gv4417", "GV-0000"))
    assert found["draft"]["support_code"] == "Acme SA"
    assert "Acme SA" in found["said"][0]
    assert unknown["asking"] == "support_code"
    draft = {"name": "Marie", "support_code": "GV-4417"}
    known = last({"begin": {"account": account, "draft": draft, "asking": "category"}}, policy="premium")
    assert known["draft"] == {"company": "Acme SA", "name": "Marie", "support_code": "Acme SA"}


def test_each_customer_starts_afresh() -> None:
    told = play({"begin": {"ticket": TICKET}}, {"begin": {}}, {"text": STORY})
    assert [len(each["tickets"]) for each in told] == [1, 0, 0]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"{", "not JSON"),
        (b'"\xff"', "not JSON"),
        (b"[]", "must be a JSON object"),
        ({}, "nothing to do"),
        ({"texte": "x"}, "“texte”"),
        ({"text": 1}, "text must be a text"),
        ({"text": "x", "choice": "y"}, "can't have"),
        ({"text": "x", "at": "soon"}, "not a time"),
        ({"photo": "yes"}, "photo must be true"),
        ({"choice": "Send"}, "no button “Send”"),
        ({"after": "a while"}, "not a length of time"),
        ({"after": "9999 weeks"}, "not a length of time"),
        ({"agent": {"reply": "hello"}}, "no ticket yet"),
        ({"agent": {}}, "agent takes one of"),
        ({"begin": {"colour": "red"}}, "“colour”"),
        ({"begin": {"channel": "fax"}}, "whatsapp, telegram"),
        ({"begin": {"language": "de"}}, "en, fr, es"),
        ({"begin": {"asking": "shoe size"}}, "doesn't ask “shoe size”"),
        ({"begin": {"draft": {"category": "weather"}}}, "fault, question"),
        ({"begin": {"draft": []}, "text": "x"}, "can't have"),
        ({"begin": {"ticket": {"status": "lost"}}}, "new, open, waiting, resolved"),
        ({"begin": {"account": {"name": "Acme"}}}, "needs a name and a support_code"),
    ],
)
def test_a_line_that_cannot_be_taken_is_an_error_and_the_session_goes_on(line: object, error: str) -> None:
    first, answer, after = play({"text": STORY}, line, {"sticker": True})
    assert list(answer) == ["error"]
    assert error in answer["error"]
    assert after["draft"] == first["draft"]


def test_an_action_that_the_ticket_does_not_permit_is_an_error() -> None:
    begun = {"begin": {"ticket": {"status": "resolved", **TICKET}}}
    assert "cannot resolve" in last(begun, {"agent": {"resolve": True}})["error"]
