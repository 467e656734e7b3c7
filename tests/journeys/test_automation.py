"""A rule of the demo policy, from the customer's phone to the agents' page and group, over the real sandbox."""

import pytest

from bot.messages.thread import Author
from bot.model.conversation import Status
from tests.fixtures.customer import NAMES, Customer
from tests.fixtures.forum_desk import ForumDesk
from tests.fixtures.sandbox_desk import SandboxDesk

STORIES = {
    "en": "Somebody has HACKED our till and all the prices are wrong",
    "fr": "Nous avons été piratés cette nuit et les prix de la caisse sont faux",
    "es": "Nos han HACKEADO la caja y todos los precios están mal",
}
PLAIN = {
    "en": "Somebody has moved our till and all the prices are wrong",
    "fr": "La caisse a été déplacée cette nuit et les prix sont faux",
    "es": "Nos han movido la caja y todos los precios están mal",
}


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
@pytest.mark.parametrize("locale", list(NAMES))
def test_a_story_with_that_word_is_urgent_from_its_first_minute_and_no_other(
    desk: SandboxDesk, locale: str, channel: str
) -> None:
    for n, (words, priority) in enumerate([(STORIES[locale], "urgent"), (PLAIN[locale], "medium")]):
        phone = Customer(desk, locale, channel, name=f"{NAMES[locale]} {n}").phone
        desk.say(phone, words)
        heard = "\n".join(desk.say(phone, "/human"))
        [row] = [row for row in desk.wiring.queries.rows("open") if row.contact_name.endswith(str(n))]
        view = desk.wiring.queries.ticket(row.ticket_id)
        assert (view.ticket.priority, view.ticket.status) == (priority, Status.NEW)
        first = next(promise for promise in view.deadlines if promise.target == "first_response")
        minutes = (first.due_at - view.ticket.opened_at).total_seconds() / 60
        assert minutes == (2 if priority == "urgent" else 8)
        notes = [entry for entry in view.entries if entry.author is Author.NOTE]
        assert len(notes) == (1 if priority == "urgent" else 0)
        assert view.ticket.number in heard
        assert "Security" not in heard


def test_the_rules_note_stands_in_the_topic_in_the_groups_language(forum: ForumDesk) -> None:
    ana = forum.link_agent(forum.ana, "Ana")
    forum.wiring.agents.set_locale(ana.agent_id, "fr")
    ticket_id = forum.open_ticket(words="We were hacked this morning, all prices are wrong", priority="low")
    forum.settle()
    card, note = forum.texts(ticket_id)
    assert "Urgente" in card
    assert note.splitlines() == [
        "📝 Note automatique\u202f:",
        "Selon la règle «\u202fSécurité\u202f»\u202f:",
        "Demander ce qui a été vu, et depuis quand, avant de changer quoi que ce soit.",
    ]
    forum.customer_writes("telegram:42", "And we were hacked again")
    forum.settle()
    assert len(forum.texts(ticket_id)) == 3
