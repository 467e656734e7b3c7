"""A corrected surname, first name or spelling, put into the whole name."""

import pytest

from bot.reading.people.renaming import renamed, respelled_parts
from bot.reading.people.spelling import apply_spelling

RENAMED = [
    # English
    ("Zoe Whitely", "my last name's Whiteley, W H I T E L E Y", "Zoe Whiteley"),
    ("Glenn Roe", "surname is Rowe, R O W E, not Roe", "Glenn Rowe"),
    ("Ian Leigh", "the surname's Lee, L E E, not Leigh", "Ian Lee"),
    ("Ivor Pew", "my surname is P-U-G-H", "Ivor Pugh"),
    ("Katya Moss", "my first name is Catia", "Catia Moss"),
    ("Jon Marlow", "first name's spelt John", "John Marlow"),
    ("Jon Marlow", "my surname is Quist", "Jon Quist"),
    ("Mr. Rowe", "my surname is Roe", "Mr. Roe"),
    ("Aine O Dwyer", "it's Áine with a fada on the A and O'Dwyer is one word", "Áine O'Dwyer"),
    (
        "Fergus Mac Curtain",
        "my name is spelt Fearghus, and MacCurtain is all one word",
        "Fearghus MacCurtain",
    ),
    ("Rory Quinn", "it's Rory Quinn-Hale, double barrelled", "Rory Quinn-Hale"),
    ("Katya Moss", "my name is Tom Hale", "Tom Hale"),
    ("Katya Moss", "my name is Tom", "Tom"),
    # French
    ("Mathias Rolant", "mon nom c'est Rolland, R O L L A N D", "Mathias Rolland"),
    ("Mathias Rolant", "mon nom c'est R O L L A N D", "Mathias Rolland"),
    ("Mathias Rolant", "mon nom de famille s'écrit Rollant", "Mathias Rollant"),
    ("Mathias Rolant", "le prénom c'est Matthias avec deux t", "Matthias Rolant"),
    ("Gwenola Riou", "mon prénom s'écrit Gwénola", "Gwénola Riou"),
    ("Marc Durand", "non, mon nom c'est Lenoir", "Marc Lenoir"),
    ("Jean Pierre Rol", "mon nom c'est Roll avec deux l", "Jean Pierre Roll"),
    ("Yann Le Fur", "mon nom c'est Lefur en un seul mot", "Yann Lefur"),
    ("Madame Roy", "mon nom c'est Royer", "Madame Royer"),
    ("Marc Roy", "je m'appelle Marc Leroy", "Marc Leroy"),
    # Spanish
    ("Rocío Benites", "mi apellido es Benítez con zeta al final", "Rocío Benítez"),
    ("Rocío Benites", "el apellido es Benitez, B E N I T E Z, no Benites", "Rocío Benitez"),
    ("Rocío Benites", "mi primer apellido es Olmos", "Rocío Olmos"),
    ("Ana Ruis Soto", "mi apellido es Ruiz", "Ana Ruiz Soto"),
    ("Ana", "mi apellido es Ruiz", "Ana Ruiz"),
    ("Jesica Duarte", "mi nombre es Yessica, con y griega", "Yessica Duarte"),
    ("Jesica Duarte", "el nombre de pila es Jessica", "Jessica Duarte"),
    ("Nuria De la Hoz", "mi apellido es Delahoz, todo junto", "Nuria Delahoz"),
]
NOT_RENAMED = ["send it", "it was Tuesday not Monday", "the file name is Report", "the surname is wrong", ""]
ACCENTS = [
    ("Sean Doyle", "with a fada on the a", "Seán Doyle"),
    ("Anais Roux", "avec un tréma sur le i", "Anaïs Roux"),
    ("Helene Roux", "avec un accent grave sur le deuxième e", "Helène Roux"),
    ("Francois Roux", "avec une cédille sur le c", "François Roux"),
    ("Rocio Luna", "con tilde en la i", "Rocío Luna"),
    ("Zoe Orr", "with an umlaut on the e", "Zoë Orr"),
    ("Tom Orr", "with a fada on the a", "Tom Orr"),
]


@pytest.mark.parametrize(("name", "text", "whole"), RENAMED)
def test_what_isnt_corrected_of_a_name_stays(name: str, text: str, whole: str) -> None:
    assert renamed(name, text) == whole


@pytest.mark.parametrize("text", NOT_RENAMED)
def test_a_text_without_a_new_name_renames_nobody(text: str) -> None:
    assert renamed("Katya Moss", text) == ""


@pytest.mark.parametrize(("name", "text", "accented"), ACCENTS)
def test_an_accent_told_in_words_is_put_on_its_letter(name: str, text: str, accented: str) -> None:
    assert apply_spelling(name, text) == accented


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("and Sibéal has an accent", "Sibéal Mac Bride"),
        ("MacBride is one word", "Sibeal MacBride"),
        ("not MacBride", "Sibeal Mac Bride"),
        ("the Calendar is empty", "Sibeal Mac Bride"),
    ],
)
def test_each_part_is_spelled_as_the_text_has_it(text: str, name: str) -> None:
    assert respelled_parts("Sibeal Mac Bride", text) == name
