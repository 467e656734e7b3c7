"""A second request in a story is found only where the words surely change the subject."""

import pytest

from bot.policy.policy import Policy
from bot.reading.second_request import second_request
from tests.fixtures.conversation_script import policy

TWO = {
    "The screen in room 4 stays dark. Also can you create a login for Maya Lind": "Also can you",
    "The till drawer is stuck since this morning, and while you're at it could you send us the invoice for May?":
        "and while you're at it",
    "The scanner shows an error. Another thing: we need two more user accounts for new colleagues": "Another thing",
    "The app closes by itself. I have another problem: the labels printer prints blank pages": "I have another",
    "L’écran de la salle 4 reste noir. Aussi, pouvez-vous créer un compte pour Maya Lind ?": "Aussi",
    "Le tiroir-caisse est bloqué depuis ce matin. Autre chose : il nous faudrait la facture de mai": "Autre chose",
    "L'appli se ferme toute seule. On a un autre problème : l'imprimante d'étiquettes sort des pages blanches":
        "On a un autre",
    "La pantalla de la sala 4 no enciende. También necesitamos crear un usuario para Maya Lind": "También",
    "El cajón está atascado desde la mañana. Otra cosa: ¿nos pueden mandar la factura de mayo?": "Otra cosa",
    "La aplicación se cierra sola. Ya que estoy, quisiera saber cómo exportar los clientes": "Ya que estoy",
}  # fmt: skip
ONE = (
    "The screen stays dark. Also the remote control does nothing",
    "The screen stays dark. Also the lamp blinks red when I press the button",
    "The screen stays dark. Also can you check the cable",
    "The app crashes. Also it happens on my phone",
    "My invoice is wrong. Also please hurry, we close the books on Friday",
    "My invoice is wrong. Also could you please correct the address on the invoice",
    "The till is broken. One more thing: it still worked yesterday evening",
    "The till is broken, and also can you tell me how long it will take?",
    "The till is broken. Also can someone call me on the phone?",
    "The till is broken. While you're at it, can you look at the drawer of the till too",
    "I added a user and also created a group, then the page went blank",
    "I pressed save and then another thing happened, the page went blank",
    "Nothing prints. Plus I need it for a client at 3pm",
    "Also can you create a login for Maya Lind",
    "Hello, also can you create a login for Maya Lind",
    "The labels come out empty. By the way my name is Tom Baker from Fitch & Co",
    "L’écran reste noir. Aussi la télécommande ne fait rien",
    "La caisse est bloquée. Par ailleurs, le tiroir clignote en rouge",
    "La caisse est bloquée. Autre chose : hier soir elle marchait encore",
    "La caisse est bloquée. Vous pouvez aussi m'appeler au bureau",
    "je n'arrive pas à me connecter. en plus j'ai besoin de mes factures pour demain",
    "La pantalla no enciende. También la lámpara parpadea en rojo",
    "La caja no abre. Además hace un ruido raro",
    "La caja no abre. Otra cosa: ayer todavía funcionaba",
    "La caja no abre. También pueden llamarme al móvil",
    "el portal no carga, además necesito enviar la declaración hoy",
)


@pytest.fixture(params=["demo", "field-service", "weekday-desk", "premium"])
def desk(request: pytest.FixtureRequest) -> Policy:
    return policy(request.param)


@pytest.mark.parametrize(("text", "begins"), TWO.items())
def test_a_change_of_subject_with_another_wish_is_a_second_request(
    desk: Policy, text: str, begins: str
) -> None:
    found = second_request(text, "", desk)
    assert found.startswith(begins)
    assert text.endswith(found)


@pytest.mark.parametrize("text", ONE)
def test_one_problem_in_two_sentences_is_one(desk: Policy, text: str) -> None:
    assert second_request(text, "", desk) == ""


def test_it_may_come_in_a_message_of_its_own(desk: Policy) -> None:
    text = "oh and while you're at it can you add Maya to the billing group"
    assert second_request(text, "The screen in room 4 stays dark", desk) == text
    assert second_request(text, "", desk) == ""


def test_any_text_is_read_without_harm(desk: Policy) -> None:
    for text in ("", "also", "Also " * 4000, "Otra cosa: " + "x" * 20_000, "…,;:-–—", "autre chose\n\n\n"):
        assert second_request(text, "a story before it", desk) in ("", text.strip(" \n,;.-–—"))
