"""Dates put right: “it was Tuesday, not Monday”."""

import pytest

from bot.reading.dates import exchange_date, has_date


@pytest.mark.parametrize(
    ("correction", "story", "corrected"),
    [
        ("it was Tuesday, not Monday", "Since Monday the till is slow", "Since Tuesday the till is slow"),
        ("it wasn't Friday it began, it was Sunday", "broken since Friday", "broken since Sunday"),
        ("make it 5 May not the 2nd", "please move us on 2 May", "please move us on 5 May"),
        ("the 14th rather than the 15th", "closed on the 15th of June", "closed on the 14th of June"),
        ("c'était vendredi et pas jeudi", "Depuis jeudi, plus rien", "Depuis vendredi, plus rien"),
        ("c'est le 21, pas le 14", "le samedi 14 au soir", "le samedi 21 au soir"),
        ("au lieu de lundi, mettez mercredi", "venez lundi", "venez mercredi"),
        ("fue el jueves, no el miércoles", "desde el miércoles no carga", "desde el jueves no carga"),
        ("no es mañana sino hoy", "lo necesito para mañana", "lo necesito para hoy"),
    ],
)
def test_the_right_date_takes_the_place_of_the_wrong_one(correction, story, corrected):
    assert exchange_date(correction, story) == corrected


@pytest.mark.parametrize(
    ("correction", "story"),
    [
        ("it was Tuesday", "Since Monday the till is slow"),
        ("it was Tuesday, not Monday", "Since March the till is slow"),
        ("not on Monday please", "since Monday"),
        ("it's 401, not 403", "error 403"),
    ],
)
def test_without_a_pair_of_dates_nothing_changes(correction, story):
    assert exchange_date(correction, story) == ""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("on 12 May", True), ("el 3 de marzo", True), ("samedi", True), ("line 2", False), ("I may", False)],
)
def test_a_bare_number_is_no_date(text, is_one):
    assert has_date(text) is is_one
