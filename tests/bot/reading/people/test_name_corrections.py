"""The new name or company in a correction."""

import pytest

from bot.reading.people.name_corrections import corrected_company, corrected_name

NAMES = [
    ("the name is wrong, it's Flora Ibsen", "Flora Ibsen"),
    ("my name's spelt Siân not Sian", "Siân"),
    ("no my name is Tom", "Tom"),
    ("change my name to Ada Ruiz please", "Ada Ruiz"),
    ("can you put Nora Quist as the name", "Nora Quist"),
    ("name should be Kim Basset", "Kim Basset"),
    ("yes but my surname is Okoro", "Okoro"),
    ("actually make it high, and it's Karin with a K", "Karin"),
    ("wrong name, I'm Deepa", "Deepa"),
    ("it's spelt Niamh", "Niamh"),
    ("name: Juno Adair", "Juno Adair"),
    ("the name's not Bert, it's Bertram", "Bertram"),
    ("send it but correct my name to juno adair", "juno adair"),
    ("Zoë, not Zoe", "Zoë"),
    ("mon nom c'est Dupont avec un t", "Dupont"),
    ("le nom est faux, c'est Odile Roux", "Odile Roux"),
    ("je m'appelle Thierry pas Thierno", "Thierry"),
    ("oui mais mon prénom s'écrit Maëlys", "Maëlys"),
    ("mettez plutôt Jeanne Roy comme nom", "Jeanne Roy"),
    ("changez le nom en Paul Rey", "Paul Rey"),
    ("mon nom n'est pas Martin, c'est Marin", "Marin"),
    ("erreur sur le nom : Hélène Wirtz", "Hélène Wirtz"),
    ("le nom devrait être Yann Le Goff", "Yann Le Goff"),
    ("sí pero el nombre está mal, es Flora Ibarra", "Flora Ibarra"),
    ("cambia el nombre a Ana Rueda", "Ana Rueda"),
    ("me llamo Lucía, no Luciana", "Lucía"),
    ("el nombre no es Benito, es Benicio", "Benicio"),
    ("mi apellido es Etxeberria", "Etxeberria"),
    ("pon Celia Mora como nombre", "Celia Mora"),
    ("mi nombre se escribe Yolanda", "Yolanda"),
    ("corrija el nombre por Rocío Vera", "Rocío Vera"),
    ("el nombre correcto es Tomás Ocampo", "Tomás Ocampo"),
    # With a letter or its number
    ("my surname's got two t's. Barrett", "Barrett"),
    ("my last name has one l. Halow", "Halow"),
    ("surname's Abbot with one t", "Abbot"),
    ("it's Peña con ñ", "Peña"),
    ("mi apellido es Muñiz con ñ", "Muñiz"),
    ("es Núñez, con ñ", "Núñez"),
    ("mon nom prend deux n. Lennard", "Lennard"),
    ("le nom c'est Pietri sans h", "Pietri"),
    ("mi nombre lleva h, Rhina", "Rhina"),
    ("se escribe Vázquez con z", "Vázquez"),
    ("surname's spelt with one n: Whelan", "Whelan"),
    ("last name's Walshe with an e", "Walshe"),
    ("mon nom de famille c'est Cottet avec deux t", "Cottet"),
    ("no, Muñoz con ñ", "Muñoz"),
    ("mi apellido lleva v: Tovar", "Tovar"),
]
NO_NAMES = [
    "the name is wrong",
    "le nom est faux",
    "el nombre está mal",
    "it's urgent",
    "the app is slow",
    "the file name is wrong, it's Report",
    "le nom d'utilisateur est faux, c'est Admin",
    "el nombre de usuario es Admin",
    "make it high",
    "wrong category, it's billing",
    "it's the printer, not the scanner",
    "c'est l'imprimante, pas le scanner",
    "send it",
    "the company is wrong, it's Kola & Sons",
    "the domain name is not resolving",
    "yes but the priority is high",
    "sí, mándalo",
    "no",
    "",
    "I want to change my name",
    "we changed our name, it was Kettlewell before, now it's Brantley",
    "on a changé de nom, c'est Verdane maintenant",
    "cambiamos de nombre, ahora es Motorlia",
]
COMPANIES = [
    ("wrong company, I'm at Ember & Oak now", "Ember & Oak"),
    ("company is Fitch & Co, with a t", "Fitch & Co"),
    ("put Harrow LLP as the company", "Harrow LLP"),
    ("company's wrong, should be Orchard & Sons", "Orchard & Sons"),
    ("the company isn't Acme, it's Acme Holdings", "Acme Holdings"),
    ("change the company to Kestrel Pumps", "Kestrel Pumps"),
    ("company: Saltmarsh Dairy", "Saltmarsh Dairy"),
    ("company name should be thornbury brewing", "thornbury brewing"),
    ("the business is called Bright Side Yoga", "Bright Side Yoga"),
    ("yes but the company is No Fear Climbing", "No Fear Climbing"),
    ("la société c'est Chauffage V sans s", "Chauffage V"),
    ("la boite c'est plomberie duval pas duvalle", "plomberie duval"),
    ("mauvaise société, je suis chez Brumes et Sels", "Brumes et Sels"),
    ("l'entreprise a changé, on s'appelle Groupe Solen maintenant", "Groupe Solen"),
    ("mettez Garage Lenoble comme société", "Garage Lenoble"),
    ("la société n'est pas Thermic, c'est Thermic Ouest", "Thermic Ouest"),
    ("société : Bois Flotté", "Bois Flotté"),
    ("la empresa no es Calderas V, es Climatización V", "Climatización V"),
    ("la empresa está mal, es Muebles Nogal", "Muebles Nogal"),
    ("cambia la empresa a Aguas del Valle", "Aguas del Valle"),
    ("pon Lurra como empresa", "Lurra"),
    ("la empresa se llama Ascensores Cumbre", "Ascensores Cumbre"),
    ("perdón, la empresa es papelería el faro", "papelería el faro"),
    ("ahora mi empresa es Frioandes Sur", "Frioandes Sur"),
    # Without the word “company”, or before it
    ("I'm at Wren & Finch now, wrong company", "Wren & Finch"),
    ("wrong company, I moved to Tern Logistics", "Tern Logistics"),
    ("not that company anymore, I'm with Oxbow Joinery", "Oxbow Joinery"),
    ("ponga mejor Confitería Amaya", "Confitería Amaya"),
    ("mejor ponga Talleres Soto", "Talleres Soto"),
    ("mettez plutôt Garage Pontet", "Garage Pontet"),
    ("put Ridge Roofing instead", "Ridge Roofing"),
    ("je suis chez Bati Sud maintenant, c'est plus la bonne société", "Bati Sud"),
    ("ya no es esa empresa, estoy en Aceros Duarte", "Aceros Duarte"),
    ("la empresa cambió, ahora somos Grupo Sauce", "Grupo Sauce"),
    ("I'm with Quay Boats now, old company was wrong", "Quay Boats"),
    ("we're Holm Dairy now, please change the company", "Holm Dairy"),
    ("put Castle Cabs instead", "Castle Cabs"),
    ("mettez plutôt Optique Vial", "Optique Vial"),
    ("je travaille chez Cabinet Orsini maintenant, changez la société", "Cabinet Orsini"),
    ("ponga mejor Granja Loma", "Granja Loma"),
    ("mejor pon Aceros Tovar", "Aceros Tovar"),
    ("ahora trabajo en Viajes Marea, esa empresa ya no", "Viajes Marea"),
]
NO_COMPANIES = [
    "the company printer is broken",
    "it's high",
    "wrong company",
    "la société est fausse",
    "la empresa está mal",
    "our company is closed today",
    "the whole company is affected",
    "toute l'entreprise est bloquée",
    "toda la empresa está parada",
    "the name is wrong, it's Flora Ibsen",
    "send it",
    "",
    "my company needs it today",
    # Something else is put instead
    "put it as high instead",
    "ponga mejor urgente",
    "mettez plutôt urgent",
    "mettez plutôt Sandrine Roy",
    "mejor llámame mañana",
    "mettez plutôt ce soir",
    "put the blame on the server instead",
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_corrected_name_is_found(text: str, name: str) -> None:
    assert corrected_name(text) == name


@pytest.mark.parametrize("text", NO_NAMES)
def test_no_name_is_corrected(text: str) -> None:
    assert corrected_name(text) == ""


@pytest.mark.parametrize(("text", "company"), COMPANIES)
def test_a_corrected_company_is_found(text: str, company: str) -> None:
    assert corrected_company(text) == company


@pytest.mark.parametrize("text", NO_COMPANIES)
def test_no_company_is_corrected(text: str) -> None:
    assert corrected_company(text) == ""
