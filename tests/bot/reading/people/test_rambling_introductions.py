"""Introductions inside rambling, behind “de la”, with remarks; and openers that say nothing else."""

import pytest

from bot.reading.people.find_who import find_who, only_introduces

NAME_BEFORE = [
    ("hi petra vance is my name and the map is blank", "petra vance", ""),
    (
        "Wendell Oakes is the name, I look after the office at Fernhill Nursery. The phones are dead",
        "Wendell Oakes",
        "Fernhill Nursery",
    ),
    ("well hello Ottoline Frayne is my name and we can't print", "Ottoline Frayne", ""),
    ("oh hi, Bertram Kowal is my name I do the rota for Marlow Dairy", "Bertram Kowal", "Marlow Dairy"),
    (
        "Good evening Fidelma Garrity's my name, I do the accounts at Brannigan & Sons",
        "Fidelma Garrity",
        "Brannigan & Sons",
    ),
    (
        "oui bonjour Ghyslaine Pothier c'est mon nom je m'occupe des plannings chez Garage Lenoble",
        "Ghyslaine Pothier",
        "Garage Lenoble",
    ),
    ("bonjour Léonce Arbour c'est mon nom et rien ne s'imprime", "Léonce Arbour", ""),
    (
        "hola buenas Yesenia Pardo es mi nombre y llevo las reservas en Hotel Miramar",
        "Yesenia Pardo",
        "Hotel Miramar",
    ),
    ("buenas tardes Eladio Funes es mi nombre, no abre el panel", "Eladio Funes", ""),
]
ORGANISATION_AFTER_DE = [
    ("Bonjour, Réjean Dufour du Centre Lavande. Plus de mails", "Réjean Dufour", "Centre Lavande"),
    ("Bonsoir, Odette Mallet des Cycles Marchal. La caisse est bloquée", "Odette Mallet", "Cycles Marchal"),
    ("Bonjour, Mahaut Perrin de la Banque Verdier. Plus d'accès", "Mahaut Perrin", "Banque Verdier"),
    (
        "Hola, Eduvigis Lara de la Cooperativa Monte Alto. No abre el panel",
        "Eduvigis Lara",
        "Cooperativa Monte Alto",
    ),
    ("Buenas, Remigio Funes del Súper Las Palmas, no imprime", "Remigio Funes", "Súper Las Palmas"),
    ("Hola, Tirso Mena de los Talleres Quiroz. no abre", "Tirso Mena", "Talleres Quiroz"),
    ("bonjour, Josette du Carrefour de Lannion, la balance ne marche plus", "Josette", "Carrefour"),
    ("bonsoir, Lucien du Hyper U de Redon. plus de tickets", "Lucien", "Hyper U"),
    ("hola, Maruja del Mercadona de Gandía, no va el escáner", "Maruja", "Mercadona"),
    ("hola soy nayeli d la ferretería el tornillo y no abre", "nayeli", "ferretería el tornillo"),
    ("hola soy brayan d la pizzeria don beto y no jala", "brayan", "pizzeria don beto"),
    ("soy kevin d talleres quiroz", "kevin", "talleres quiroz"),
    ("c yann d garage lenoble l'appli plante", "yann", "garage lenoble"),
]
SURNAME_AFTER_DE = [
    ("hola soy Rosa de la Huerga y no puedo entrar", "Rosa de la Huerga"),
    ("soy Marta de la Vega, no abre", "Marta de la Vega"),
    ("me llamo Ana de los Santos", "Ana de los Santos"),
    ("je suis Jean de la Fontaine", "Jean de la Fontaine"),
    ("je m'appelle Paul du Plessis et je n'ai plus accès", "Paul du Plessis"),
    ("my name is Ludwig van der Meer, no mail", "Ludwig van der Meer"),
]
WITH_A_REMARK = [
    ("Hi, Joy Rider (yes, that's my name) at Castle Cabs. Map is blank", "Joy Rider", "Castle Cabs"),
    ("Morning. Rich Banks, no joke, from Oxbow Joinery. Orders vanish", "Rich Banks", "Oxbow Joinery"),
    (
        "Bonjour, Aude Javel, oui vraiment, de Blanchisserie Morin. Plus rien",
        "Aude Javel",
        "Blanchisserie Morin",
    ),
    ("Buenas. Dolores Fuertes, sí en serio, de Clínica Robles. No abre", "Dolores Fuertes", "Clínica Robles"),
]
ONLY_INTRODUCTIONS = [
    "Hello, I'm Ines Moran from Bellweather LLP, in Leeds",
    "hi, this is Tunde from Harbour Lifts in Hull",
    "oh hi Ottoline Frayne is my name",
    "Hello, Ines Moran here, Bellweather LLP. Can you help me?",
    "Bonjour, c'est Aude Morel de chez Optique Vial, à Dinan",
    "bonsoir moi c'est fatou",
    "Bonjour, je m'appelle Constance Delay et j'écris au nom de Meubles Rivard",
    "Bonjour, Prosper Mbaye à l'appareil, société Soleil Vert, Dakar",
    "Hi there, writing for Kestrel Pumps",
    "hola, me llamo Nora Vidal, trabajo en Óptica Luján, en Cali, encantada",
    "Bonjour, Mahaut Perrin de la Banque Verdier.",
    "Hola, soy Celia Mora de Muebles Nogal, en Murcia",
    "buenas, soy celia de frioandes",
    "hola buenas, me llamo Itzel y llamo de Viajes Marea",
]
MORE_THAN_INTRODUCTIONS = [
    "Hello, I'm Ines Moran from Bellweather LLP and the map is blank",
    "hi, this is Tunde from Harbour Lifts, in Chrome the page is white",
    "Bonjour, c'est Aude de chez Optique Vial, plus de tickets",
    "hola, soy Celia de Muebles Nogal, no imprime",
    "hola",
    "the map is blank",
    "I'm stuck",
    "je suis bloqué",
    "",
]
STORIES = [
    "the question is my name on the invoice",
    "what is my name doing on that list",
    "misspelt is my name in the header",
    "le problème c'est mon nom sur la facture",
    "lo que sale mal es mi nombre",
    "Bonjour, Facture de la Société Dupont. Merci de la renvoyer",
    "la secretaria no puede entrar, d la oficina central no llegan",
    "I do the invoices for Monday and they vanish",
    "je m'occupe des factures pour lundi et rien ne part",
    "llevo las facturas para el lunes y no salen",
    "the van, yes really, from Leeds is late",
]


@pytest.mark.parametrize(("text", "name", "company"), [*NAME_BEFORE, *ORGANISATION_AFTER_DE, *WITH_A_REMARK])
def test_who_writes_is_found_in_a_rambling_introduction(text: str, name: str, company: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, company)


@pytest.mark.parametrize(("text", "name"), SURNAME_AFTER_DE)
def test_a_surname_with_de_la_stays_whole(text: str, name: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, "")


@pytest.mark.parametrize("text", ONLY_INTRODUCTIONS)
def test_an_introduction_alone_tells_nothing_else(text: str) -> None:
    assert only_introduces(text)


@pytest.mark.parametrize("text", MORE_THAN_INTRODUCTIONS)
def test_a_message_that_tells_more_is_no_mere_introduction(text: str) -> None:
    assert not only_introduces(text)


@pytest.mark.parametrize("text", STORIES)
def test_a_sentence_that_looks_like_an_introduction_names_nobody(text: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == ("", "")
