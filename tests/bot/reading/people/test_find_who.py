"""Who writes: introductions and signatures in messages, in three languages."""

from time import process_time

import pytest

from bot.reading.people.find_who import Who, find_who

INTRODUCED = [
    # English
    ("its Nora from Dovetail Joinery, the app keeps freezing", "Nora", "Dovetail Joinery"),
    ("hi its nora from dovetail joinery the app keeps freezing", "nora", "dovetail joinery"),
    ("Hello, my name is Bertram Kowal and I can't log in.", "Bertram Kowal", ""),
    (
        "this is um Efua Mensah calling from Harbour Lights Hotel we can't check anyone in",
        "Efua Mensah",
        "Harbour Lights Hotel",
    ),
    ("Hey, Marcus from Tallgrass Roofing. The sync died again", "Marcus", "Tallgrass Roofing"),
    (
        "Good morning, I'm Ines, office manager at Bellweather LLP. No email since 8",
        "Ines",
        "Bellweather LLP",
    ),
    ("I'm Dev and I work for Saltmarsh Dairy, invoices are wrong", "Dev", "Saltmarsh Dairy"),
    ("Greta H w/ Northstar Lifts. can't print", "Greta H", "Northstar Lifts"),
    ("Chinwe here from Palm & Co, two things", "Chinwe", "Palm & Co"),
    ("Rashid speaking, the scanner is dead", "Rashid", ""),
    ("my names tom and im from wick and wax candles, site is down", "tom", "wick and wax candles"),
    ("HI ITS TOM FROM FERNHILL NURSERY NOTHING WORKS", "TOM", "FERNHILL NURSERY"),
    ("Writing on behalf of Fox & Daughters: our site is down", "", "Fox & Daughters"),
    ("We are Larkspur Studios and we lost our files", "", "Larkspur Studios"),
    ("im kemi from brightwell clinic cant open the calendar", "kemi", "brightwell clinic"),
    ("Morning all, Oyelaran (Kestrel Pumps) here, orders don't arrive", "Oyelaran", "Kestrel Pumps"),
    ("The planner is empty. My name is Juno Adair by the way", "Juno Adair", ""),
    ("hello this is sean o'leary from leary's butchers", "sean o'leary", "leary's butchers"),
    ("I work at the Copper Hen Cafe and the till is frozen", "", "Copper Hen Cafe"),
    ("Hi, Will from Good Grain Bakery - labels don't print", "Will", "Good Grain Bakery"),
    ("Dr. Amara Eze from Lakeside Vets, no access to records", "Dr. Amara Eze", "Lakeside Vets"),
    # French
    (
        "Bonjour, ici Maëlle Le Goff de la mairie de Plouvan, plus de mails",
        "Maëlle Le Goff",
        "mairie de Plouvan",
    ),
    ("bjr c'est lucas t je bosse chez toiture marchand et l'appli plante", "lucas t", "toiture marchand"),
    ("Je m'appelle Thierry Vasseur, je n'arrive plus à me connecter", "Thierry Vasseur", ""),
    ("je mappelle fatou et je travaille pour ambulances du lac", "fatou", "ambulances du lac"),
    ("Bonsoir, Solenne pour Menuiserie R & Fils, rien ne marche", "Solenne", "Menuiserie R & Fils"),
    ("Karim D de Thermic Ouest. On a un souci avec les factures", "Karim D", "Thermic Ouest"),
    ("moi c'est jeanne de chez fleurs du port", "jeanne", "fleurs du port"),
    ("Bonjour Madame, je suis Paul Rey, directeur de l'école Jean Moulin.", "Paul Rey", "école Jean Moulin"),
    ("Ici Odile du Garage Lenoble, la caisse est bloquée", "Odile", "Garage Lenoble"),
    ("mon nom est Brahim Saïdi et mon écran est noir", "Brahim Saïdi", ""),
    ("je vous écris de la part de Cabinet Morin, tout est en panne", "", "Cabinet Morin"),
    ("salut c'est manon, j'ai perdu mon accès", "manon", ""),
    ("Virginie à l'appareil, société Brumes et Sels, le site est mort", "Virginie", "Brumes et Sels"),
    ("je suis Gwenaëlle de Bois Flotté", "Gwenaëlle", "Bois Flotté"),
    ("Bonjour, nous sommes Transports Ferrand, le suivi ne répond plus", "", "Transports Ferrand"),
    # Spanish
    ("hola soy marta gil de frioandes, no puedo entrar", "marta gil", "frioandes"),
    ("Buenas tardes, le habla Ernesto Pardo de Ascensores Cumbre", "Ernesto Pardo", "Ascensores Cumbre"),
    ("me llamo lupita reyes y trabajo en papelería el faro, no imprime", "lupita reyes", "papelería el faro"),
    ("Hola, Joaquín de Muebles Nogal. No llegan los pedidos", "Joaquín", "Muebles Nogal"),
    ("Soy Rocío Vera, gerente de Aguas del Valle. La web no carga", "Rocío Vera", "Aguas del Valle"),
    ("aquí Benito de talleres quiroz, se cayó el sistema", "Benito", "talleres quiroz"),
    ("mi nombre es María de León y no me abre la app", "María de León", ""),
    ("Hola mi nombre es Íñigo Etxeberria, de la empresa Lurra", "Íñigo Etxeberria", "Lurra"),
    ("es que no puedo entrar, soy Paula", "Paula", ""),
    ("buenas soy del ayuntamiento de Villarta, soy Celia", "Celia", "ayuntamiento de Villarta"),
    ("les escribo de Clínica Dental Sol, no hay internet", "", "Clínica Dental Sol"),
    ("Hola, somos Hidroeléctrica Lema y no vemos el panel", "", "Hidroeléctrica Lema"),
    ("Le saluda Ing. Tomás Ocampo, se dañó la impresora", "Ing. Tomás Ocampo", ""),
]
SIGNED = [
    # English
    ("The sync stopped on Monday. Bisi A, Marlow Media, support code STD-88", "Bisi A", "Marlow Media"),
    (
        "Please add a user for Milton Grey.\n\nKind regards,\nJoy Adeleke\nOffice Manager\nFinch LLP\nT: 020 7946",
        "Joy Adeleke",
        "Finch LLP",
    ),
    ("cant print since 9.\n\nthanks\npriya", "priya", ""),
    ("We lost the shared drive. Best regards, Colin Marsh, Marsh & Co", "Colin Marsh", "Marsh & Co"),
    ("screen blank again — Dee V., D&V Heating, same as always", "Dee V", "D&V Heating"),
    ("Ollie P, Thornbury Brewing", "Ollie P", "Thornbury Brewing"),
    ("No mail today.\nCheers,\nTunde", "Tunde", ""),
    (
        "Could you call?\nRegards\nHelen Frost\nHead of Operations | Frost Freight Ltd\nh@frost.example",
        "Helen Frost",
        "Frost Freight Ltd",
    ),
    ("It says 401.\n\n- Rob", "Rob", ""),
    ("Sam Carter, Copper Fox Cafe. The till is dead", "Sam Carter", "Copper Fox Cafe"),
    ("Larkfield Pumps, Ada M: no data since noon", "Ada M", "Larkfield Pumps"),
    ("Thanks in advance, Siobhán Byrne", "Siobhán Byrne", ""),
    # French
    (
        "Plus de réseau.\n\nCordialement,\nJean-Marc Roy\nResponsable informatique\nTransports Cazal SARL\n06 12 34 56",
        "Jean-Marc Roy",
        "Transports Cazal SARL",
    ),
    ("Merci de votre aide. Bien cordialement, Anaïs Roux, Atelier Roux", "Anaïs Roux", "Atelier Roux"),
    ("ça rame depuis hier\nmerci\nsandrine", "sandrine", ""),
    ("L'imprimante est morte. Yanis K, Plomberie Duval", "Yanis K", "Plomberie Duval"),
    (
        "Le portail est vide.\nBonne journée,\nOdette Lenoir\nComptable – Mutuelle du Sud",
        "Odette Lenoir",
        "Mutuelle du Sud",
    ),
    # Spanish
    ("No puedo entrar al panel.\nSaludos, Berta Pérez\nGerente", "Berta Pérez", ""),
    (
        "La web está caída.\n\nAtte.\nIng. Raúl Ocampo\nJefe de Sistemas\nTextiles Ocampo S.A.",
        "Ing. Raúl Ocampo",
        "Textiles Ocampo S.A.",
    ),
    ("no llegan correos. gracias, lupe", "lupe", ""),
    ("Germán L, Calderas del Norte", "Germán L", "Calderas del Norte"),
    (
        "Se perdió el pedido 4417. Un saludo, Nuria Soler, Floristería Soler",
        "Nuria Soler",
        "Floristería Soler",
    ),
    (
        "Quedo a la espera.\nUn cordial saludo,\nFabiola Rincón\nContadora\nDistribuidora Rincón",
        "Fabiola Rincón",
        "Distribuidora Rincón",
    ),
]
STORIES = [
    "je suis bloqué depuis ce matin",
    "I'm stuck on the login page",
    "I'm in Lyon this week, no network",
    "I'm French, sorry for my English",
    "soy cliente desde hace años",
    "soy nueva y no sé entrar",
    "this is ridiculous",
    "this is the third time",
    "es la impresora de abajo",
    "it's the printer in the office",
    "It's Monday and still nothing",
    "c'est une honte",
    "c'est toujours pareil",
    "it's urgent",
    "it's Chrome that crashes",
    "It's Google Chrome",
    "Bonjour Madame",
    "Bonjour Madame, l'écran est noir",
    "create an account for Milton G please",
    "une nouvelle collègue, Hélène Wirtz, arrive lundi",
    "mi colega Ana no puede entrar",
    "It crashes in Chrome. Tried Firefox, Safari.",
    "my name is spelt wrong on the invoice",
    "the user name is admin",
    "his name is Peter and he can't log in",
    "il s'appelle Marc et il n'a plus accès",
    "mi jefe se llama Pedro",
    "Gracias Ana",
    "Thanks guys",
    "Merci beaucoup",
    "ici tout est en panne",
    "aquí no funciona nada",
    "We are stuck",
    "nous sommes bloqués",
    "somos muchos y nadie puede entrar",
    "I'm from Paris",
    "je suis de Lyon",
    "this is Sam's phone, he left it here",
    "Hi Sam, the app is slow",
    "Hola Ana, no me abre",
    "Please reset the password of:\nAna Ruiz, Contabilidad",
    "The app is slow. Paris, Friday",
    "on est trois au bureau",
    "je suis Madame tout le monde",
    "I am the office manager",
    "soy la gerente",
    "it's for the new office",
    "c'est pour la facture de mars",
    "The printer at Harlow is broken.",
    "El pedido de Muebles Nogal no llega",
    "",
    "👍",
    "no",
    "Hello",
    "Where is my order?",
]
RESTS = [
    ("its Nora from Dovetail Joinery, the app keeps freezing", "the app keeps freezing"),
    ("Hi Tyler here from Tallgrass Roofing. The sync died", "Hi, The sync died"),
    (
        "The sync stopped on Monday. Bisi A, Marlow Media, support code STD-88",
        "The sync stopped on Monday. support code STD-88",
    ),
    (
        "Plus de réseau.\n\nCordialement,\nJean Leblond\nTransports Cazal SARL\n06 12 34 56",
        "Plus de réseau.",
    ),
    ("hola, la app va lenta", "hola, la app va lenta"),
]


@pytest.mark.parametrize(("text", "name", "company"), INTRODUCED)
def test_an_introduction_gives_name_and_company(text: str, name: str, company: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, company)


@pytest.mark.parametrize(("text", "name", "company"), SIGNED)
def test_a_signature_gives_name_and_company(text: str, name: str, company: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, company)


@pytest.mark.parametrize("text", STORIES)
def test_a_story_names_nobody(text: str) -> None:
    assert find_who(text) == Who(rest=text)


@pytest.mark.parametrize(("text", "rest"), RESTS)
def test_the_rest_is_the_story(text: str, rest: str) -> None:
    assert find_who(text).rest == rest


def test_the_fuller_name_counts() -> None:
    assert find_who("its Sam, the app is slow.\n\nRegards,\nSam Carter").name == "Sam Carter"


def test_a_text_that_nobody_typed_is_left_alone() -> None:
    text = "I'm Sam from Acme. " * 500
    assert find_who(text) == Who(rest=text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 6000,
        "A. " * 2000,
        "Sam, " * 1000,
        "é́" * 300,
        "\n" * 5000,
        "— " * 900,
        "I'm " * 1500,
        "R. de la " * 600,
        "<b>{}\x00",
    ],
)
def test_odd_input_is_read_quickly(text: str) -> None:
    before = process_time()
    find_who(text)
    assert process_time() - before < 0.5
