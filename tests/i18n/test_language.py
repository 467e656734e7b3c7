"""Hearing a language: wishes, chat openings, hints, strangers, and input of any shape."""

import time

import pytest

from bot.messages.inbound import DetectedLanguage
from i18n.language import best_guess, detect_language, hinted_locale
from tests.fixtures.paths import ROOT

OPENINGS = ROOT / "bench" / "openings.tsv"
FOREIGN_OPENINGS = ROOT / "bench" / "foreign_openings.tsv"


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("English please", "en"),
        ("english", "en"),
        ("EN", "en"),
        ("🇬🇧", "en"),
        ("do you speak English?", "en"),
        ("Bonjour, parlez-vous anglais ?", "en"),
        ("hola, ¿puedo hablar en inglés?", "en"),
        ("No, English please. I don't get it.", "en"),
        ("en français svp", "fr"),
        ("Français", "fr"),
        ("parlez-vous français ?", "fr"),
        ("can we speak French", "fr"),
        ("en español por favor", "es"),
        ("¿Habla español?", "es"),
        ("espanol", "es"),
        ("ES", "es"),
        ("je préfère en espagnol", "es"),
        ("castellano", "es"),
    ],
)
def test_a_wish_for_a_language_is_heard_in_any_language(text: str, locale: str) -> None:
    assert detect_language(text) == DetectedLanguage(locale, is_sure=True, is_wish=True)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("I don't speak French", "en"),
        ("no hablo inglés", "es"),
        ("je ne parle pas anglais", "fr"),
        ("the French version of the report is wrong", "en"),
        ("la factura en inglés está mal", "es"),
        ("le rapport en espagnol est vide", "fr"),
        ("english or french?", "en"),
    ],
)
def test_naming_a_language_is_not_yet_a_wish(text: str, locale: str) -> None:
    heard = detect_language(text)
    assert not heard.is_wish
    assert heard.locale == locale


def test_foreign_openings_are_never_answered_in_ours_and_nearly_always_recognised() -> None:
    lines = [line.split("\t") for line in FOREIGN_OPENINGS.read_text(encoding="utf-8").splitlines()]
    heard = [(language, text, detect_language(text)) for language, text in lines]
    assert [text for _, text, found in heard if found.is_sure] == []
    assert sum(found.foreign == language for language, _, found in heard) >= 0.95 * len(lines)


def test_openings_in_ours_are_never_taken_for_another_language() -> None:
    lines = [line.split("\t") for line in OPENINGS.read_text(encoding="utf-8").splitlines()]
    assert [text for _, text in lines if detect_language(text).foreign] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bom dia, não consigo entrar na minha conta", "pt"), ("nao consigo entrar", "pt"), ("Olá", "pt"),
        ("Bon dia, no puc entrar", "ca"), ("Bon dia", "ca"), ("Buongiorno", "it"), ("non riesco ad accedere", "it"),
        ("Guten Tag", "de"), ("ich kann mich nicht anmelden", "de"), ("ik kan niet inloggen", "nl"),
        ("Dzień dobry", "pl"), ("nie moge sie zalogowac", "pl"), ("Bună ziua", "ro"), ("nu pot intra in cont", "ro"),
        ("Здравствуйте", "ru"), ("не могу войти", "ru"), ("не можу увійти", "uk"), ("Добрий день", "uk"),
        ("مرحبا", "ar"), ("我无法登录", "zh"), ("privet", "ru"),
    ],
)  # fmt: skip
def test_the_language_of_a_foreign_message_is_told(text: str, language: str) -> None:
    heard = detect_language(text)
    assert (heard.foreign, heard.locale, heard.is_sure) == (language, "", False)


@pytest.mark.parametrize(
    "text",
    [
        "Merhaba, giriş yapamıyorum", "Hej, jag kan inte logga in", "Dobrý den, nemohu se přihlásit",
        "Γεια σας, δεν μπορώ να συνδεθώ", "こんにちは、ログインできません", "안녕하세요", "سلام، نمی‌توانم وارد شوم",
    ],
)  # fmt: skip
def test_a_language_that_we_do_not_recognise_is_not_taken_for_a_near_one(text: str) -> None:
    heard = detect_language(text)
    assert not heard.foreign
    assert not heard.is_sure


@pytest.mark.parametrize(
    "text",
    ["Müller", "Jürgen Müller", "João da Silva", "Müller und Söhne GmbH", "van der Berg", "王伟", "Сергей"],
)
def test_a_name_is_no_sentence(text: str) -> None:
    assert not detect_language(text).is_sentence


@pytest.mark.parametrize(
    "text", ["hello, this is Hans Müller from Bosch", "bonjour, c’est Giovanni Rossi de la société Bianchi"]
)
def test_a_foreign_name_does_not_make_a_message_foreign(text: str) -> None:
    heard = detect_language(text)
    assert heard.is_sure
    assert not heard.foreign


def test_openings_of_support_chats_are_never_mistaken_and_seldom_asked_about() -> None:
    lines = [line.split("\t") for line in OPENINGS.read_text(encoding="utf-8").splitlines()]
    heard = [(locale, text, detect_language(text)) for locale, text in lines]
    assert [
        (text, found.locale) for locale, text, found in heard if found.is_sure and found.locale != locale
    ] == []
    assert sum(not found.is_sure for _, _, found in heard) <= 0.05 * len(lines)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("stp", "fr"),
        ("pb urgent", "fr"),
        ("bjr l'appli plante", "fr"),
        ("slt sa marche pas", "fr"),
        ("y a un souci", "fr"),
        ("no funca", "es"),
        ("xq no anda", "es"),
        ("holaaaa", "es"),
        ("ayudaaa xfa", "es"),
        ("dont work", "en"),
        ("pls thx", "en"),
        ("heeelp", "en"),
        ("l’application est bloquée", "fr"),
    ],
)
def test_chat_shorthand_and_missing_accents_are_understood(text: str, locale: str) -> None:
    assert detect_language(text) == DetectedLanguage(locale, is_sure=True)


@pytest.mark.parametrize("text", ["error", "ok", "bug", "gps", "Martin"])
def test_words_that_several_languages_share_are_asked_about(text: str) -> None:
    assert not detect_language(text).is_sure


def test_a_hint_breaks_a_tie_and_makes_nothing_sure() -> None:
    assert detect_language("error", hint="es-MX") == DetectedLanguage("es", hint="es")


def test_a_hint_decides_nothing_else() -> None:
    assert detect_language("bonjour, ça ne marche pas", hint="es").locale == "fr"
    assert detect_language("😀", hint="fr") == DetectedLanguage("", hint="fr")
    assert not detect_language("error", hint="de").is_sure


@pytest.mark.parametrize(
    ("hint", "locale"),
    [
        ("fr", "fr"), ("fr-CA", "fr"), ("es_419", "es"), ("GB", "en"), ("AR", "es"),
        ("ar", ""), ("pt-BR", ""), ("CH", ""), ("", ""), ("??", ""),
    ],
)  # fmt: skip
def test_a_hint_is_a_language_tag_or_a_country(hint: str, locale: str) -> None:
    assert hinted_locale(hint) == locale


@pytest.mark.parametrize(
    "text",
    [
        "olá, preciso de ajuda",
        "bom dia, não consigo entrar",
        "Ich brauche Hilfe",
        "Привет",
        "مرحبا",
        "こんにちは",
    ],
)
def test_a_language_that_is_not_ours_is_asked_about(text: str) -> None:
    assert not detect_language(text).is_sure


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\n", "12345", "😀👍", "👨‍👩‍👧‍👦", "https://example.org/hi", "ana@example.org", "K4-217",
        "…?!", "\x00", "\ud800", "e\u0301" * 400, "a" * 200_000, "\u202ehola", "'", "''''", "_", "%s", "¿",
        "x\ud83d y\x00z",
    ],
)  # fmt: skip
def test_anything_at_all_can_be_heard(text: str) -> None:
    assert detect_language(text) == detect_language(text)
    assert best_guess(text) in ("en", "fr", "es")


def test_text_without_words_tells_nothing() -> None:
    assert [detect_language(text) for text in ("", "😀", "12345", "https://example.org/bonjour")] == [
        DetectedLanguage()
    ] * 4


@pytest.mark.parametrize(
    "text", ["qwzx " * 40_000, "🇫🇷" * 100_000, "l'" * 100_000, "ññ" * 100_000, "aaab" * 50_000]
)
def test_no_text_is_too_long(text: str) -> None:
    detect_language("warm up qwzx")
    took = []
    for _ in range(3):
        start = time.process_time()
        detect_language(text)
        took.append(time.process_time() - start)
    assert min(took) < 0.05


def test_letters_speak_for_words_that_nobody_knows() -> None:
    assert [
        best_guess(text) for text in ("reconfigurabilidad", "désinstallationnable", "unsnoozeworthy")
    ] == [
        "es",
        "fr",
        "en",
    ]
