"""Nothing is sent against these words."""

import pytest

from bot.reading.not_sending import forbids_sending


@pytest.mark.parametrize(
    "text",
    [
        "don't send it yet", "please do not send anything", "no need to open a ticket", "never submit that",
        "n'envoyez rien", "ne l'envoyez pas encore", "envoyez pas svp", "pas la peine d'envoyer",
        "no mandes nada", "todavía no la envíe", "no hace falta que la manden", "no quiero enviarla",
    ],
)  # fmt: skip
def test_words_that_forbid_it(text):
    assert forbids_sending(text)


@pytest.mark.parametrize(
    "text",
    [
        "send it", "no errors, send it", "don't wait, send it", "why don't you send it?", "the app doesn't open",
        "envoyez", "non c'est bon, envoyez", "aucune erreur, envoie", "l'appli ne s'ouvre pas, envoyez",
        "mándalo", "no, mándelo ya", "sin errores, envíe", "no abre la app, mándalo", "no esperes más, envíalo",
    ],
)  # fmt: skip
def test_words_that_do_not(text):
    assert not forbids_sending(text)
