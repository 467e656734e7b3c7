"""From the first words to the ticket: what is asked, what is kept, what the summary shows."""

import pytest

from tests.fixtures.conversation_script import Talk, policy, talk

TO_THE_SUMMARY = """
    en> The app is broken since this morning
    > Ana Ruiz
    > Acme
    > 1
    > The invoices page
    > 3
    > no
"""


def test_the_first_message_is_the_description_and_only_what_is_missing_is_asked():
    talk("""
        fr> bonjour, l’appli ne marche pas
        bot< Hello, you have reached Harbour Street Support. | I have noted your message | What is your name
        language< fr
        in< ticket 1
        > Ana Ruiz
        bot< Which company
        > Acme
        bot< What is it about?
        buttons< Something fails, A question, Account and billing, Technical service
        > 1
        bot< Which page, device or service
        > la page des factures
        bot< How urgent is it?
        buttons< Low, Medium, High, Urgent
        > élevée
        bot< add a photo
        buttons< No files
        > non
        bot< Here is your request | 1. Name: Ana Ruiz | 2. Company: Acme | 3. About: Something fails
        bot< 4. What is affected: la page des factures | 5. Description: bonjour, l’appli ne marche pas
        bot< 6. Priority: High | 7. Attachments: none | Shall I send it?
        buttons< Send it, Change a line, Drop it
        tap> Send it
        opens< name=Ana Ruiz; company=Acme; category=fault; affected=la page des factures; priority=high
        in< ticket 1
    """)


@pytest.mark.parametrize(
    ("locale", "words", "name", "choice", "priority", "none", "send"),
    [
        ("en", "the printer does not work any more", "I'm Ana", "something fails", "urgent", "no", "yes"),
        (
            "fr",
            "l’imprimante ne marche plus du tout",
            "je m’appelle Ana",
            "une panne",
            "urgente",
            "non",
            "oui",
        ),
        (
            "es",
            "la impresora ya no funciona nada bien",
            "me llamo Ana",
            "algo no funciona",
            "urgente",
            "no",
            "sí",
        ),
    ],
)
def test_the_whole_intake_in_words_without_one_button(locale, words, name, choice, priority, none, send):
    talk(f"""
        {locale}> {words}
        {locale}> {name}
        > {none}
        {locale}> {choice}
        {locale}> 3rd floor
        {locale}> {priority}
        > {none}
        > {send}
        opens< name=Ana; category=fault; priority=urgent; description={words}; company=; files=0
        language< {locale}
    """)


def test_a_bare_hello_is_greeted_and_is_no_description():
    talk("""
        es> hola buenas
        bot< Hello, you have reached | How can we help?
        es> la aplicación se cierra sola
        bot< What is your name
    """)


@pytest.mark.parametrize("signs", ["👋", "???", "...", "🆘🆘", "👍"])
def test_signs_alone_are_no_description(signs):
    talk(f"""
        en!> english
        > {signs}
        bot< How can we help?
        > my app stays blank all day
        bot< What is your name
    """)


def test_a_second_hello_does_not_begin_a_second_request():
    talking = talk("""
        en> hello
        en> hello
        bot< How can we help?
        en> hello
    """)
    assert talking.conversation.ticket_count == 1


def test_a_too_short_description_is_asked_once_more_with_an_example_and_then_accepted():
    talk("""
        en> broken
        > Ana
        > skip
        > 1
        > The app
        bot< or what would you like to know? / For example: When I open
        > the screen
        bot< How urgent
        > 1
        > no
        > yes
        opens< description=broken ⏎ the screen
    """)


def test_no_more_words_leaves_a_short_description_as_it_is():
    talk("""
        en> broken
        > Ana
        > skip
        > 1
        > The app
        > that's all
        bot< How urgent
        > 1
        > no
        > yes
        opens< description=broken
    """)


def test_a_short_answer_to_how_can_we_help_is_enlarged_at_once():
    talk("""
        en> hi
        bot< How can we help?
        en> broken
        bot< I need a few more words
        en> since noon
        bot< What is your name
    """)


def test_name_and_company_are_asked_once_in_a_lifetime():
    talk(f"""
        {TO_THE_SUMMARY}
        > yes
        opens< name=Ana Ruiz; company=Acme
        desk> closes
        en> The invoices lack their numbers
        bot< begins a new request | What is it about?
        > 3
        > invoices
        > low
        > no
        bot< 1. Name: Ana Ruiz | 2. Company: Acme
        > yes
        opens< name=Ana Ruiz; company=Acme; category=account
        in< ticket 2
    """)


def test_three_answers_in_one_sentence_are_not_asked_again():
    talk("""
        en> Hello, I'm Ana Ruiz from Acme. Question about the invoices, it is urgent
        bot< Which page, device
        > invoices page
        bot< add a photo
        > no
        bot< 1. Name: Ana Ruiz | 2. Company: Acme | 3. About: A question | 6. Priority: Urgent
    """)


def test_labelled_lines_are_answers_and_leave_the_description():
    talk("""
        fr> Le site est très lent\\nNom : Ana Ruiz\\nSociété : Acme\\nPriorité : élevée\\nURL: https://a.example
        bot< What is it about?
        > 1
        > le site
        > non
        > oui
        opens< name=Ana Ruiz; company=Acme; priority=high; description=Le site est très lent ⏎ URL: https://a.example
    """)


@pytest.mark.parametrize(
    "words",
    [
        "I'm having trouble with my invoice since noon",
        "my battery is low and the screen goes dark",
        "it is not urgent, the screen flickers sometimes",
        "our web site cannot find the invoice",
        "Soy Ana de León y la pantalla está negra",
        "this is Windows and it freezes all day",
    ],
)
def test_what_might_be_meant_otherwise_is_not_guessed(words):
    talking = talk(f"""
        en> {words}
        bot< What is your name
    """)
    assert set(talking.conversation.answers) == {"description"}


def test_a_place_is_not_taken_for_a_company():
    talk("""
        en> Hi, I'm Ana Ruiz from Lisbon. The screen stays black.
        bot< Which company
    """)


def test_the_next_sentence_of_the_story_is_not_taken_for_a_name():
    talk("""
        en> my app stays blank all day
        en> and it makes a strange noise too
        bot< I have added that | What is your name
        > Ana
        bot< Which company
        > skip
        > 1
        > app
        > low
        > no
        > yes
        opens< name=Ana; description=my app stays blank all day ⏎ and it makes a strange noise too
    """)


def test_a_strange_name_is_accepted_the_second_time():
    talk("""
        en> the printer prints nothing today
        > 4711
        bot< What is your name
        > 4711
        bot< Which company
    """)


def test_twenty_thousand_characters_are_kept_and_the_summary_still_fits_a_phone():
    talking = Talk(policy())
    talking.send(text="word " * 4000)
    talking.play("> english")
    for line in ("> Ana", "> Acme", "> 1", "> the app", "> low", "> no"):
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
        bot< 2. Company: Acme France | Shall I send it?
        > modifier la priorité
        bot< How urgent
        > urgent
        bot< 6. Priority: Urgent
        tap> Change a line
        bot< Which line shall I change?
        buttons< Name, Company, About, What is affected, Description, Priority, Attachments
        tap> Name
        > Bea
        bot< 1. Name: Bea
        > cambiar 5
        bot< How can we help?
        > The app is broken since noon, not morning
        bot< 5. Description: The app is broken since noon, not morning
        > 5
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
        bot< 5. Description: all is lost
    """)


def test_more_words_under_the_summary_join_the_description():
    talk(f"""
        {TO_THE_SUMMARY}
        > It also happens on my phone
        bot< I have added that | 5. Description: The app is broken since this morning · It also
        > yes please send it
        opens< description=The app is broken since this morning ⏎ It also happens on my phone
    """)


def test_a_no_under_the_summary_asks_what_to_change():
    talk(f"""
        {TO_THE_SUMMARY}
        > no
        bot< Which line shall I change?
        > the company
        bot< Which company
    """)


def test_nonsense_under_the_summary_offers_a_person_and_in_the_end_brings_one():
    talk(f"""
        {TO_THE_SUMMARY}
        > xyz
        bot< Shall I send your request?
        > xyz
        buttons< Send it, Change a line, Drop it, Talk to a person
        > xyz
        > xyz
        opens< a person; name=Ana Ruiz; priority=high
    """)


def test_after_days_the_bot_says_where_we_were():
    talk("""
        en> my app stays blank all day
        > Ana
        after> 3 days
        en> hello
        bot< Welcome back. Here is where we were | Which company
        > Acme
        bot< What is it about?
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
    desk = desk.model_copy(update={"categories": desk.categories[:1]})
    talk(
        """
        en> my app stays blank all day
        > Ana
        > skip
        bot< Which page
        > app
        > low
        > no
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
        bot< What is your name
        > /human
        opens< a person; description=my screen is black all day
    """)


@pytest.mark.parametrize(
    "text", ["I need help with my invoice", "j’ai un problème de facture", "necesito ayuda con la caja"]
)
def test_a_call_for_help_that_says_what_about_is_the_description(text):
    talk(f"""
        en> {text}
        bot< I have noted your message | What is your name
    """)
