"""An album comes as one message for each file, in any order: its caption tells the language."""

import pytest

from bot.messages.inbound import DetectedLanguage, MessageKind
from bot.messages.outgoing import Attachment
from bot.model.conversation import Stage
from tests.fixtures.conversation_script import Talk, policy

ENGLISH = DetectedLanguage("en", is_sure=True, is_sentence=True, hint="fr")
CAPTION = "The till shows error 12 when I print an invoice"


def send_album(caption_at: int | None, files: int = 4) -> tuple[Talk, int]:
    """A new customer's album; how often we asked for the language."""
    talk, asked = Talk(policy(), hint="fr"), 0
    for n in range(files):
        text = CAPTION if n == caption_at else ""
        heard = (
            DetectedLanguage("en", is_sure=True, is_sentence=True, hint="fr")
            if text
            else DetectedLanguage(hint="fr")
        )
        file = Attachment("image", "image/jpeg", ref=f"file-{n}")
        talk.send(text=text, kind=MessageKind.MEDIA, attachments=(file,), album_id="A", heard=heard)
        asked += "Which language" in talk.told()
    return talk, asked


@pytest.mark.parametrize(("caption_at", "times"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_the_caption_decides_wherever_it_comes(caption_at: int, times: int) -> None:
    talk, asked = send_album(caption_at)
    assert asked == times, "a question needs two parts without words before it"
    assert (talk.conversation.locale, talk.conversation.stage) == ("en", Stage.ASKING)
    assert talk.conversation.answers["description"].value == CAPTION
    assert len(talk.conversation.answers["attachments"].attachments) == 4


@pytest.mark.parametrize("files", [2, 3, 10])
def test_without_a_caption_we_ask_once(files: int) -> None:
    talk, asked = send_album(None, files)
    assert asked == 1
    talk.send(text="1")
    assert talk.conversation.locale
    assert len(talk.conversation.answers["attachments"].attachments) == files
