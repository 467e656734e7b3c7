"""Everything that is not plain words: files, voice, stickers, places, cards, reactions, edits, nothing at all."""

from datetime import timedelta

import pytest

from tests.fixtures.conversation_script import policy, talk

BEGUN = "en> my app stays blank all day"


def test_a_photo_when_words_were_asked_is_kept_and_the_question_repeated():
    talk(f"""
        {BEGUN}
        photo>
        bot< Got your file. | What’s your name
        > Ana
        > skip
        > low
        bot< 6. Attachments: 1 file
        > send
        opens< files=1; name=Ana
    """)


def test_a_photo_with_words_is_both():
    talk(f"""
        {BEGUN}
        photo> Ana
        bot< Got your file. | Which company
    """)


def test_a_first_photo_with_a_caption_is_the_description():
    talk("""
        photo> app 12
        bot< Which language
        > English
        > Ana
        > skip
        bot< Could you tell me a bit more
        > the screen is still dark
        > low
        > send
        opens< files=1; description=app 12 ⏎ the screen is still dark
    """)


def test_a_voice_note_first_is_kept_and_words_are_asked_for():
    talk("""
        voice>
        bot< Which language
        > 1
        bot< How can we help?
        > the kiosk makes a loud noise
        > Ana
        > skip
        > low
        > send
        opens< files=1; description=the kiosk makes a loud noise
    """)


def test_files_are_not_asked_for_and_the_summary_has_no_line_for_none():
    talking = talk(f"""
        {BEGUN}
        > Ana
        > skip
        > low
        bot< Here is your request | Ready to send?
    """)
    assert "Attachments" not in talking.told()


def test_files_under_the_summary_are_taken_and_shown():
    talk(f"""
        {BEGUN}
        > Ana
        > skip
        > low
        photo>
        bot< Got your file. | 6. Attachments: 1 file | Ready to send?
        after> 1 minute
        photo> this is what we see in the morning
        bot< Got your 2 files. | 6. Attachments: 2 files
        > yes
        opens< files=2
    """)


def test_an_album_is_answered_once():
    talking = talk(f"{BEGUN}\n> Ana\nphoto>\nbot< Got your file. | Which company")
    for _ in range(4):
        talking.now -= timedelta(seconds=29)
        talking.play("photo>")
        talking.play("nothing<")
    for line in ("> skip", "> low", "bot< 6. Attachments: 5 files"):
        talking.play(line)


@pytest.fixture(scope="module")
def strict_desk():
    """A desk that can’t do without a file."""
    desk = policy()
    questions = (
        question.model_copy(update={"is_required": True}) if question.kind == "attachments" else question
        for question in desk.questions
    )
    return desk.model_copy(update={"questions": tuple(questions)})


TO_THE_FILES = f"{BEGUN}\n> Ana\n> skip\n> low\nbot< add a photo"


@pytest.mark.parametrize("words", ["yes", "Yes, thank you", "oui", "oui merci", "sí", "sí, por favor"])
def test_where_a_file_is_required_yes_waits_for_it(words, strict_desk):
    talk(
        f"""
        {TO_THE_FILES}
        > {words}
        bot< Go ahead, send it here
        photo>
        bot< Send another file, or choose “That’s all”.
        buttons< That’s all
        > c’est tout
        bot< 6. Attachments: 1 file
        """,
        strict_desk,
    )


def test_words_where_files_were_asked_join_the_description_and_the_second_time_go_on(strict_desk):
    talk(
        f"""
        {TO_THE_FILES}
        > I forgot: it smells
        bot< add a photo
        > and smokes a bit
        bot< Ready to send?
        > send
        opens< description=my app stays blank all day ⏎ I forgot: it smells ⏎ and smokes a bit
        """,
        strict_desk,
    )


@pytest.mark.parametrize("kind", ["sticker>", "unknown>", ">"])
def test_what_has_no_words_has_the_question_repeated(kind):
    talk(f"""
        {BEGUN}
        {kind}
        bot< What’s your name
        > Ana
        bot< Which company
    """)


@pytest.mark.parametrize("words", ["👋", "🙏🙏", "hello", "ok?"])
def test_what_answers_nothing_has_the_question_reworded(words):
    talk(f"""
        {BEGUN}
        > {words}
        bot< What should we call you?
        > Ana
        bot< Which company
    """)


@pytest.mark.parametrize("kind", ["place> 38.7, -9.1 Rossio", "card> Ana Ruiz +351 900"])
def test_a_place_or_a_card_joins_the_description(kind):
    talk(f"""
        {BEGUN}
        {kind}
        bot< I’ve added that | What’s your name
        > /human
        opens< a person; description=my app stays blank all day ⏎ {kind.partition("> ")[2]}
    """)


@pytest.mark.parametrize("kind", ["reaction> 👍", "edit> my app stays white all day"])
def test_a_reaction_or_an_edit_is_recorded_and_answers_nothing(kind):
    talk(f"""
        {BEGUN}
        {kind}
        nothing<
        in< ticket 1
        > Ana
        bot< Which company
    """)


@pytest.mark.parametrize(
    "kind", ["photo>", "voice>", "sticker>", "place> 1, 2", "card> A", "unknown>", ">", "> 🚀"]
)
def test_any_kind_may_come_first(kind):
    talk(f"""
        {kind}
        bot< Which language
        > 1
        bot< Hi, this is
    """)


def test_a_first_reaction_begins_nothing():
    talk("""
        reaction> 👍
        nothing<
        in< chatter
    """)


@pytest.mark.parametrize("kind", ["photo>", "voice>", "place> 1, 2", "card> A", "photo> look"])
def test_anything_with_content_joins_a_live_ticket(kind):
    talk(f"""
        en> speak to a person
        {kind}
        joins<
        bot<
        in< ticket 1
    """)
