"""Customers who say everything in their own words, in three languages on both channels, over the sandbox."""

from dataclasses import dataclass

import pytest

from bot.model.conversation import Status
from tests.fixtures.customer import NAMES, Customer
from tests.fixtures.sandbox_desk import SandboxDesk

CHANNELS = ("whatsapp", "telegram")


@dataclass(frozen=True)
class Words:
    """What one customer says, and what they read back."""

    everything: str  # who they are, what happens and how urgent it is
    company: str
    send: str
    correction: str  # another company, and medium
    other_company: str
    story: str  # what happens and nothing else
    why: str
    reason: str  # what we answer to it
    person: str
    taken_over: str
    news: str
    due: str
    close: str
    yes: str


WORDS = {
    "en": Words(
        "Hi, it's Emma Stone from Stone Ltd. Since this morning the card reader at our till refuses every card "
        "and we can't sell anything, it's really urgent",
        "Stone Ltd", "looks good, send it over please",
        "sorry, the company is Stone Bakery, and it isn't urgent, medium will do", "Stone Bakery",
        "the till does not print receipts any more", "why do you need that?", "find your contract",
        "could somebody from your team talk to me instead", "A colleague will take over",
        "any news about my request?", "We aim to reply by", "it works again, you can close it", "yes please",
    ),
    "fr": Words(
        "Bonjour, c'est Inès Martin de Martin SARL. Depuis ce matin le lecteur de carte de notre caisse refuse "
        "toutes les cartes, on ne peut plus rien vendre, c'est très urgent",
        "Martin SARL", "c'est bon pour moi, envoyez",
        "pardon, la société c'est Boulangerie Martin, et ce n'est pas urgent, moyenne suffit",
        "Boulangerie Martin",
        "la caisse n'imprime plus les tickets", "pourquoi vous me demandez ça ?", "retrouver votre contrat",
        "je préfère parler à quelqu'un de chez vous", "prend le relais",
        "vous avez des nouvelles de ma demande ?", "Réponse prévue", "ça remarche, vous pouvez la fermer",
        "oui merci",
    ),
    "es": Words(
        "Hola, soy Lucía Gómez de Gómez SL. Desde esta mañana el lector de tarjetas de la caja rechaza todas "
        "las tarjetas y no podemos vender nada, es muy urgente",
        "Gómez SL", "está bien así, envíela",
        "perdón, la empresa es Panadería Gómez, y no es urgente, con media basta", "Panadería Gómez",
        "la caja ya no imprime los recibos", "¿para qué necesita eso?", "encuentra su contrato",
        "prefiero hablar con alguien de su equipo", "le atenderá una persona",
        "¿hay novedades de mi solicitud?", "Respuesta prevista", "ya funciona, pueden cerrarla", "sí, por favor",
    ),
}  # fmt: skip


class TalkingCustomer(Customer):
    """A customer with the words of their language."""

    def __init__(self, desk: SandboxDesk, locale: str, channel: str) -> None:
        super().__init__(desk, locale, channel)
        self.words = WORDS[locale]


@pytest.fixture(params=[(locale, channel) for locale in WORDS for channel in CHANNELS], ids="-".join)
def customer(request: pytest.FixtureRequest, desk: SandboxDesk) -> TalkingCustomer:
    return TalkingCustomer(desk, *request.param)


def question_in(told: str) -> str:
    return next(line for line in told.splitlines() if "?" in line)


def test_one_message_with_everything_and_a_yes_open_a_ticket(customer: TalkingCustomer) -> None:
    said = customer.words
    assert said.company in customer.say(said.everything)
    assert customer.conversation.stage == "reviewing"
    told = customer.say(said.send)
    ticket = customer.ticket()
    assert ticket.number in told
    assert (ticket.contact_name, ticket.company) == (NAMES[customer.locale], said.company)
    assert (ticket.category, ticket.priority) == ("fault", "urgent")
    assert ticket.details["description"].value == said.everything


def test_several_lines_of_the_summary_are_corrected_in_one_sentence(customer: TalkingCustomer) -> None:
    said = customer.words
    customer.say(said.everything)
    assert said.other_company in customer.say(said.correction)
    customer.say(said.send)
    ticket = customer.ticket()
    assert (ticket.company, ticket.priority) == (said.other_company, "medium")
    assert ticket.details["description"].value == said.everything


def test_why_is_answered_and_the_same_question_asked_in_other_words(customer: TalkingCustomer) -> None:
    said = customer.words
    first = question_in(customer.say(said.story))
    told = customer.say(said.why)
    assert said.reason in told
    assert question_in(told) != first
    assert customer.conversation.asking == "company"
    assert customer.conversation.answers["description"].value == said.story


def test_whoever_wishes_for_a_person_gets_one_with_all_they_said(customer: TalkingCustomer) -> None:
    said = customer.words
    customer.say(said.story)
    assert said.taken_over in customer.say(said.person)
    assert customer.ticket().details["description"].value == said.story


def test_news_are_told_and_a_ticket_is_closed_on_their_word(customer: TalkingCustomer) -> None:
    said = customer.words
    customer.say(said.everything)
    customer.say(said.send)
    number = customer.ticket().number
    told = customer.say(said.news)
    assert number in told
    assert said.due in told
    assert customer.ticket().status is Status.NEW
    assert number in customer.say(said.close)
    assert customer.ticket().status is Status.NEW, "they're asked first"
    customer.say(said.yes)
    assert customer.ticket().status is Status.RESOLVED
