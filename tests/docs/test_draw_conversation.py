"""The picture in docs/conversation.md is what the code does."""

from docs.draw_conversation import WRITTEN, drawing, steps
from tests.fixtures.conversation_script import policy


def test_the_picture_is_fresh():
    assert WRITTEN.read_text(encoding="utf-8") == drawing(policy()), "run: python -m docs.draw_conversation"


def test_from_every_step_a_person_is_one_message_away():
    began = {begins for begins, _, _ in steps(policy())}
    reached = {begins for begins, event, ends in steps(policy()) if event == "/human" and ends == "open"}
    assert reached == began
