"""Finds typographic mistakes, informal address in French and Spanish, and stiff English."""

import re

_ASIDE = re.compile(r"%\(\w+\)[sd]|https?://\S+|\d:\d|<[^>]*>|&\w+;|(?<!\w)/\w+")
_FRENCH_MARK = re.compile(r"(?<![\u202f\u00a0;:!?])[;:!?]")
_FRENCH_TU = re.compile(r"(?i)(?<![\w’'-])(?:(?:tu|te|toi|ton|ta|tes)(?![\w’'])|t[’']\w)")
_SPANISH_TU = re.compile(r"(?i)\b(tú|tu|tus|te|ti|contigo|vosotros|vuestr[oa]s?)\b")
_UNCONTRACTED = re.compile(
    r"(?i)\b(cannot|let us|(do|does|did|is|are|was|were|has|have|had|could|would|will) not"
    r"|(I|we|they|it|that) (am|are|is|will|would)|there is|(I|we|they) have (?=\w+ed\b))\b"
)
_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")


def typography_faults(locale: str, text: str) -> list[str]:
    """Describe each mistake in `text` in a few words."""
    plain = _ASIDE.sub("x", text)
    return {"en": _english, "fr": _french, "es": _spanish}.get(locale, lambda _: [])(plain)


def _english(text: str) -> list[str]:
    found = _UNCONTRACTED.search(text)
    return [f"“{found[0]}” instead of a contraction"] if found else []


def _french(text: str) -> list[str]:
    return [
        fault
        for is_wrong, fault in (
            (_FRENCH_MARK.search(text), "no narrow space (U+202F) before ; : ! or ?"),
            (re.search(r"«(?!\u202f)|(?<!\u202f)»", text), "no narrow space (U+202F) inside « »"),
            (re.search(r"[“”\"]", text), "quotation marks other than « »"),
            (_STRAIGHT.search(text), "a straight apostrophe instead of ’"),
            (_FRENCH_TU.search(text), "“tu” instead of “vous”"),
        )
        if is_wrong
    ]


def _spanish(text: str) -> list[str]:
    return [
        fault
        for is_wrong, fault in (
            (text.count("¿") != text.count("?"), "¿ without ?, or ? without ¿"),
            (text.count("¡") != text.count("!"), "¡ without !, or ! without ¡"),
            (_SPANISH_TU.search(text), "“tú” instead of “usted”"),
        )
        if is_wrong
    ]
