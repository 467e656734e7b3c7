def test_x(house):
    ines = house.customer("telegram", "Inès", language_code="fr")
    for text in (
        "bonjour, l'appli ne marche pas",
        "Inès Martin",
        "Acme",
        "Une panne",
        "le site",
        "depuis ce matin l'appli se ferme toute seule quand je clique",
        "Urgente",
        "non",
        "envoyer",
    ):
        print(">>", text)
        for a in house.say(ines, text):
            print("<<", a)
    for r in house.wiring.queries.rows("open"):
        print(r)
    assert 0
