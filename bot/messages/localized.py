"""Words that a policy file gives in each language, such as the name of a priority."""

from dataclasses import dataclass

LOCALES = ("en", "fr", "es")
"""The languages of the desk, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """One short text in English, French and Spanish."""

    en: str
    fr: str
    es: str

    def in_(self, locale: str) -> str:
        """The text in `locale`; English when the locale is not one of ours."""
        return {"fr": self.fr, "es": self.es}.get(locale, self.en)
