"""Emergencies, kind refusals, quotes and temporary access, in three languages, over the sandbox."""

from datetime import timedelta

import pytest

from bot.model.ticket import Ticket
from tests.fixtures.customer import STORIES, STORY, Customer, imported
from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import SandboxDesk

LOCALES = ("en", "fr", "es")
ON_CALL = {"en": "on-call team", "fr": "équipe d’astreinte", "es": "equipo de guardia"}
OTHER_PLAN = {
    "en": "isn’t included in your plan",
    "fr": "pas incluse dans votre formule",
    "es": "incluida en su plan",
}
WEB_SITE = {
    "en": "Hello, could you build a web site for our shop?",
    "fr": "Bonjour, pourriez-vous créer un site web pour notre boutique ?",
    "es": "Hola, ¿podrían crear un sitio web para nuestra tienda?",
}
NOT_OURS = {
    "en": "we don’t build web sites",
    "fr": "nous ne créons pas de sites web",
    "es": "no creamos sitios web",
}
HOW_ON = {"en": "What would you like to do", "fr": "Que souhaitez-vous faire", "es": "¿Qué desea hacer"}
WHAT_HAPPENS = {"en": "in a few words", "fr": "en quelques mots", "es": "en pocas palabras"}
PRICE = {"en": "Our quote", "fr": "Le devis de", "es": "El presupuesto de"}
ACCEPTED = {"en": "start work", "fr": "lançons l’intervention", "es": "Empezamos"}
DECLINED = {"en": "won’t do this work", "fr": "n’interviendrons pas", "es": "no haremos este trabajo"}
ACCEPT_WORDS = {"en": "I accept the quote", "fr": "J'accepte le devis", "es": "Acepto el presupuesto"}
DECLINE_WORDS = {"en": "I decline", "fr": "Je refuse", "es": "Rechazo"}
ACCEPT = {"en": "Accept", "fr": "Accepter", "es": "Aceptar"}
SURE = {"en": "Just to confirm", "fr": "Pour confirmer", "es": "Solo para confirmar"}
ALREADY = {"en": "already accepted this quote", "fr": "déjà accepté ce devis", "es": "Ya aceptó"}
REPLACED = {"en": "no longer valid", "fr": "n’est plus valable", "es": "ya no es válido"}
MAY_WE = {
    "en": "need access to your services",
    "fr": "accéder à vos services",
    "es": "acceder a sus servicios",
}
GIVEN = {"en": "Our team has access", "fr": "a accès à vos services", "es": "tiene acceso para"}
ENDED = {"en": "has ended", "fr": "a pris fin", "es": "terminó"}
REVOKE = {"en": "take back access", "fr": "retirer l'accès", "es": "retirar el acceso"}
NO_ACCESS = {"en": "has no access", "fr": "aucun accès", "es": "no tiene acceso"}


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def premium(desk: SandboxDesk) -> SandboxDesk:
    desk.restart(POLICIES / "premium.toml")
    return desk


def listed(desk: SandboxDesk, locale: str, plan: str = "pro", channel: str = "whatsapp") -> Customer:
    """A customer whose address is in the file of accounts."""
    customer = Customer(desk, locale, channel)
    imported(desk, {"name": "Acme SA", "plan": plan, "addresses": customer.address})
    return customer


def ana(desk: SandboxDesk) -> str:
    return desk.agent("Ana Costa").agent_id


def managers_read(desk: SandboxDesk, ticket: Ticket) -> list[str]:
    texts = [m["text"] for m in desk.sandbox.phone("manager").messages()]
    return [text for text in texts if ticket.number in text]


# The emergency line


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_an_emergency_is_counted_around_the_clock_and_alerted_at_once(
    premium: SandboxDesk, spoken: str
) -> None:
    customer = listed(premium, spoken, channel="telegram")
    heard = customer.complete_intake("infrastructure", "urgent")
    ticket = customer.ticket()
    assert ticket.is_emergency
    assert ON_CALL[spoken] in heard
    due = premium.wiring.queries.ticket(ticket.ticket_id).deadlines
    first = next(d for d in due if d.target == "first_response")
    assert first.due_at == ticket.opened_at + timedelta(minutes=30)
    for _ in range(3):
        premium.run_jobs()
    told = managers_read(premium, ticket)
    assert len(told) == 1
    assert told[0].startswith("🚨")


def test_who_does_not_speak_the_lines_languages_is_offered_them(premium: SandboxDesk) -> None:
    customer = listed(premium, "es")
    heard = customer.complete_intake("infrastructure", "urgent")
    assert "Nuestra línea de emergencia atiende en francés y en inglés" in heard
    assert "English" in heard
    assert customer.say("français")
    customer.locale = "fr"
    assert ON_CALL["fr"] in customer.complete_intake(
        "infrastructure", "urgent", hello="Le réseau est en panne"
    )
    assert (customer.ticket().is_emergency, customer.ticket().locale) == (True, "fr")


def test_who_would_rather_wait_is_answered_in_opening_hours(premium: SandboxDesk) -> None:
    customer = listed(premium, "es")
    customer.complete_intake("infrastructure", "urgent")
    assert "en horario de atención" in customer.say("más tarde")
    customer.complete_intake("infrastructure", "urgent", hello="Todo el almacenamiento está caído")
    ticket = customer.ticket()
    assert not ticket.is_emergency
    assert managers_read(premium, ticket) == []


def test_the_line_is_not_for_every_plan(premium: SandboxDesk, locale: str) -> None:
    customer = listed(premium, locale, plan="standard")
    heard = customer.complete_intake("infrastructure", "high")
    ticket = customer.ticket()
    assert OTHER_PLAN[locale] in heard
    assert ON_CALL[locale] not in heard
    assert not ticket.is_emergency
    assert managers_read(premium, ticket) == []


# What is not covered


def test_what_is_not_covered_is_told_before_a_long_story(premium: SandboxDesk, locale: str) -> None:
    customer = Customer(premium, locale)
    told = customer.say(WEB_SITE[locale])
    assert NOT_OURS[locale] in told
    assert HOW_ON[locale] in told
    assert WHAT_HAPPENS[locale] not in told


# Quotes


def test_technical_work_gets_a_price_and_no_clock(desk: SandboxDesk, locale: str) -> None:
    customer = Customer(desk, locale)
    customer.complete_intake("technical_service", hello=STORIES["technical_service"][locale])
    ticket, agent = customer.ticket(), ana(desk)
    assert desk.wiring.queries.ticket(ticket.ticket_id).deadlines == []
    offered = customer.after(
        lambda: desk.wiring.desk.act(ticket.ticket_id, "quote", agent, price="€ 240", terms="Friday, 3 days")
    )
    assert PRICE[locale] in offered
    assert "€ 240" in offered
    assert "Friday, 3 days" in offered
    assert ACCEPTED[locale] in customer.say("1")
    after = customer.ticket()
    assert (after.status, after.assignee, after.quote.is_accepted) == ("open", agent, True)
    assert desk.wiring.queries.ticket(ticket.ticket_id).deadlines == []


def test_a_price_is_declined_and_the_ticket_stays_open(desk: SandboxDesk, locale: str) -> None:
    customer = quoted(desk, locale)
    assert DECLINED[locale] in customer.say(DECLINE_WORDS[locale])
    ticket = customer.ticket()
    assert (ticket.is_live, ticket.quote.is_accepted) == (True, False)


def test_a_price_may_be_taken_in_words_days_and_messages_later(desk: SandboxDesk, locale: str) -> None:
    customer = quoted(desk, locale)
    assert customer.say(STORY[locale]) == ""
    desk.wiring.desk.act(customer.ticket().ticket_id, "reply", customer.ana, text="Yes, travel is included.")
    desk.run_jobs()
    assert SURE[locale] in customer.say("ok")
    assert customer.ticket().quote.is_open
    customer.say(STORY[locale])
    assert ACCEPTED[locale] in customer.say(ACCEPT_WORDS[locale])
    assert customer.facts(customer.ticket()).count("quote_accepted") == 1


def test_a_button_pressed_twice_accepts_once(desk: SandboxDesk, locale: str) -> None:
    customer = quoted(desk, locale, "telegram")
    assert ACCEPTED[locale] in customer.press(ACCEPT[locale])
    assert ALREADY[locale] in customer.press(ACCEPT[locale])
    assert customer.facts(customer.ticket()).count("quote_accepted") == 1


def test_the_button_of_an_older_price_takes_no_newer_one(desk: SandboxDesk, locale: str) -> None:
    customer = quoted(desk, locale, "telegram")
    old = customer.phone.messages()[-1]
    button = old["buttons"][0][0]["id"]
    ticket_id = customer.ticket().ticket_id
    customer.after(lambda: desk.wiring.desk.act(ticket_id, "quote", customer.ana, price="€ 900", terms=""))
    told = customer.after(lambda: customer.phone.press(old["id"], button))
    assert REPLACED[locale] in told
    assert "€ 900" in told
    assert customer.ticket().quote.is_open
    assert ACCEPTED[locale] in customer.press(ACCEPT[locale])


def test_a_closed_ticket_has_no_quote_any_more(desk: SandboxDesk) -> None:
    customer = quoted(desk, "en", "telegram")
    desk.wiring.desk.act(customer.ticket().ticket_id, "resolve", customer.ana)
    desk.run_jobs()
    assert "so is its quote" in customer.press("Accept")
    assert customer.ticket().quote.is_open


def quoted(desk: SandboxDesk, locale: str, channel: str = "whatsapp") -> Customer:
    """A customer who has just been told a price."""
    customer = Customer(desk, locale, channel)
    customer.complete_intake("technical_service", hello=STORIES["technical_service"][locale])
    ticket_id = customer.ticket().ticket_id
    customer.after(
        lambda: desk.wiring.desk.act(ticket_id, "quote", customer.ana, price="€ 240", terms="In 3 days")
    )
    return customer


# Temporary access


def test_access_is_given_for_a_chosen_time_and_ends_by_itself_once(premium: SandboxDesk, locale: str) -> None:
    customer = with_ticket(premium, locale)
    ticket_id = customer.ticket().ticket_id
    asked = customer.after(lambda: premium.wiring.desk.act(ticket_id, "ask_access", customer.ana))
    assert MAY_WE[locale] in asked
    granted = customer.say("1")
    assert GIVEN[locale] in granted
    until = customer.conversation.tickets[-1].access_until
    assert timedelta(hours=3, minutes=59) < until - premium.clock() < timedelta(hours=4)
    premium.clock.advance(hours=3, minutes=50)
    assert ENDED[locale] not in customer.after()
    premium.clock.advance(minutes=15)
    assert ENDED[locale] in customer.after()
    assert ENDED[locale] not in customer.after()
    assert customer.facts(customer.ticket()).count("access_expired") == 1


def test_the_customer_gives_and_takes_back_access_by_themselves(premium: SandboxDesk, locale: str) -> None:
    customer = with_ticket(premium, locale, "telegram")
    customer.say("/access")
    assert GIVEN[locale] in customer.say("3")
    assert ENDED[locale] in customer.say(REVOKE[locale])
    assert NO_ACCESS[locale] in customer.say("/revoke")
    assert customer.conversation.tickets[-1].access_until is None
    facts = customer.facts(customer.ticket())
    assert (facts.count("access_granted"), facts.count("access_revoked")) == (1, 1)


def test_an_agent_ends_the_access_and_the_customer_hears_of_it(premium: SandboxDesk, locale: str) -> None:
    customer = with_ticket(premium, locale)
    customer.say("/access")
    customer.say("2")
    end = lambda: premium.wiring.desk.act(customer.ticket().ticket_id, "end_access", customer.ana)  # noqa: E731
    assert ENDED[locale] in customer.after(end)
    assert customer.after(end) == ""
    premium.clock.advance(days=4)
    assert customer.after() == "" or ENDED[locale] not in customer.after()


def test_access_is_refused_kindly_and_asked_once(premium: SandboxDesk) -> None:
    customer = with_ticket(premium, "en")
    ask = lambda: premium.wiring.desk.act(customer.ticket().ticket_id, "ask_access", customer.ana)  # noqa: E731
    assert MAY_WE["en"] in customer.after(ask)
    assert customer.after(ask) == ""
    assert "no access" in customer.say("not now")
    assert MAY_WE["en"] in customer.after(ask)


def test_access_is_not_for_every_plan_nor_without_a_request(premium: SandboxDesk) -> None:
    customer = listed(premium, "en", plan="standard")
    customer.say("hello")
    assert "First tell us what the access is for" in customer.say("/access")
    customer.complete_intake("diagnosis", "low", hello="The server web-07 is very slow today")
    assert "Temporary access isn’t included in your plan" in customer.say("/access")


def test_a_desk_that_needs_no_access_says_so_and_reads_the_words_as_words(desk: SandboxDesk) -> None:
    customer = Customer(desk, "en")
    customer.complete_intake("fault", hello="The till does not print any more")
    assert "doesn’t need access" in customer.say("/access")
    assert customer.say("revoke access") == ""


def with_ticket(desk: SandboxDesk, locale: str, channel: str = "whatsapp") -> Customer:
    customer = listed(desk, locale, channel=channel)
    customer.complete_intake("diagnosis", "low")
    return customer
