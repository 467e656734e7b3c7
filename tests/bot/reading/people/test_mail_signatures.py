"""Signatures as mail apps write them: their own lines, hyphens above, jobs, titles and initials."""

import pytest

from bot.reading.people.company_answers import read_company
from bot.reading.people.find_who import find_who
from bot.reading.people.mail_footers import without_footer
from bot.reading.people.name_answers import read_name

FOOTERS = [
    ("The gate is open.\nSent from my Pixel", "The gate is open."),
    ("no prints\n\nSent from Outlook for iOS <https://aka.ms/x>", "no prints"),
    ("Blank again\n\nGet Outlook for iOS", "Blank again"),
    ("Nothing loads. Sent from my work phone.", "Nothing loads."),
    ("Le site rame Envoyé de mon iPhone", "Le site rame"),
    ("Tout est vide.\n\nEnvoyé depuis l’application Mail", "Tout est vide."),
    ("vide\nEnvoyé à partir d’Outlook pour Android", "vide"),
    ("Vide.\nTélécharger Outlook pour iOS", "Vide."),
    ("Rien.\nProvenance : Courrier pour Windows", "Rien."),
    ("No imprime. Enviado desde mi Motorola", "No imprime."),
    ("no va\nEnviado desde Outlook para Android", "no va"),
    ("Nada.\nObtener Outlook para Android", "Nada."),
    ("nada.\n\nEnviado con Proton Mail", "nada."),
    ("Sent from my Galaxy", ""),
]
NO_FOOTERS = [
    "Mails sent from my iPhone never arrive",
    "The mails are sent from my Galaxy twice",
    "Sent from my laptop the file arrives, sent from the phone it does not",
    "Sent from my phone the orders arrive.\nSent from the laptop they don't",
    "Get Outlook to work again please",
    "Les mails envoyés depuis mon téléphone partent en double",
    "Envoyé depuis mon poste, rien ne part",
    "Los correos enviados desde mi cuenta no llegan",
    "Enviado desde mi cuenta no llega nada",
    "",
]
SIGNED = [
    (
        "The van tracker is stuck.\n\nP. T. Hollingworth\nFacilities, Marsh & Co\n\nSent from my iPhone",
        ("P. T. Hollingworth", "Marsh & Co", "The van tracker is stuck."),
    ),
    (
        "The roster is empty\n\nA. B. Thistlewood / Logistics, Kettering & Daughters",
        ("A. B. Thistlewood", "Kettering & Daughters", "The roster is empty"),
    ),
    ("Nothing prints since nine\n\n--\nPriya", ("Priya", "", "Nothing prints since nine")),
    ("It stays grey\n___\nPriya Nair\nHollis Dental", ("Priya Nair", "Hollis Dental", "It stays grey")),
    (
        "Plus de réseau depuis midi\n-- \nOdile Vasseur\nComptabilité – Garage Pontet\n06 12 34 56 78",
        ("Odile Vasseur", "Garage Pontet", "Plus de réseau depuis midi"),
    ),
    (
        "La caisse rame.\n\nM. Régis Monnet\nDir. exploitation, Scierie Monnet",
        ("M. Régis Monnet", "Scierie Monnet", "La caisse rame."),
    ),
    (
        "Le suivi est vide\n\nCoralie Gauvin\nResp. achats, Verrerie Aubin SAS",
        ("Coralie Gauvin", "Verrerie Aubin SAS", "Le suivi est vide"),
    ),
    (
        "No abre el panel.\n--\nIng. Saúl Mena\nSistemas, Aceros Tovar",
        ("Ing. Saúl Mena", "Aceros Tovar", "No abre el panel."),
    ),
    (
        "Se cayó todo.\n\nArq. Noemí Luján\nDir. de proyectos\nConstructora Arriaga S.A.",
        ("Arq. Noemí Luján", "Constructora Arriaga S.A.", "Se cayó todo."),
    ),
    (
        "No llegan los avisos\n\nLic. Perla Oñate\nGerente, Viveros Lago",
        ("Lic. Perla Oñate", "Viveros Lago", "No llegan los avisos"),
    ),
]
UNSIGNED = [
    "Two rows:\n--\nA total of 3\nB total of 4",
    "The table\nName, Company\nis empty",
    "Wrong on the label:\nAna Ruiz\nGerente, Acme SA",
    "Please add these users\n\nAna Ruiz\nContabilidad, Acme SA",
]


@pytest.mark.parametrize(("text", "rest"), FOOTERS)
def test_the_line_of_a_mail_app_is_dropped(text: str, rest: str) -> None:
    assert without_footer(text) == rest
    assert find_who(text).rest == rest


def test_the_line_of_a_mail_app_is_no_part_of_an_answer() -> None:
    name, company = (
        read_name("Ottoline Frayne\nSent from my iPad"),
        read_company("Oxbow\n\nSent from my iPad"),
    )
    assert name is not None
    assert company is not None
    assert (name.name, company.company) == ("Ottoline Frayne", "Oxbow")


@pytest.mark.parametrize("text", NO_FOOTERS)
def test_a_story_about_mails_stays(text: str) -> None:
    assert without_footer(text) == text


@pytest.mark.parametrize(("text", "expected"), SIGNED)
def test_a_block_of_name_job_and_company_signs(text: str, expected: tuple[str, str, str]) -> None:
    who = find_who(text)
    assert (who.name, who.company, who.rest) == expected


@pytest.mark.parametrize("text", UNSIGNED)
def test_a_list_or_table_signs_nothing(text: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == ("", "")
