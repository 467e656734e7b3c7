"""Everything that is not plain words: files, voice, stickers, places, cards, reactions, edits, nothing at all."""

from datetime import timedelta

import pytest

from tests.fixtures.conversation_script import talk

BEGUN = "en> my app stays blank all day"


def test_a_photo_when_words_were_asked_is_kept_and_the_question_repeated():
    talk(f"""
        {BEGUN}
        photo>
        bot< I have kept your file. | What is your name
        > Ana
        > skip
        > 1
        > app
        > low
        bot< 7. Attachments: 1 file
        > send
        opens< files=1; name=Ana
    """)


def test_a_photo_with_words_is_both():
    talk(f"""
        {BEGUN}
        photo> Ana
        bot< I have kept your file. | Which company
    """)


def test_a_first_photo_with_a_caption_is_the_description():
    talk("""
        photo> app 12
        bot< Which language
        > English
        > Ana
        > skip
        > 1
        > app
        > still dark, no light at all
        > low
        > send
        opens< files=1; description=app 12 ⏎ still dark, no light at all
    """)


def test_a_voice_note_first_is_kept_and_words_are_asked_for():
    talk("""
        voice>
        bot< Which language
        > 1
        bot< How can we help?
        > it makes a loud noise
        > Ana
        > skip
        > 1
        > app
        > low
        > send
        opens< files=1; description=it makes a loud noise
    """)


def test_several_files_then_done():
    talk(f"""
        {BEGUN}
        > Ana
        > skip
        > 1
        > app
        > low
        photo>
        bot< I have kept your file. | You may send another file.
        buttons< That is all
        after> 1 minute
        photo>
        bot< I have kept your 2 files.
        > c’est tout
        bot< 7. Attachments: 2 files
    """)


def test_an_album_is_answered_once():
    talking = talk(f"{BEGUN}\n> Ana\n> skip\n> 1\n> app\n> low\nphoto>\nbot< You may send another file.")
    for _ in range(4):
        talking.now -= timedelta(seconds=29)
        talking.play("photo>")
        talking.play("nothing<")
    talking.play("> done")
    talking.play("bot< 7. Attachments: 5 files")


@pytest.mark.parametrize(
    "words", ["no", "non", "no gracias", "done", "listo", "c'est tout", "skip", "rien", "nothing to add"]
)
def test_no_files_in_three_languages(words):
    talk(f"""
        {BEGUN}
        > Ana
        > skip
        > 1
        > app
        > low
        > {words}
        bot< 7. Attachments: none
    """)


@pytest.mark.parametrize("words", ["yes", "Yes, thank you", "oui", "oui merci", "sí", "sí, por favor"])
def test_yes_where_files_were_asked_waits_for_the_file(words):
    talk(f"""
        {BEGUN}
        > Ana
        > skip
        > 1
        > app
        > low
        > {words}
        bot< Please send it here
        buttons< No files
        photo>
        bot< You may send another file
        > done
        bot< 7. Attachments: 1 file
    """)


def test_yes_and_no_file_after_it_goes_on():
    talk(f"""
        {BEGUN}
        > Ana
        > skip
        > 1
        > app
        > low
        > yes
        bot< Please send it here
        > yes
        bot< 7. Attachments: none
        bot< Shall I send it?
    """)


def test_words_where_files_were_asked_join_the_description_and_the_second_time_go_on():
    talk(f"""
        {BEGUN}
        > Ana
        > skip
        > 1
        > app
        > low
        > I forgot: it smells
        bot< I have added that | add a photo
        > and smokes a bit
        bot< Shall I send it?
        > send
        opens< description=my app stays blank all day ⏎ I forgot: it smells ⏎ and smokes a bit
    """)


@pytest.mark.parametrize("kind", ["sticker>", "unknown>", ">", "> 👋", "> 🙏🙏", "> hello"])
def test_what_answers_nothing_has_the_question_repeated(kind):
    talk(f"""
        {BEGUN}
        {kind}
        bot< What is your name
        > Ana
        bot< Which company
    """)


@pytest.mark.parametrize("kind", ["place> 38.7, -9.1 Rossio", "card> Ana Ruiz +351 900"])
def test_a_place_or_a_card_joins_the_description(kind):
    talk(f"""
        {BEGUN}
        {kind}
        bot< I have added that | What is your name
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
        bot< Hello, you have reached
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
