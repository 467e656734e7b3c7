"""Names in introductions and in answers. A wrong guess is worse than a question."""

import pytest

from bot.text.person_names import find_introduction, is_name_like, strip_introduction


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hi, I'm Ana Ruiz from Acme. The app is dead", {"name": "Ana Ruiz", "company": "Acme"}),
        ("My name is Ana and I need help", {"name": "Ana"}),
        ("This is Bob Stone with Stone & Sons", {"name": "Bob Stone", "company": "Stone"}),
        ("bonjour, je suis Paul Martin de chez Dupont SA", {"name": "Paul Martin", "company": "Dupont SA"}),
        ("Je m’appelle Zoé.", {"name": "Zoé"}),
        ("Je suis Paul, de Dupont", {"name": "Paul", "company": "Dupont"}),
        ("Hola, soy Ana Ruiz de la empresa Acme", {"name": "Ana Ruiz", "company": "Acme"}),
        ("Me llamo José", {"name": "José"}),
        ("Hello, I'm Ana from Paris", {"name": "Ana"}),
        ("Soy María de León", {}),
        ("je suis Charles de Gaulle", {}),
        ("I'm Having trouble", {}),
        ("I'M ANA FROM ACME", {}),
        ("i'm ana from acme", {}),
        ("this is Windows", {}),
        ("I'm locked out", {}),
        ("Je suis Client depuis longtemps", {}),
        ("the app says I am Unable to pay.", {}),
        ("", {}),
    ],
)
def test_an_introduction_is_read_where_it_can_mean_nothing_else(text, found):
    assert find_introduction(text) == found


@pytest.mark.parametrize(
    "text", ["Ana", "ana ruiz", "Dr. José-María O’Neill", "王芳", "my name is Ana", "Si Li"]
)
def test_a_person_may_be_called(text):
    assert is_name_like(text, is_person=True)


@pytest.mark.parametrize(
    "text",
    [
        "because it broke",
        "et aussi le son",
        "who are you?",
        "42",
        "ana@acme.example",
        "a\nb",
        "one two three four five six",
        "x" * 51,
        "😀",
        "",
    ],
)
def test_nobody_is_called(text):
    assert not is_name_like(text, is_person=True)


@pytest.mark.parametrize("text", ["Acme", "3M", "The Home Depot", "Dupont & Fils SARL"])
def test_a_company_may_be_called(text):
    assert is_name_like(text, is_person=False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I'm Ana", "Ana"),
        ("c’est Paul Martin.", "Paul Martin"),
        ("soy  Ana", "Ana"),
        ("Esperanza", "Esperanza"),
        ("Ana Jr.", "Ana Jr."),
    ],
)
def test_only_the_name_is_kept(text, name):
    assert strip_introduction(text) == name
