"""Introductions as people speak and dictate them, and companies that sign before the name."""

import pytest

from bot.reading.people.find_who import find_who

COMPANY_FIRST = [
    ("The route page stays empty. Transportes Lumbre, Edgar P", "Edgar P", "Transportes Lumbre"),
    ("no abre el panel desde ayer. Maderas Ibáñez, Susana R.", "Susana R", "Maderas Ibáñez"),
    ("Plus de synchro depuis mardi. Menuiserie Kerbrat, Loïc T", "Loïc T", "Menuiserie Kerbrat"),
    ("The labels come out blank. Fenwick Couriers Ltd, Amit D", "Amit D", "Fenwick Couriers Ltd"),
    ("Calendar is empty again. Hollis Dental / Priya", "Priya", "Hollis Dental"),
    ("Pumps page won't load. Hollis Dental | Priya Nair", "Priya Nair", "Hollis Dental"),
    ("Priya Nair | Hollis Dental", "Priya Nair", "Hollis Dental"),
    ("Marek W / Copperline Plumbing. the app logs me out", "Marek W", "Copperline Plumbing"),
    ("Copperline Plumbing / Marek W. the app logs me out", "Marek W", "Copperline Plumbing"),
    ("el correo no sale. Ferretería Amaya - Rubén", "Rubén", "Ferretería Amaya"),
    ("le site est lent. Garage Mercadal – Yvette B", "Yvette B", "Garage Mercadal"),
    ("Can't see the stock.\nBrightwater Fisheries Ltd\nOwen", "Owen", "Brightwater Fisheries Ltd"),
    ("No puedo entrar.\nTalleres Soto SL\nMarisol Vidal", "Marisol Vidal", "Talleres Soto SL"),
    ("Rien ne s'imprime.\nCordialement,\nBoulangerie Astruc\nMireille", "Mireille", "Boulangerie Astruc"),
    ("Logística Pampa SRL, Gonzalo. No veo los envíos", "Gonzalo", "Logística Pampa SRL"),
    ("the export fails. regards, Pinewood Joinery, Kofi", "Kofi", "Pinewood Joinery"),
    ("se cayó la página. Saludos, Ópticas Luján, Wilson T", "Wilson T", "Ópticas Luján"),
    ("Constructora Arriaga, Ing. Pablo Cruz", "Ing. Pablo Cruz", "Constructora Arriaga"),
    ("the gate codes do not sync. Thanks — Orchard Lifts (Bea)", "Bea", "Orchard Lifts"),
    ("Cabinet Ferrier / Mme Joly : la caisse ne s'ouvre plus", "Mme Joly", "Cabinet Ferrier"),
    ("Nothing prints. Beckett Roofing, Sanjay P", "Sanjay P", "Beckett Roofing"),
    ("The tracker is stuck. Halden Freight Ltd / Moira", "Moira", "Halden Freight Ltd"),
    ("Moira Halden | Halden Freight", "Moira Halden", "Halden Freight"),
    ("tills are down again. Sorrel Bakery - Joe T", "Joe T", "Sorrel Bakery"),
    ("Thanks, Sorrel Bakery, Joe", "Joe", "Sorrel Bakery"),
    (
        "Alarm won't clear.\nRegards\nHalden Freight\nMoira Lane\n0113 496 0000",
        "Moira Lane",
        "Halden Freight",
    ),
    ("Linton Alarms Ltd, Chidi O. The keypad app crashed", "Chidi O", "Linton Alarms Ltd"),
    ("Helen Farms, Marsh Brewing. Label printer offline", "Helen Farms", "Marsh Brewing"),
    ("L'agenda est vide. Plomberie Vasseur, Inès D", "Inès D", "Plomberie Vasseur"),
    ("Merci d'avance, Garage Brieuc, Soizic", "Soizic", "Garage Brieuc"),
    ("Ambulances Rocher SARL / Didier M. Le planning a disparu", "Didier M", "Ambulances Rocher SARL"),
    ("Plus d'accès.\nCordialement,\nCabinet Orsini\nClaire Orsini", "Claire Orsini", "Cabinet Orsini"),
    ("le portail rame – Fromagerie Bizot, Gaston", "Gaston", "Fromagerie Bizot"),
    ("Gaston L | Fromagerie Bizot", "Gaston L", "Fromagerie Bizot"),
    ("No llegan las guías. Mudanzas Aldaba, Ciro V", "Ciro V", "Mudanzas Aldaba"),
    ("se trabó el sistema. gracias, Panadería Trigal, Lucía", "Lucía", "Panadería Trigal"),
    ("Aceros Tovar S.A. / Ing. Elías Tovar", "Ing. Elías Tovar", "Aceros Tovar S.A."),
    ("No abre la agenda.\nAtte.\nClínica Robles\nDra. Inés Robles", "Dra. Inés Robles", "Clínica Robles"),
    ("Viajes Marea, Paola: no cargan las reservas", "Paola", "Viajes Marea"),
    ("Fletes Ocotal SA de CV, Memo R", "Memo R", "Fletes Ocotal SA de CV"),
    ("Scanner offline. Kettering Tyres Ltd, Ngozi", "Ngozi", "Kettering Tyres Ltd"),
    ("Bins not collected on the app. Waveney Recycling | Hugh S", "Hugh S", "Waveney Recycling"),
    ("Waveney Recycling, Hugh: bins page blank", "Hugh", "Waveney Recycling"),
    ("cheers, Alder Fencing, Rhys", "Rhys", "Alder Fencing"),
    (
        "All the feeds stopped. Many thanks, Hugh Searle / Waveney Recycling",
        "Hugh Searle",
        "Waveney Recycling",
    ),
    ("Les bons ne sortent plus. Scierie Monnet, Régis F", "Régis F", "Scierie Monnet"),
    ("Cordialement, Scierie Monnet / Régis", "Régis", "Scierie Monnet"),
    ("Pépinières Aubin SAS - Nolwenn. L'appli tourne", "Nolwenn", "Pépinières Aubin SAS"),
    ("Imposible facturar. Cerrajería Pinto, Saúl", "Saúl", "Cerrajería Pinto"),
    ("Saludos, Cerrajería Pinto | Saúl M", "Saúl M", "Cerrajería Pinto"),
]
IN_A_CLAUSE = [
    ("Nasreen K here from Elm Street Vets, the reminders don't go out", "Nasreen K", "Elm Street Vets"),
    ("Colm B here at Ridge Roofing and the quotes vanish", "Colm B", "Ridge Roofing"),
    ("Petra here with Arden Flooring, need a hand", "Petra", "Arden Flooring"),
    ("Colm B speaking, Ridge Roofing. Quotes vanish", "Colm B", "Ridge Roofing"),
    (
        "the site is down, domain is arden.example, Petra M here at Arden Flooring",
        "Petra M",
        "Arden Flooring",
    ),
    ("orders stuck since 8, order 5512, this is Nasreen at Elm Street Vets", "Nasreen", "Elm Street Vets"),
    ("emails bounce, address is info@ridge.example, Colm here from Ridge Roofing", "Colm", "Ridge Roofing"),
    ("can you reset it please, Tariq speaking", "Tariq", ""),
    ("the scanner shows E42, Tariq here", "Tariq", ""),
    ("we lost wifi, Bea calling from Orchard Lifts", "Bea", "Orchard Lifts"),
    ("le site est tombé, c'est Yvette B du Garage Mercadal", "Yvette B", "Garage Mercadal"),
    ("plus de mails depuis ce matin, ici Loïc de Menuiserie Kerbrat", "Loïc", "Menuiserie Kerbrat"),
    (
        "la caisse affiche erreur 3, Mireille à l'appareil, Boulangerie Astruc",
        "Mireille",
        "Boulangerie Astruc",
    ),
    ("el dominio es amaya.example, habla Rubén de Ferretería Amaya", "Rubén", "Ferretería Amaya"),
    ("no abre el panel, le habla Susana R de Maderas Ibáñez", "Susana R", "Maderas Ibáñez"),
    ("la app se cierra, aquí Wilson de Ópticas Luján", "Wilson", "Ópticas Luján"),
    ("Gonzalo por aquí, de Logística Pampa, no veo los envíos", "Gonzalo", "Logística Pampa"),
    ("hi, Amit D here w Fenwick Couriers ltd labels blank", "Amit D", "Fenwick Couriers ltd"),
    ("petra here at arden flooring, the app is down", "petra", "arden flooring"),
    ("invoice 4410 is wrong, it's Kofi at Pinewood Joinery", "Kofi", "Pinewood Joinery"),
    ("Shreya L here with Dunmore Tiles and the stock page is blank", "Shreya L", "Dunmore Tiles"),
    ("Owen here at Pell Kitchens", "Owen", "Pell Kitchens"),
    ("Owen P speaking, Pell Kitchens, orders vanish", "Owen P", "Pell Kitchens"),
    ("the ssl cert expired, site is pell.example, Owen P here at Pell Kitchens", "Owen P", "Pell Kitchens"),
    ("can't receive faxes: Lerato calling from Veldt Supplies", "Lerato", "Veldt Supplies"),
    ("sync is dead, it's Lerato again from Veldt Supplies", "Lerato", "Veldt Supplies"),
    ("we can't bill anyone, Kojo here", "Kojo", ""),
    ("morning, Kojo M from Astra Signs here, bill page is white", "Kojo M", "Astra Signs"),
    ("the number is 0113 496 0101, Kojo M speaking", "Kojo M", ""),
    ("Brigid over at Holm Dairy, the scale won't connect", "Brigid", "Holm Dairy"),
    ("le domaine c'est holm.example, ici Brice du Fournil Caradec", "Brice", "Fournil Caradec"),
    ("Brice à l'appareil, de chez Fournil Caradec", "Brice", "Fournil Caradec"),
    ("la borne est muette, c'est Aude M de chez Optique Vial", "Aude M", "Optique Vial"),
    ("Aude M au téléphone, Optique Vial. La borne est muette", "Aude M", "Optique Vial"),
    ("on ne peut plus scanner, Maïté à l'appareil", "Maïté", ""),
    ("el lector no lee, aquí Brenda de Farmacia Sauz", "Brenda", "Farmacia Sauz"),
    ("Brenda por acá, Farmacia Sauz, no lee el lector", "Brenda", "Farmacia Sauz"),
    ("la cuenta es sauz.example, les habla Brenda O de Farmacia Sauz", "Brenda O", "Farmacia Sauz"),
    ("no hay señal, soy Fermín de Granja Loma", "Fermín", "Granja Loma"),
    ("Fermín otra vez, de Granja Loma, sigue sin señal", "Fermín", "Granja Loma"),
    ("the alarm panel rings nonstop, Rhys here with Alder Fencing", "Rhys", "Alder Fencing"),
    ("Ngozi B here, Kettering Tyres, can't book slots", "Ngozi B", "Kettering Tyres"),
    ("address is shop@alder.example, Rhys D speaking", "Rhys D", ""),
    ("le code est 4471, Nolwenn à l'appareil, Pépinières Aubin", "Nolwenn", "Pépinières Aubin"),
    ("plus rien ne part, ici Régis F de la Scierie Monnet", "Régis F", "Scierie Monnet"),
    ("el correo es a@pinto.example, aquí Saúl M de Cerrajería Pinto", "Saúl M", "Cerrajería Pinto"),
    ("Saúl al habla, Cerrajería Pinto", "Saúl", "Cerrajería Pinto"),
]
DICTATED = [
    (
        "hello this is uh this is Nadir K calling from um K and Brothers Electrical the app won't open",
        "Nadir K",
        "K and Brothers Electrical",
    ),
    (
        "hi um my name is uh Doreen Pike and I'm calling from uh Pike and Sons Removals the calendar keeps crashing",
        "Doreen Pike",
        "Pike and Sons Removals",
    ),
    ("yeah hi so this is Tunde from Harbour Lifts we can't log in", "Tunde", "Harbour Lifts"),
    ("good morning this is Ellen Voss from Voss Bakery our till won't start", "Ellen Voss", "Voss Bakery"),
    ("hey it's um it's Raj at Sunrise Couriers my phone shows nothing", "Raj", "Sunrise Couriers"),
    (
        "hello yes I'm calling from Bramley Dental my name's Fiona the reminders are not going out",
        "Fiona",
        "Bramley Dental",
    ),
    ("so uh this is Gwen with Tern Logistics basically nothing prints", "Gwen", "Tern Logistics"),
    (
        "oui bonjour alors c'est Mathilde R je travaille chez euh chauffage rivoire euh voilà plus rien ne marche",
        "Mathilde R",
        "chauffage rivoire",
    ),
    (
        "allô bonjour euh ici Bruno T de la part de Garage Pontet voilà le site ne répond plus",
        "Bruno T",
        "Garage Pontet",
    ),
    (
        "bonjour alors moi c'est Nadège et euh je suis chez fleurs martin et on arrive plus à imprimer",
        "Nadège",
        "fleurs martin",
    ),
    (
        "oui allô c'est monsieur Kone de la société Bati Sud euh l'application elle plante",
        "monsieur Kone",
        "Bati Sud",
    ),
    (
        "bonjour c'est euh c'est Sylvain de Toitures Aubry on a un problème de facture",
        "Sylvain",
        "Toitures Aubry",
    ),
    (
        "hola qué tal mire le llamo de parte de Calderas Nieto soy Adrián es que no me abre la aplicación",
        "Adrián",
        "Calderas Nieto",
    ),
    (
        "hola buenas eh soy eh Maite Lorca de panadería lorca y pues no me imprime los tickets",
        "Maite Lorca",
        "panadería lorca",
    ),
    (
        "buenos días mire soy Jacinto llamo de Talleres Soto es que se nos cayó el sistema",
        "Jacinto",
        "Talleres Soto",
    ),
    (
        "aló buenas tardes este habla Óscar P de Transportes Mora fíjese que no veo los envíos",
        "Óscar P",
        "Transportes Mora",
    ),
    (
        "hola sí mire este me llamo Graciela y trabajo en muebles del sur entonces no puedo entrar",
        "Graciela",
        "muebles del sur",
    ),
    ("qué tal le hablo de Aceros Duarte soy Nicolás oiga no carga nada", "Nicolás", "Aceros Duarte"),
    ("hi it's me Dale from Oxbow Joinery again the thing froze", "Dale", "Oxbow Joinery"),
    (
        "hello my name is Ama I work at tidewater kennels um the booking page is blank",
        "Ama",
        "tidewater kennels",
    ),
    (
        "hi yeah this is um this is Cerys V calling from uh V and Sons Glazing the quote tool just spins",
        "Cerys V",
        "V and Sons Glazing",
    ),
    ("hello um it's Femi from Brook Street Dental we lost the calendar", "Femi", "Brook Street Dental"),
    (
        "oh hi good afternoon my name is Sunita Rao I'm with Rao Textiles and the labels print blank",
        "Sunita Rao",
        "Rao Textiles",
    ),
    ("hey there uh Declan here from Quay Boats nothing loads at all", "Declan", "Quay Boats"),
    ("hello can you hear me it's Bronwen at Cwm Bakery our orders stopped coming", "Bronwen", "Cwm Bakery"),
    ("so hi I'm calling on behalf of uh Priory School the gate app logs everyone out", "", "Priory School"),
    (
        "hello this is erm Travis with Bluestem Heating our dispatch screen is frozen",
        "Travis",
        "Bluestem Heating",
    ),
    (
        "uh yes hello my name's Rohit and I work for uh Castle Cabs drivers can't sign in",
        "Rohit",
        "Castle Cabs",
    ),
    (
        "oui allô bonjour c'est Thaïs B je bosse chez euh menuiserie corbel et là l'écran reste noir",
        "Thaïs B",
        "menuiserie corbel",
    ),
    (
        "bonjour euh voilà je m'appelle Didier euh Didier Rocher des Ambulances Rocher on voit plus le planning",
        "Didier Rocher",
        "Ambulances Rocher",
    ),
    ("euh bonjour ici euh Coralie de Optique Vial alors la borne elle répond pas", "Coralie", "Optique Vial"),
    (
        "alors bonjour moi c'est Gaston de la Fromagerie Bizot et j'ai un souci avec les étiquettes",
        "Gaston",
        "Fromagerie Bizot",
    ),
    (
        "oui bonjour je vous appelle de la part de Cabinet Orsini je suis Claire et on a perdu les dossiers",
        "Claire",
        "Cabinet Orsini",
    ),
    (
        "allô oui bonjour c'est Mourad de taxis lumière l'appli se ferme toute seule",
        "Mourad",
        "taxis lumière",
    ),
    (
        "hola buenas tardes mire eh soy Paola le llamo de Viajes Marea es que no cargan las reservas",
        "Paola",
        "Viajes Marea",
    ),
    (
        "bueno hola qué tal habla Memo R de fletes ocotal fíjese que el mapa no sale",
        "Memo R",
        "fletes ocotal",
    ),
    (
        "hola este me llamo Itzel y trabajo en clínica robles y la agenda está vacía",
        "Itzel",
        "clínica robles",
    ),
    (
        "qué tal buenas le escribo de parte de Aceros Tovar soy Elías pues no puedo facturar",
        "Elías",
        "Aceros Tovar",
    ),
    ("sí hola eh llamo de Granja Loma mi nombre es Fermín y no hay señal", "Fermín", "Granja Loma"),
    ("hola oiga soy Ainhoa de Persianas Bidea no me deja entrar", "Ainhoa", "Persianas Bidea"),
    ("hi there it's uh Rhys from Alder Fencing the map screen is gone", "Rhys", "Alder Fencing"),
    (
        "hello I'm calling from um Kettering Tyres this is Ngozi every booking fails",
        "Ngozi",
        "Kettering Tyres",
    ),
    (
        "ok so my name is Hugh uh Hugh Searle from waveney recycling the bins vanished",
        "Hugh Searle",
        "waveney recycling",
    ),
    (
        "allô oui euh Nolwenn des Pépinières Aubin voilà l'appli tourne dans le vide",
        "Nolwenn",
        "Pépinières Aubin",
    ),
    (
        "bonjour je suis Régis euh je travaille à la scierie monnet on peut plus imprimer",
        "Régis",
        "scierie monnet",
    ),
    ("hola muy buenas soy Saúl eh de cerrajería pinto mire no puedo facturar", "Saúl", "cerrajería pinto"),
    ("buenas habla Noemí trabajo para Viveros Lago pues la app se cierra", "Noemí", "Viveros Lago"),
]
ON_BEHALF = [
    ("writing on behalf of Elm Street Vets, the reminders stopped", "", "Elm Street Vets"),
    ("je vous écris pour le compte de Garage Pontet, le site est mort", "", "Garage Pontet"),
    ("Sylvain, pour le compte de Toitures Aubry : plus de factures", "Sylvain", "Toitures Aubry"),
    ("buenas, de parte de Calderas Nieto, no abre la app", "", "Calderas Nieto"),
    ("escribo de parte de talleres soto, no abre la app", "", "talleres soto"),
    ("Adrián, en nombre de Calderas Nieto, no abre", "Adrián", "Calderas Nieto"),
    ("Doreen on behalf of Pike Removals. calendar is empty", "Doreen", "Pike Removals"),
    ("au nom de la société Bati Sud je signale une panne", "", "Bati Sud"),
    ("calling on behalf of st brigid parish council, heating panel is off", "", "st brigid parish council"),
    ("I'm contacting you on behalf of Priory School, the gate app is down", "", "Priory School"),
    ("Rohit, on behalf of Castle Cabs: drivers can't sign in", "Rohit", "Castle Cabs"),
    ("j'appelle pour le compte de Optique Vial, la borne est muette", "", "Optique Vial"),
    ("de parte de Granja Loma, no hay señal", "", "Granja Loma"),
    ("Soy Paola de parte de Viajes Marea", "Paola", "Viajes Marea"),
]
INSTITUTIONS = [
    ("bonjour, ici la commune de Vernay, plus d'accès", "", "commune de Vernay"),
    ("Bonjour, Odile de la commune de Vernay, plus d'accès", "Odile", "commune de Vernay"),
    ("hola, soy Celia, del ayuntamiento de Olmeda", "Celia", "ayuntamiento de Olmeda"),
    ("somos el ayuntamiento de Olmeda y no vemos el panel", "", "ayuntamiento de Olmeda"),
    ("we are the parish council of Little Marsh and email is down", "", "parish council of Little Marsh"),
    ("Hi, Joan from the parish council of Little Marsh", "Joan", "parish council of Little Marsh"),
    ("je travaille pour l'asbl Les Coccinelles", "", "asbl Les Coccinelles"),
    ("bonjour c'est Greet de l'asbl Les Coccinelles", "Greet", "asbl Les Coccinelles"),
    ("bonjour mairie de plouez plus de mails", "", "mairie de plouez"),
    ("soy nuria del instituto mendel, no abre", "nuria", "instituto mendel"),
    ("les escribo del colegio lourdes, no hay red", "", "colegio lourdes"),
    ("im ben from the university of harrow", "ben", "university of harrow"),
    ("Karim, lycée Jules Verne, plus de réseau", "Karim", "lycée Jules Verne"),
    ("Celia Mora, ayuntamiento de Olmeda. No abre el panel", "Celia Mora", "ayuntamiento de Olmeda"),
    ("la web no va. Saludos, Pilar, colegio san blas", "Pilar", "colegio san blas"),
    ("hi, it's Brigid from the town council of Ardmore", "Brigid", "town council of Ardmore"),
    ("we're st mary's primary school and nobody can log in", "", "st mary's primary school"),
    ("I work at the university of wexley, the portal is down", "", "university of wexley"),
    ("bonjour, commune de Rivaz, plus de téléphone", "", "commune de Rivaz"),
    ("bonsoir ici la mairie de trévou, le site est mort", "", "mairie de trévou"),
    ("je suis Aude de l'école Jules Ferry", "Aude", "école Jules Ferry"),
    ("Marc pour l'asbl Le Tremplin, plus de mails", "Marc", "asbl Le Tremplin"),
    ("je travaille à la paroisse saint-martin", "", "paroisse saint-martin"),
    ("hola, ayuntamiento de Lerma, no abre el padrón", "", "ayuntamiento de Lerma"),
    ("soy Itzel del instituto tecnológico de Olmos", "Itzel", "instituto tecnológico de Olmos"),
    ("les hablo del colegio santa inés, no hay red", "", "colegio santa inés"),
    ("buenas, somos la parroquia de San Telmo", "", "parroquia de San Telmo"),
    ("hi it's Hugh from the village hall of Brampton", "Hugh", "village hall of Brampton"),
    ("bonjour ici l'école primaire de trévou plus de wifi", "", "école primaire de trévou"),
    ("Bonjour, Paule de la commune de Sorède", "Paule", "commune de Sorède"),
    ("hola soy Pilar del colegio santa marta", "Pilar", "colegio santa marta"),
    ("les escribe Noemí de la alcaldía de Soacha", "Noemí", "alcaldía de Soacha"),
    ("on behalf of the parish council of Brampton: heating is off", "", "parish council of Brampton"),
    ("c'est Luc de l'asbl Le Relais", "Luc", "asbl Le Relais"),
]


@pytest.mark.parametrize(("text", "name", "company"), COMPANY_FIRST)
def test_a_company_may_sign_before_the_name(text: str, name: str, company: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, company)


@pytest.mark.parametrize(("text", "name", "company"), IN_A_CLAUSE)
def test_an_introduction_may_be_one_clause_of_a_sentence(text: str, name: str, company: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, company)


@pytest.mark.parametrize(("text", "name", "company"), DICTATED)
def test_hesitations_and_missing_punctuation_do_not_hide_who_speaks(
    text: str, name: str, company: str
) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, company)


@pytest.mark.parametrize(("text", "name", "company"), ON_BEHALF)
def test_the_company_somebody_writes_for_is_theirs(text: str, name: str, company: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, company)


@pytest.mark.parametrize(("text", "name", "company"), INSTITUTIONS)
def test_an_institution_is_named_in_lower_case(text: str, name: str, company: str) -> None:
    who = find_who(text)
    assert (who.name, who.company) == (name, company)
