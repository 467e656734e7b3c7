"""From the first words to the ticket: what is asked, what is kept, what the summary shows."""

import pytest

from tests.fixtures.conversation_script import Talk, policy, talk

TO_THE_SUMMARY = """
    en> The app is broken since this morning
    > Ana Ruiz
    > Acme
    > high
    bot< Ready to send?
"""
VAGUE = "it stopped working this morning"


def test_the_first_message_is_the_description_and_only_what_is_missing_is_asked():
    talk("""
        fr> bonjour, ça ne marche plus depuis ce matin
        bot< Hi, this is Harbour Street Support. | I’ve got your message | What’s your name
        language< fr
        in< ticket 1
        > Ana Ruiz
        bot< Which company
        > Acme
        bot< What’s it about?
        buttons< Something fails, A question, Account and billing, Paid data work
        > 1
        bot< Which page, device or service
        > la page des factures
        bot< How urgent is it?
        buttons< Low, Medium, High, Urgent
        > élevée
        bot< Here is your request | 1. Name: Ana Ruiz | 2. Company: Acme | 3. About: Something fails
        bot< 4. What is affected: la page des factures | 5. Description: bonjour, ça ne marche plus depuis ce matin
        bot< 6. Priority: High | Ready to send?
        buttons< Send it, Edit, Cancel request
        tap> Send it
        opens< name=Ana Ruiz; company=Acme; category=fault; affected=la page des factures; priority=high
        in< ticket 1
    """)


@pytest.mark.parametrize(
    ("locale", "words", "name", "none", "choice", "priority", "send"),
    [
        ("en", VAGUE, "I'm Ana", "no", "something fails", "we can't work at all", "yes please"),
        ("fr", "ça s’est arrêté ce matin", "je m’appelle Ana", "non", "une panne", "on est bloqués", "envoyez svp"),
        ("es", "se ha parado esta mañana", "me llamo Ana", "no", "algo no funciona", "urgente", "sí, envíela"),
    ],
)  # fmt: skip
def test_the_whole_intake_in_words_without_one_button(locale, words, name, none, choice, priority, send):
    talk(f"""
        {locale}> {words}
        {locale}> {name}
        > {none}
        {locale}> {choice}
        {locale}> 3rd floor
        {locale}> {priority}
        {locale}> {send}
        opens< name=Ana; category=fault; priority=urgent; description={words}; company=; files=0
        language< {locale}
    """)


def test_what_the_story_tells_is_not_asked():
    talk("""
        en> Our receipt printer prints nothing since this morning, we can't work at all
        bot< What’s your name
        > Ana
        bot< Which company
        > Acme
        bot< 3. About: Something fails | 4. Description: Our receipt printer | 5. Priority: Urgent | Ready to send?
    """)


@pytest.mark.parametrize("profile", ["Nadia Benali", "José Luis Ortega 🌻", "Hope", "Socorro Díaz"])
def test_a_name_on_the_profile_is_offered_in_the_summary_instead_of_asked(profile):
    talking = talk(
        """
        en> my screen is black all day
        bot< Which company
        > Acme
        > low
        bot< 1. Name: """
        + profile.removesuffix(" 🌻")
        + """
        > send
        opens< name="""
        + profile.removesuffix(" 🌻"),
        profile=profile,
    )
    assert talking.conversation.draft_id == ""


@pytest.mark.parametrize("profile", ["", "x", "🌻🌻", "+33 6 12 34 56 78", "nadia@acme.example", "user4417"])
def test_a_profile_without_a_usable_name_is_not_offered(profile):
    talk("en> my screen is black all day\nbot< What’s your name", profile=profile)


def test_the_name_of_the_profile_is_corrected_like_any_other_and_then_remembered():
    talking = talk(
        """
        en> my screen is black all day
        > Acme
        > low
        bot< 1. Name: Nadia B
        > my name is Nadia Benali
        bot< 1. Name: Nadia Benali | Ready to send?
        > send
        opens< name=Nadia Benali
        """,
        profile="Nadia B",
    )
    assert talking.conversation.remembered["name"] == "Nadia Benali"


def test_a_bare_hello_is_greeted_and_is_no_description():
    talk("""
        es> hola buenas
        bot< Hi, this is | How can we help?
        es> la aplicación se cierra sola
        bot< What’s your name
    """)


@pytest.mark.parametrize("signs", ["👋", "???", "...", "🆘🆘", "👍"])
def test_signs_alone_are_no_description(signs):
    talk(f"""
        en!> english
        bot< How can we help?
        > {signs}
        bot< What happens exactly
        > my app stays blank all day
        bot< What’s your name
    """)


def test_a_second_hello_does_not_begin_a_second_request():
    talking = talk("""
        en> hello
        bot< How can we help?
        en> hello
        bot< What happens exactly
        en> hello
        bot< someone from the team can take over
    """)
    assert talking.conversation.ticket_count == 1


def test_a_too_short_description_is_asked_once_more_with_an_example_and_then_accepted():
    talk("""
        en> printer broken
        > Ana
        > skip
        bot< and what happened? / For example: When I open
        > since noon
        bot< How urgent
        > 1
        > yes
        opens< description=printer broken ⏎ since noon
    """)


def test_no_more_words_leaves_a_short_description_as_it_is():
    talk("""
        en> printer broken
        > Ana
        > skip
        > that's all
        bot< How urgent
        > 1
        > yes
        opens< description=printer broken
    """)


def test_a_short_answer_to_how_can_we_help_is_enlarged_at_once():
    talk("""
        en> hi
        bot< How can we help?
        en> broken
        bot< Could you tell me a bit more
        en> since noon
        bot< What’s your name
    """)


def test_name_and_company_are_asked_once_in_a_lifetime():
    talk(f"""
        {TO_THE_SUMMARY}
        > yes
        opens< name=Ana Ruiz; company=Acme
        desk> closes
        en> please change the card that you charge each month
        bot< I’ve started a new request | How urgent
        > low
        bot< 1. Name: Ana Ruiz | 2. Company: Acme
        > yes
        opens< name=Ana Ruiz; company=Acme; category=account
        in< ticket 2
    """)


def test_three_answers_in_one_sentence_are_not_asked_again():
    talk("""
        en> Hello, I'm Ana Ruiz from Acme. How do I print two copies of a receipt? There's no hurry at all.
        bot< 1. Name: Ana Ruiz | 2. Company: Acme | 3. About: A question | 5. Priority: Low | Ready to send?
    """)


def test_labelled_lines_are_answers_and_leave_the_description():
    talk("""
        fr> Le site est très lent\\nNom : Ana Ruiz\\nSociété : Acme\\nPriorité : élevée\\nURL: https://a.example
        bot< 3. About: Something fails | 5. Priority: High | Ready to send?
        > oui
        opens< name=Ana Ruiz; company=Acme; priority=high; description=Le site est très lent ⏎ URL: https://a.example
    """)


@pytest.mark.parametrize(
    ("words", "guessed"),
    [
        ("I'm having trouble with my invoice since noon", "name"),
        ("my battery is low and the screen goes dark", "priority"),
        ("it is not urgent, the screen flickers sometimes", "name"),
        ("this is Windows and it freezes all day", "name"),
        ("es una pantalla rota, no es nada de Telefónica", "company"),
    ],
)
def test_what_might_be_meant_otherwise_is_not_guessed(words, guessed):
    talking = talk(f"""
        en> {words}
        bot< What’s your name
    """)
    assert guessed not in talking.conversation.answers


def test_a_place_is_not_taken_for_a_company():
    talk("""
        en> Hi, I'm Ana Ruiz from Lisbon. The screen stays black.
        bot< Which company
    """)


def test_the_next_sentence_of_the_story_is_not_taken_for_a_name():
    talk("""
        en> my app stays blank all day
        en> and it makes a strange noise too
        bot< What should we call you?
        > Ana
        bot< Which company
        > skip
        > low
        > yes
        opens< name=Ana; description=my app stays blank all day ⏎ and it makes a strange noise too
    """)


def test_a_strange_name_is_accepted_the_second_time():
    talk("""
        en> the printer prints nothing today
        > lol
        bot< What should we call you?
        > lol
        bot< Which company
    """)


def test_an_answer_without_a_letter_is_never_a_name():
    talk("""
        en> the printer prints nothing today
        > 4711
        bot< What should we call you?
        > 4711
        bot< someone from the team can take over
        > Ines Moran
        bot< Which company
    """)


def test_twenty_thousand_characters_are_kept_and_the_summary_still_fits_a_phone():
    talking = Talk(policy())
    talking.send(text="word " * 4000)
    talking.play("> english")
    for line in ("> Ana", "> Acme", "> 1", "> the app", "> low"):
        talking.play(line)
    assert len(talking.told()) < 500
    talking.play("> send")
    talking.play(f"opens< description={('word ' * 4000).strip()}")


def test_a_line_is_corrected_by_words_by_number_and_by_button():
    talk(f"""
        {TO_THE_SUMMARY}
        > change 2
        bot< Which company
        > Acme France
        bot< 2. Company: Acme France | Ready to send?
        > modifier la priorité
        bot< How urgent
        > urgent
        bot< 5. Priority: Urgent
        tap> Edit
        bot< What should I correct?
        buttons< Name, Company, About, Description, Priority
        tap> Name
        > Bea
        bot< 1. Name: Bea
        > cambiar 4
        bot< How can we help?
        > The app is broken since noon, not morning
        bot< 4. Description: The app is broken since noon, not morning
        > 4
        bot< How can we help?
        > /back
        bot< Here is your request
        > oui
        opens< name=Bea; company=Acme France; priority=urgent; description=The app is broken since noon, not morning
    """)


def test_a_changed_description_replaces_the_old_one_however_short():
    talk(f"""
        {TO_THE_SUMMARY}
        > change the description
        > all is lost
        bot< 4. Description: all is lost
    """)


def test_more_words_under_the_summary_join_the_description():
    talk(f"""
        {TO_THE_SUMMARY}
        > It also happens on my phone
        bot< I’ve added that | 4. Description: The app is broken since this morning · It also
        > yes please send it
        opens< description=The app is broken since this morning ⏎ It also happens on my phone
    """)


def test_a_no_under_the_summary_asks_what_to_change():
    talk(f"""
        {TO_THE_SUMMARY}
        > no
        bot< What should I correct?
        > the company
        bot< Which company
    """)


def test_nonsense_under_the_summary_offers_a_person_and_in_the_end_brings_one():
    talk(f"""
        {TO_THE_SUMMARY}
        > xyz
        bot< Ready to send, or is something wrong?
        > xyz
        bot< Ready to send your request?
        buttons< Send it, Edit, Cancel request, Talk to a person
        > xyz
        opens< a person; name=Ana Ruiz; priority=high
    """)


def test_after_days_the_bot_says_where_we_were():
    talk("""
        en> my app stays blank all day
        > Ana
        after> 3 days
        en> hello
        bot< Welcome back. Let’s pick up your request | Who are you with
        > Acme
        bot< How urgent
    """)


def test_an_answer_after_days_is_taken():
    talk("""
        en> my app stays blank all day
        after> 2 days
        > Ana
        bot< Welcome back | Which company
    """)


def test_the_only_category_there_is_need_not_be_asked():
    desk = policy()
    desk = desk.model_copy(update={"categories": desk.categories[:1], "examples": {}})
    talk(
        f"""
        en> {VAGUE}
        > Ana
        > skip
        bot< Which page
        > app
        > low
        > send
        opens< category=fault
    """,
        desk,
    )


def test_a_policy_changed_on_the_way_loses_nothing_and_asks_what_is_new():
    desk = policy()
    talking = talk("en> my app stays blank all day", desk)
    talking.policy = desk.model_copy(
        update={"questions": tuple(q for q in desk.questions if q.key != "name")}
    )
    talking.play("> Ana")
    talking.play("bot< Which company")


@pytest.mark.parametrize(
    "text",
    ["I need help", "help me pls", "Hello, can you help me please?", "J’ai besoin d’aide", "aidez moi svp",
     "AU SECOURS", "Bonjour, j’ai une question", "necesito ayuda",
     "Hola, tengo una consulta", "ayúdenme por favor", "test"],
)  # fmt: skip
def test_a_mere_call_for_help_is_asked_what_about(text):
    talk(f"""
        en> {text}
        bot< How can we help?
        en> my screen is black all day
        bot< What’s your name
        > /human
        opens< a person; description=my screen is black all day
    """)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I have a question about my invoice", "my invoice"),
        ("j’ai un souci avec la caisse", "la caisse"),
        ("necesito ayuda con la impresora", "la impresora"),
    ],
)
def test_a_call_for_help_that_says_what_about_is_asked_what_happens(text, topic):
    talking = talk(f"""
        en> {text}
        bot< How can we help?
        en> it prints every line twice
        bot< What’s your name
    """)
    assert talking.conversation.answers["affected"].value == topic


def test_few_words_are_a_beginning_and_never_lost():
    talk("""
        en> hi
        en> broken
        bot< Could you tell me a bit more
        > /human
        opens< a person; description=broken
    """)


@pytest.mark.parametrize(
    "opener",
    [
        "en> Hello, I'm Ines Moran from Bellweather LLP, in Leeds",
        "fr> Bonjour, moi c'est Ines Moran, de la société Bellweather LLP, à Dinan",
        "es> hola qué tal, me llamo Ines Moran y escribo de parte de Bellweather LLP",
    ],
)
def test_an_introduction_alone_is_no_description(opener):
    talking = talk(f"{opener}\nbot< How can we help?")
    assert talking.conversation.answers["name"].value == "Ines Moran"
    assert talking.conversation.answers["company"].value == "Bellweather LLP"


def test_the_line_of_a_mail_app_is_no_part_of_the_description():
    talking = Talk(policy())
    talking.send(text="The calendar shows last week and nobody can change it\n\nSent from my iPhone")
    talking.play("> english")
    assert talking.conversation.answers["description"].value.endswith("nobody can change it")


def test_a_new_company_name_leaves_the_persons_name_alone():
    talking = talk("""
        en> the printer prints nothing today
        > Ines Moran
        bot< Which company
        > we changed our name, it was Kettlewell before, now it's Brantley
    """)
    assert talking.conversation.answers["name"].value == "Ines Moran"
    assert talking.conversation.answers["company"].value == "Brantley"
