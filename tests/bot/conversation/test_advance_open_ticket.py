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
    "merci mais ça ne marche toujours pas", "thanks but no", "thanks?", "gracias pero no",
    "it does not work", "no funciona", "merci de me rappeler", "non", "no",
    "👎", "perfect storm", "not solved", "pas réglé", "the second printer has the same error",
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
        bot< #K4-101 is closed, so I’ve started a new request. | What’s your name
        in< ticket 2
    """)


def test_a_closed_ticket_stays_closed():
    talk(f"""
        {OPEN}
        desk> closes
        en> the door squeaks all day long
        bot< I’ve started a new request
        in< ticket 2
    """)


def test_a_bare_hello_after_a_solved_ticket_asks_which():
    talk(f"""
        {OPEN}
        desk> resolves
        en> hello
        bot< Is this about #K4-101, or something new?
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
        bot< Thanks for
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
        bot< Thanks for
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
        bot<
        > yes
        bot< do you accept our quote
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
        en> it stopped working this morning
        > Ana
        > skip
        > technical service
        bot< We’ll send you a quote before we start. | Which page, device
        > change 3
        bot< How urgent
    """)


def test_paid_work_told_in_the_first_words_says_so_at_once():
    talk("""
        en> please bring back the customers that we deleted by mistake
        bot< We’ll send you a quote before we start. | What’s your name
    """)


OUT_OF_SCOPE = """
    en> could you build a new web site for our bakery?
    bot< we don’t build web sites | What would you like to do?
    buttons< Continue anyway, Something else, Cancel request
"""


@pytest.mark.parametrize("line", ["tap> Continue anyway", "> go on anyway", "> oui"])
def test_out_of_scope_is_told_at_once_and_may_go_on_anyway(line):
    talk(f"{OUT_OF_SCOPE}\n{line}\nbot< What’s your name", policy("premium"))


def test_out_of_scope_may_be_something_else():
    talk(
        f"{OUT_OF_SCOPE}\n> otra cosa\nbot< What’s it about?\n> my service\nbot< What’s your name",
        policy("premium"),
    )


def test_out_of_scope_may_be_dropped():
    talk(f"{OUT_OF_SCOPE}\ntap> Cancel request\nbot< Cancelled", policy("premium"))


def test_another_category_named_in_place_of_a_way_is_taken():
    talking = talk(f"{OUT_OF_SCOPE}\n> account and billing\nbot< What’s your name", policy("premium"))
    assert talking.conversation.answers["category"].value == "account"


def test_a_name_in_place_of_a_way_chooses_no_category():
    talk(f"{OUT_OF_SCOPE}\n> Ana\nbot< Which of these fits best?", policy("premium"))


EMERGENCY = """
    es> Nuestros servidores se han apagado todos, toda la red está caída
    bot< What’s your support code?
    > GV-4417
    secret<
    bot< found your account: Acme SA | emergency line is available in French and English
    bot< Which language would you like to continue in?
    buttons< Français, English, During opening hours
"""


def test_an_emergency_asks_only_what_decides_about_it():
    talk(
        """
        en> EVERY SERVER IS DOWN, the whole network is gone
        bot< What’s your support code?
        > GV-4417
        bot< 3. About: Infrastructure down | Ready to send?
        > go
        opens< category=infrastructure; description=EVERY SERVER IS DOWN, the whole network is gone
        """,
        policy("premium"),
    )


def test_an_emergency_is_offered_in_the_languages_of_the_line():
    talk(f"{EMERGENCY}\n> inglés\nlanguage< en\nbot< Ready to send?", policy("premium"))


def test_an_emergency_may_wait_for_opening_hours_in_their_language():
    talk(
        f"""
        {EMERGENCY}
        tap> During opening hours
        language< es
        bot< during opening hours | Ready to send?
        """,
        policy("premium"),
    )


def test_a_speaker_of_its_language_is_not_asked():
    talk(
        """
        fr> Nos serveurs se sont tous éteints, tout le réseau est en panne
        > GV-4417
        bot< found your account: Acme SA | Ready to send?
        language< fr
        """,
        policy("premium"),
    )


def test_the_emergency_line_of_another_plan_is_refused_kindly():
    talk(
        """
        en> All our servers went dark, the whole network is down
        > skip
        bot< isn’t included in your plan | Ready to send?
        """,
        policy("premium"),
    )


TO_THE_CODE = """
    en> Our mail stays in the outbox since noon
    > Ana
    > Acme
    bot< What’s your support code?
    buttons< Skip
"""


def test_a_code_names_the_account_and_is_kept_secret():
    talking = talk(f"{TO_THE_CODE}\n> GV-4417\nsecret<\nbot< found your account: Acme SA", policy("premium"))
    assert talking.conversation.account_id == "acme"
    assert "4417" not in str(talking.conversation)


@pytest.mark.parametrize("words", ["My code is GV-4417", "it's GV-4417 I think", "GV -4417"])
def test_a_code_is_found_among_words(words):
    talk(f"{TO_THE_CODE}\n> {words}\nsecret<\nbot< found your account: Acme SA", policy("premium"))


def test_a_wrong_code_is_asked_once_more_and_then_left():
    talk(
        f"""
        {TO_THE_CODE}
        > GV-1111
        bot< I can’t find that code. | What’s your support code?
        buttons< Skip
        > GV-2222
        bot< Let’s continue without it. | How urgent
        """,
        policy("premium"),
    )


@pytest.mark.parametrize(
    "words",
    [
        "skip",
        "no",
        "I don't have one",
        "je n'en ai pas",
        "no tengo",
        "sin código",
        "what is that? never got one",
    ],
)
def test_a_code_may_be_missing(words):
    talking = talk(f"{TO_THE_CODE}\n> {words}\nbot< How urgent", policy("premium"))
    assert talking.conversation.answers["support_code"].value == ""
    assert talking.conversation.answers["description"].value == "Our mail stays in the outbox since noon"


def test_a_code_on_a_labelled_line_is_looked_up_and_kept_out_of_the_description():
    talking = talk(
        """
        en> Our mail stays in the outbox since noon\\nSupport code: GV-4417
        secret<
        bot< found your account: Acme SA | What’s your name
        > Ana
        bot< How urgent
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
        bot< How urgent
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
    talk(f"""
        en> my screen is black all day
        > /human
        en> {text}
        joins<
        status<
    """)


@pytest.mark.parametrize("text", ["how long will it take?", "Quand aurai-je une réponse ?"])
def test_how_long_it_takes_is_told_by_the_deadline_of_the_ticket_and_reaches_the_agent(text):
    talking = talk("en> my screen is black all day\n> /human")
    talking.mark(Status.OPEN)
    for line in (f"en> {text}", "acts< how_long", "joins<", "status<", "bot<"):
        talking.play(line)


# Closing and reopening in words


@pytest.mark.parametrize(
    "words",
    ["you can close my ticket, it works again", "c’est réglé, vous pouvez fermer le ticket",
     "ya quedó resuelto, pueden cerrarlo"],
)  # fmt: skip
def test_closing_in_words_asks_once_and_closes(words):
    talk(f"""
        {OPEN}
        > {words}
        acts< close
        bot< Close #K4-101?
        buttons< Close it, Keep it open
        > yes
        closes<
        bot< #K4-101 is closed
    """)


def test_closing_said_twice_in_words_is_a_yes():
    talk(f"""
        {OPEN}
        > you can close my ticket, it works again
        > yes, please close it now
        closes<
    """)


def test_it_stays_open_if_they_say_so():
    talk(f"""
        {OPEN}
        > you can close my ticket, it works again
        > no
        bot< stays open
        > and please look at the other screen too
        joins<
    """)


def test_whether_to_close_is_not_asked_twice_in_a_row():
    talk(f"""
        {OPEN}
        > you can close my ticket, it works again
        bot< Close #K4-101?
        > hm, the second screen flickers as well
        joins<
        bot<
    """)


@pytest.mark.parametrize(
    "words", ["it broke again, please reopen it", "rouvrez ma demande, ça recommence", "hay que reabrirlo"]
)
def test_reopening_in_words(words):
    talk(f"{OPEN}\ndesk> resolves\n> {words}\nreopens<")


def test_a_question_after_a_solved_ticket_is_answered_and_does_not_reopen_it():
    talk(f"""
        {OPEN}
        desk> resolves
        > are you open on Saturday?
        bot< We’re open 24/7.
    """)


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
    "text", ["hello", "the second one is dark as well", "my colleague waits for a mail from the kiosk"]
)
def test_other_words_on_a_live_request_are_left_to_the_team(text):
    talking = talk(f"""
        en> my screen is black all day
        > /human
        after> 10 minutes
        en> {text}
    """)
    assert not talking.has(ShowStatus)
