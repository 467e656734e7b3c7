"""Words of the languages that we don't speak: those that make a sentence, and how their writing is recognised."""

SENTENCE_WORDS = {
    "pt": """
        não nao eu meu minha meus minhas mim você voce vocês voces seu sua consigo posso preciso quero queria tenho
        está estou estão é foi isto isso porque quando como onde obrigado obrigada favor funciona ainda já alguém
        alguem qual quanto sou faz
    """,
    "it": """
        non sono ho mio miei mi posso voglio vorrei è perché perche quando come dove questo questa quanto quale
        grazie favore funziona riesco bisogno ancora qualcuno avete siete vostro vostra
    """,
    "ca": """
        no em puc tinc vull voldria meu meva és està això perquè quan com on quant quin quina gràcies gracies plau
        funciona necessito algú podeu va
    """,
    "de": """
        ich nicht mein meine meinen mich mir ist bin habe hab kann will möchte moechte brauche warum wann wie wo das
        bitte danke kein keine geht funktioniert klappt sie ihr wurde
    """,
    "nl": """
        ik niet mijn mij me is heb kan wil waarom wanneer hoe waar dit dat alsjeblieft alstublieft aub bedankt
        geen werkt doet graag iemand jullie mag
    """,
    "pl": """
        nie ja mój moj moja moje mi mnie jest mam mogę moge chcę chce chciałbym dlaczego kiedy jak gdzie ile to proszę
        prosze dziękuję działa dziala się sie został
    """,
    "ro": """
        nu eu meu mea mele îmi imi este e am pot vreau când cand cum unde asta cât cat rog mulțumesc multumesc
        merge sunt vă ați dumneavoastră
    """,
    "ru": "я не мой моя моё мне меня это есть могу хочу нужно почему когда как где пожалуйста спасибо работает вы нет",
    "uk": "я не мій моя моє мені мене це є можу хочу треба чому коли як де ласка дякую працює ви немає",
    "ar": "أنا انا لا لم ليس ما عندي لدي أريد اريد هذا هذه لماذا متى كيف أين فضلك شكرا يعمل أستطيع استطيع يمكنني هل",
    "zh": "我 你 您 不 没 沒 吗 嗎 请 請 怎么 怎麼 什么 什麼",
}
"""Words that a sentence of the language has, and the name of a person or a company hardly ever."""

LETTERS = {
    "pt": "áàâãçéêíóôõúü",
    "it": "àèéìíòóùú",
    "ca": "àçèéíïòóúü·",
    "de": "äöüß",
    "nl": "áèéëïíóöü",
    "pl": "ąćęłńóśźż",
    "ro": "ăâîșşțţ",
}
"""The letters of a language beyond a to z: a text with other ones isn't in it."""

UKRAINIAN_LETTERS, RUSSIAN_LETTERS = "іїєґ", "ыэъё"
OTHER_CYRILLIC = "ўјљњћђџѓќѕѣәғқңөұүһ"
PERSIAN_LETTERS = "پچژگیکٹڈڑںےہھ"
"""Letters of Persian and Urdu, which Arabic doesn't have."""

IN_LATIN_LETTERS = {
    "ru": "privet zdravstvuyte zdravstvuite zdrastvuyte pozhaluysta",
    "uk": "pryvit dobryi dobryj dyakuyu",
    "ar": "salam salaam marhaba assalamu assalamualaikum alaikum shukran",
    "zh": "nihao xiexie",
}
"""Greetings as people type them where the keyboard lacks their letters."""

OTHER_LANGUAGES = """
    jag inte och är någon hjälp tack mitt får jeg ikke og hjelp hjælp noen nogen takk
    dobrý den nemohu nemůžu jsem prosím děkuji ahoj merhaba giriş bir için lütfen yardım nasıl
    selamat pagi siang saya tidak bisa tolong terima kasih xin chào tôi không thể có đăng szia jó napot tudok
    kérem segítség pysty voi kiitos apua dobar mogu molim hvala trebam
"""
"""Common words of languages that we don't recognise: with two of them we'd rather ask than take it for a near one."""
