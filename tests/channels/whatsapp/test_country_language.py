"""Which language a customer's number suggests."""

import pytest

from channels.whatsapp.country_language import language_hint


@pytest.mark.parametrize(
    ("name", "locale"),
    [
        ("+33612345678", "fr"),
        ("+262692123456", "fr"),
        ("+34612345678", "es"),
        ("+5215512345678", "es"),
        ("+17875550100", "es"),
        ("+18095550100", "es"),
        ("+14155238886", "en"),
        ("+16045550100", "en"),
        ("+447781123456", "en"),
        ("+1", ""),
        ("+351912345678", ""),
        ("+32470123456", ""),
        ("+999123456789", ""),
        ("FR.abc123", "fr"),
        ("US.abc123", "en"),
        ("CA.abc123", ""),
        ("XX.abc123", ""),
        ("", ""),
    ],
)
def test_the_country_suggests_a_language_where_one_of_ours_is_at_home_alone(name: str, locale: str) -> None:
    assert language_hint(name) == locale
