"""Text that a policy gives in each language, such as the name of a priority."""

from dataclasses import dataclass

LOCALES = ("en", "fr", "es")
"""The desk's languages, in the order offered."""


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A short text in English, French and Spanish."""

    en: str
    fr: str
    es: str

    @property
    def texts(self) -> tuple[str, str, str]:
        """The text in each language, in the order of `LOCALES`."""
        return self.en, self.fr, self.es

    def in_(self, locale: str) -> str:
        """The text in `locale`; English if the locale is not one of ours."""
        return {"fr": self.fr, "es": self.es}.get(locale, self.en)
