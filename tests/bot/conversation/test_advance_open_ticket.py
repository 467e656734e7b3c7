"""After the ticket is open: joining, courtesy, coming back, something new, stars, a price."""

import pytest

from bot.conversation.effects import ShowStatus
from bot.model.conversation import Status
from tests.fixtures.conversation_script import policy, talk

OPEN = "en> speak to a person"
THANKS = [
    "thanks", "Thank you so much!", "merci", "MERCI !!", "mercii", "gracias", "👍", "👍🏽", "❤️", "🙏", "ok",
    "ok thanks", "parfait, merci beaucoup", "perfect, that works now", "muchas gracias por su ayuda", "Thanks Ana!",
    "merci pour votre aide", "super", "thx", "mecri", ":)", "c'est bon, merci", "ya funciona, gracias", "no thanks",
    "bonjour, merci pour votre retour", "d'accord", "vale", "It works now, thank you so much for your help!",
]  # fmt: skip
WORK = [
    "merci mais ça ne marche toujours pas", "thanks but no", "ok and the invoice?", "thanks?", "gracias pero no",
    "thanks 😡", "it does not work", "ça marche plus", "no funciona", "merci de me rappeler", "ok ?", "non", "no",
    "thank you for calling me back today", "👎", "perfect storm", "ok so what now", "not solved", "pas réglé",
]  # fmt: skip


@pytest.mark.parametrize("words", THANKS)
def test_courtesy_neither_starts_a_clock_nor_reopens(words):
    talk(f"""
        {OPEN}
        > {words}
        thanks<
        bot<
        desk> resolves
        > {words}
        nothing<
        in< ticket 1
    """)


@pytest.mark.parametrize("words", WORK)
def test_what_asks_for_something_is_not_courtesy(words):
    talk(f"""
        {OPEN}
        > {words}
        joins<
        bot<
        desk> resolves
        > {words}
        reopens<
        bot<
    """)


@pytest.mark.parametrize("kind", ["sticker>", "reaction> ❤️", ">"])
def test_a_smile_without_words_is_courtesy(kind):
    talk(f"""
        {OPEN}
        {kind}
        thanks<
        desk> resolves
        {kind}
        nothing<
    """)


@pytest.mark.parametrize("words", ["ok", "it works now, thanks", "d'accord", "vale", "no thanks", "perfect"])
def test_while_we_wait_on_them_ok_is_an_answer(words):
    talk(f"""
        {OPEN}
        desk> waits
        > {words}
        joins<
    """)


@pytest.mark.parametrize("words", ["merci", "gracias por su ayuda", "👍", "thank you"])
def test_while_we_wait_on_them_mere_thanks_stay_courtesy(words):
    talk(f"""
        {OPEN}
        desk> waits
        > {words}
        thanks<
    """)


def test_messages_join_the_ticket_without_chatter():
    talk(f"""
        {OPEN}
        > it smells
        joins<
        bot<
        in< ticket 1
        > and smokes
        joins<
        bot<
    """)


def test_coming_back_within_days_reopens_and_after_a_week_begins_anew():
    talk(f"""
        {OPEN}
        desk> resolves
        after> 6 days
        en> the screen is dark again, like before
        reopens<
        in< ticket 1
        desk> resolves
        after> 8 days
        en> the screen is dark again, like before
        bot< #K4-1 is closed, so this begins a new request. | What is your name
        in< ticket 2
    """)


def test_a_closed_ticket_stays_closed():
    talk(f"""
        {OPEN}
        desk> closes
        en> the door squeaks all day long
        bot< begins a new request
        in< ticket 2
    """)


def test_a_bare_hello_after_a_solved_ticket_asks_which():
    talk(f"""
        {OPEN}
        desk> resolves
        en> hello
        bot< Is it about #K4-1, or something new?
        buttons< The same request, Something new
        > la même
        reopens<
        desk> resolves
        en> hello
        tap> Something new
        bot< How can we help?
        in< ticket 2
    """)


def test_a_story_instead_of_same_or_new_reopens():
    talk(f"""
        {OPEN}
        desk> resolves
        en> hello
        en> it fails again since noon
        reopens<
    """)


def test_yes_after_a_solved_ticket_is_peace():
    talk(f"""
        {OPEN}
        desk> resolves
        > oui
        nothing<
    """)


@pytest.mark.parametrize(
    ("words", "stars"),
    [
        ("5", 5),
        ("1", 1),
        ("4/5", 4),
        ("⭐⭐⭐", 3),
        ("five", 5),
        ("cinq", 5),
        ("très satisfait", 5),
        ("muy bien", 5),
        ("So-so", 3),
    ],
)
def test_stars_are_taken_and_thanked(words, stars):
    talk(f"""
        {OPEN}
        desk> resolves
        desk> asks for stars
        > {words}
        rates< {stars}
        bot< Thank you
        > merci
        nothing<
    """)


@pytest.mark.parametrize(
    "words",
    [
        "4 users still cannot log in",
        "it still fails",
        "5 minutes later it broke again",
        "the 2nd page too",
        "6",
    ],
)
def test_stars_never_swallow_a_real_message(words):
    talk(f"""
        {OPEN}
        desk> resolves
        desk> asks for stars
        > {words}
        reopens<
    """)


def test_thanks_where_stars_were_asked_do_not_reopen():
    talk(f"""
        {OPEN}
        desk> resolves
        desk> asks for stars
        > merci beaucoup
        nothing<
        tap> rate:1:4
        rates< 4
    """)


def test_stars_typed_late_are_stars():
    talk(f"""
        {OPEN}
        desk> resolves
        > 4
        rates< 4
    """)


def test_few_stars_with_a_reason_reach_a_person():
    talk(f"""
        {OPEN}
        desk> resolves
        desk> asks for stars
        > 2, too slow and still wrong
        rates< 2 too slow and still wrong
        reopens<
    """)


def test_many_stars_with_a_word_do_not_reopen():
    talk(f"""
        {OPEN}
        desk> resolves
        desk> asks for stars
        > 5: quick and kind
        rates< 5 quick and kind
        bot< Thank you
    """)


def test_a_button_with_stars_works_in_the_middle_of_another_request():
    talk(f"""
        {OPEN}
        desk> resolves
        > /new the door squeaks all day
        tap> rate:1:5
        rates< 5
        in< ticket 1
        > Ana
        bot< Which company
        in< ticket 2
    """)


@pytest.mark.parametrize("payload", ["rate:9:5", "rate:1:9", "rate:1:x", "quote:9:yes", "rate::", "quote:1"])
def test_a_made_up_button_does_nothing(payload):
    talk(f"""
        {OPEN}
        desk> resolves
        tap> {payload}
        nothing<
    """)


@pytest.mark.parametrize(
    ("words", "answer"), [("oui", "yes"), ("j'accepte", "yes"), ("1", "yes"), ("no", "no"), ("rechazo", "no")]
)
def test_a_price_is_accepted_or_declined(words, answer):
    talk(f"""
        {OPEN}
        desk> quotes
        > {words}
        quote< {answer}
    """)


def test_a_question_about_the_price_is_no_answer_and_a_later_yes_spends_no_money():
    talk(f"""
        {OPEN}
        desk> quotes
        > does it include the travel?
        joins<
        > yes
        joins<
        tap> quote:1:yes
        quote< yes
    """)


def test_an_old_button_on_a_live_ticket_starts_no_clock():
    talk(f"""
        {OPEN}
        tap> send
        thanks<
    """)


def test_a_category_with_a_quote_says_so_and_goes_on():
    talk("""
        en> my data of last week went away
        > Ana
        > skip
        > technical service
        bot< You will receive a personal quote | Which page, device
        > change 3
        bot< How urgent
    """)


OUT_OF_SCOPE = """
    en> Please give us some kind of new shop
    > Ana
    > Acme
    > skip
    bot< What is it about?
    > Build a web site
    bot< we do not build web sites | How shall we go on?
    buttons< Go on anyway, Something else, Drop it
"""


def test_out_of_scope_is_told_before_a_long_story_and_may_go_on_anyway():
    talk(f"{OUT_OF_SCOPE}\ntap> Go on anyway\nbot< Which page, device", policy("premium"))


def test_out_of_scope_may_be_something_else():
    talk(
        f"{OUT_OF_SCOPE}\n> otra cosa\nbot< What is it about?\n> my service\nbot< Which page, device",
        policy("premium"),
    )


def test_out_of_scope_may_be_dropped():
    talk(f"{OUT_OF_SCOPE}\ntap> Drop it\nbot< I have dropped it", policy("premium"))


def test_another_category_named_in_place_of_a_way_is_taken():
    talk(f"{OUT_OF_SCOPE}\n> account and billing\nbot< Which page, device", policy("premium"))


EMERGENCY = """
    es> Nuestros servidores se han apagado todos
    > Ana
    > Acme
    > GV-4417
    secret<
    bot< we know you now: Acme SA | What is it about?
    > Caída de infra
"""


def test_an_emergency_is_offered_in_the_languages_of_the_line():
    talk(
        f"""
        {EMERGENCY}
        bot< The emergency line speaks French and English | In which language
        buttons< Français, English, In opening hours
        > inglés
        language< en
        bot< Which page, device
        """,
        policy("premium"),
    )


def test_an_emergency_may_wait_for_opening_hours_in_their_language():
    talk(
        f"""
        {EMERGENCY}
        tap> In opening hours
        language< es
        bot< in opening hours | Which page, device
        """,
        policy("premium"),
    )


def test_a_speaker_of_its_language_is_not_asked():
    talk(
        """
        fr> Nos serveurs se sont tous éteints
        > Ana
        > Acme
        > GV-4417
        > panne d’infra
        bot< Which page, device
        """,
        policy("premium"),
    )


def test_the_emergency_line_of_another_plan_is_refused_kindly():
    talk(
        """
        en> All our servers went dark
        > Ana
        > Acme
        > skip
        > Infrastructure down
        bot< not part of your plan | Which page, device
        """,
        policy("premium"),
    )


TO_THE_CODE = """
    en> All our servers went dark
    > Ana
    > Acme
    bot< What is your support code?
    buttons< Skip
"""


def test_a_code_names_the_account_and_is_kept_secret():
    talking = talk(f"{TO_THE_CODE}\n> GV-4417\nsecret<\nbot< we know you now: Acme SA", policy("premium"))
    assert talking.conversation.account_id == "acme"
    assert "4417" not in str(talking.conversation)


@pytest.mark.parametrize("words", ["My code is GV-4417", "it's GV-4417 I think", "GV -4417"])
def test_a_code_is_found_among_words(words):
    talk(f"{TO_THE_CODE}\n> {words}\nsecret<\nbot< we know you now: Acme SA", policy("premium"))


def test_a_wrong_code_is_asked_once_more_and_then_left():
    talk(
        f"""
        {TO_THE_CODE}
        > GV-1
        bot< I do not find that code. | What is your support code?
        buttons< Skip
        > GV-2
        bot< Let us go on without it. | What is it about?
        """,
        policy("premium"),
    )


@pytest.mark.parametrize(
    "words", ["skip", "no", "I don't have one", "je n'en ai pas", "no tengo", "sin código"]
)
def test_a_code_may_be_missing(words):
    talk(f"{TO_THE_CODE}\n> {words}\nbot< What is it about?", policy("premium"))


def test_a_code_on_a_labelled_line_is_looked_up_and_kept_out_of_the_description():
    talking = talk(
        """
        en> All our servers went dark\\nSupport code: GV-4417
        secret<
        bot< we know you now: Acme SA | What is your name
        > Ana
        bot< What is it about?
        """,
        policy("premium"),
    )
    assert "4417" not in str(talking.conversation)


def test_who_is_known_is_not_asked_for_a_code():
    talk(
        f"""
        {TO_THE_CODE}
        > GV-4417
        > /human
        opens< a person; company=Acme
        desk> closes
        en> The mail of today went dark
        bot< What is it about?
        """,
        policy("premium"),
    )


WONDERING = [
    "When will I get an answer?",
    "how long will it take",
    "Quand aurai-je une réponse ?",
    "toujours pas de réponse",
    "¿Cuándo me contestan?",
    "nadie responde",
]


@pytest.mark.parametrize("text", WONDERING)
def test_who_asks_when_somebody_answers_is_told_while_nobody_has_taken_it_up(text):
    talking = talk(f"""
        en> my screen is black all day
        > /human
        en> {text}
        joins<
        status<
    """)
    talking.mark(Status.OPEN)
    talking.play(f"en> {text}")
    assert not talking.has(ShowStatus)
    talking.play("joins<")


@pytest.mark.parametrize(
    "text", ["hello??", "is anyone there?", "y a quelqu’un ?", "hola??", "¿hay alguien?"]
)
def test_who_calls_out_after_a_while_is_told_how_things_stand_and_once(text):
    talking = talk(f"""
        en> my screen is black all day
        > /human
        en> {text}
        joins<
    """)
    assert not talking.has(ShowStatus)
    talking.play("after> 10 minutes")
    talking.play(f"en> {text}")
    assert talking.has(ShowStatus)
    talking.play(f"en> {text}")
    assert not talking.has(ShowStatus)


@pytest.mark.parametrize(
    "text", ["hello", "when will I get an answer to my mail?", "how long will the repair take?"]
)
def test_other_words_on_a_live_request_are_left_to_the_team(text):
    talking = talk(f"""
        en> my screen is black all day
        > /human
        after> 10 minutes
        en> {text}
    """)
    assert not talking.has(ShowStatus)
