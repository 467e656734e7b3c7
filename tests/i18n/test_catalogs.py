"""The checks on catalogs find what they are there to find."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.messages import phrases_channel_switch, phrases_intake, phrases_ticket
from bot.messages.localized import LOCALES
from bot.messages.outgoing import Phrase
from i18n.catalog_checks import catalog_faults, english_faults, label_faults, template_faults
from i18n.catalogs import main, read_catalog, write_catalog
from i18n.extract import extract, labels, unused_phrases
from i18n.glossary import COLUMNS, GLOSSARY, glossary_faults
from i18n.translations import translations
from i18n.typography import typography_faults


def catalog(locale: str | None = None, **sentences: str) -> Catalog:
    made = Catalog(locale=locale)
    for key, text in sentences.items():
        made.add(key.replace("_", " "), text)
    return made


def one(key: str | tuple[str, str], text: str | tuple[str, ...], locale: str = "fr") -> list[str]:
    """Faults of a catalog of one entry."""
    template, written = Catalog(), Catalog(locale=locale)
    template.add(key)
    written.add(key, text)
    return list(catalog_faults(locale, template, written))


def test_a_complete_catalog_has_no_faults() -> None:
    assert one("Hello %(name)s", "Bonjour %(name)s") == []


def test_a_missing_sentence_is_named() -> None:
    assert list(catalog_faults("fr", catalog(Thank_you=""), catalog("fr"))) == [
        "fr: not translated: 'Thank you'"
    ]


def test_an_empty_translation_is_missing() -> None:
    assert one("Thank you", "") == ["fr: not translated: 'Thank you'"]


def test_an_empty_plural_form_is_missing() -> None:
    assert one(("%(count)s day", "%(count)s days"), ("%(count)s jour", "")) != []


def test_a_fuzzy_translation_does_not_pass() -> None:
    template, written = catalog(Thank_you=""), Catalog(locale="fr")
    written.add("Thank you", "Merci", flags=["fuzzy"])
    assert list(catalog_faults("fr", template, written)) == ["fr: fuzzy: 'Thank you'"]


def test_a_translation_that_nobody_needs_any_more_is_left_over() -> None:
    assert list(catalog_faults("fr", catalog(), catalog("fr", Thank_you="Merci"))) == [
        "fr: no longer used: 'Thank you'"
    ]


@pytest.mark.parametrize(
    "text", ["Bonjour", "Bonjour %(nom)s", "Bonjour %(name)s %(more)s", "Bonjour %(name) s"]
)
def test_a_placeholder_that_differs_is_a_fault(text: str) -> None:
    assert one("Hello %(name)s", text) != []


def test_a_placeholder_that_differs_in_one_plural_form_is_a_fault() -> None:
    days = ("%(count)s day", "%(count)s days")
    assert one(days, ("%(count)s jour", "%(conut)s jours")) != []


def test_spanish_may_drop_the_number_for_exactly_one_and_french_may_not() -> None:
    days = ("one day", "%(count)s days")
    assert one(days, ("un día", "%(count)s días"), "es") == []
    assert one(days, ("un jour", "%(count)s jours"), "fr") != []


def test_french_may_drop_the_number_where_the_count_is_never_zero() -> None:
    files = ("Got your file.", "Got your %(count)s files.")
    assert one(files, ("J’ai votre fichier.", "J’ai vos %(count)s fichiers.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Vous êtes là ?",
        "Bonjour!",
        "Numéro : 4",
        "Dites « aide »",
        "Dites “aide”",
        "l'appli",
        "C’est ta demande",
        "Je t’écris",
    ],
)
def test_careless_french_is_marked(text: str) -> None:
    assert typography_faults("fr", text) != []


@pytest.mark.parametrize(
    "text",
    [
        "Vous êtes là\u202f?",
        "Écrivez «\u202faide\u202f» ou /aide",
        "Voir https://guichet.example/a?b=1 à 10:30",
        "Quoi\u202f?!",
        "Y a-t-il autre chose\u202f?",
        "%(name)s\u202f: %(value)s",
    ],
)
def test_careful_french_passes(text: str) -> None:
    assert typography_faults("fr", text) == []


@pytest.mark.parametrize("text", ["Está ahí?", "¡Gracias", "¿Es tu correo?", "Dime si te sirve"])
def test_careless_spanish_is_marked(text: str) -> None:
    assert typography_faults("es", text) != []


def test_careful_spanish_passes() -> None:
    assert typography_faults("es", "¡Gracias! ¿Es su correo?") == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Shall I drop this request?"),
        ("fr", "La demande est close."),
        ("fr", "Aux heures ouvrées"),
        ("es", "En horario laboral"),
        ("es", "Un Vídeo"),
    ],
)
def test_a_variant_that_the_glossary_avoids_is_marked(locale: str, text: str) -> None:
    assert list(glossary_faults(locale, text)) != []


def test_the_words_of_the_glossary_pass() -> None:
    assert list(glossary_faults("fr", "La demande est clôturée, nous la rouvrons à l’ouverture.")) == []
    assert list(glossary_faults("es", "El horario de atención de la solicitud")) == []


def test_the_glossary_names_a_term_in_each_language_for_each_thing() -> None:
    head, *rows = (line.split("\t") for line in GLOSSARY.read_text("utf-8").splitlines())
    assert tuple(head) == COLUMNS
    assert [row[0] for row in rows if len(row) != len(COLUMNS) or not all(row[: 1 + len(LOCALES)])] == []


@pytest.mark.parametrize("text", ["We cannot do it", "It is too big", "We have received it", "Shall we?"])
def test_stiff_english_is_marked(text: str) -> None:
    template = Catalog()
    template.add(text)
    assert list(english_faults(template)) != []


def test_contracted_english_passes() -> None:
    template = Catalog()
    template.add("We can’t do it: there are too many, and we have no time.")
    assert list(english_faults(template)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_customer_reads_fits_on_three_lines_of_a_phone(locale: str) -> None:
    typical = {
        "due": "mercredi à 10 h 30",
        "until": "mercredi à 10 h 30",
        "number": "K4-217",
        "list": "",
        "hours": "",
    }
    catalog = translations(locale)
    customer = (phrases_intake, phrases_ticket, phrases_channel_switch)
    named = [item for module in customer for item in vars(module).items()]
    phrases = [each for name, each in named if isinstance(each, Phrase) and not name.startswith("ALERT_")]
    filled = (
        re.sub(r"%\((\w+)\)s", lambda found: typical.get(found[1], "xxxxxxxx"), catalog.gettext(phrase.text))
        for phrase in phrases
    )
    assert [text for text in filled if len(text) > 135] == []


def test_sentences_are_found_in_code_and_in_pages(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "inbox" / "templates").mkdir(parents=True)
    (tmp_path / "bot" / "phrases.py").write_text('HI = say("Hello")\nDAYS = say_n("a day", "days")\n')
    (tmp_path / "inbox" / "templates" / "list.html").write_text("<p>{{ _('Nothing here') }}</p>")
    keys = [entry.id for entry in extract(tmp_path) if entry.id]
    assert sorted(keys, key=str) == [("a day", "days"), "Hello", "Nothing here"]


def test_a_stale_template_is_named_both_ways() -> None:
    assert list(template_faults(catalog(New="", Same=""), catalog(Old="", Same=""))) == [
        "not in the template: 'New'",
        "only in the template, not in the code: 'Old'",
    ]


def test_a_phrase_that_nobody_says_is_named(tmp_path: Path) -> None:
    (tmp_path / "bot" / "messages").mkdir(parents=True)
    (tmp_path / "bot" / "messages" / "phrases_intake.py").write_text(
        'HI = say("Hello")\nBYE = say("Goodbye")\nOFF = say("Off")\n'
    )
    (tmp_path / "bot" / "desk.py").write_text(
        "from bot.messages import phrases_intake\nfrom bot.messages.phrases_intake import OFF\nphrases_intake.HI\n"
    )
    assert unused_phrases(tmp_path) == ["phrases_intake.py: BYE", "phrases_intake.py: OFF"]


def test_labels_of_policies_and_of_code_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "bot").mkdir()
    label = 'label = { en = "What?", fr = "Quoi?", es = "¿Qué?" }'
    (tmp_path / "policies" / "one.toml").write_text(f"[[questions]]\n{label}\n")
    (tmp_path / "bot" / "tongue.py").write_text(
        'SWITCH = LocalizedText("Continue?", "Continuer\u202f?", es="Seguir?")\n'
    )
    assert list(label_faults(labels(tmp_path))) == [
        "policies/one.toml: no narrow space (U+202F) before ; : ! or ?: 'Quoi?'",
        "bot/tongue.py: ¿ without ?, or ? without ¿: 'Seguir?'",
    ]


def test_a_catalog_that_is_written_reads_back_without_dates(tmp_path: Path) -> None:
    path = tmp_path / "fr" / "messages.po"
    write_catalog(path, catalog("fr", Thank_you="Merci"))
    assert read_catalog(path, "fr")["Thank you"].string == "Merci"
    assert b"Date" not in path.read_bytes()


def test_zero_is_singular_in_french_and_plural_in_spanish() -> None:
    assert "n > 1" in str(translations("fr").info().get("plural-forms"))
    assert "n != 1" in str(translations("es").info().get("plural-forms"))


def test_a_wrong_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile"]) == 2
    assert "usage" in capsys.readouterr().err
