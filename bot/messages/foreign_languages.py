"""What people are told whose language we don't speak, in that language; so none of it is in the catalogs.

Each text fits three lines of a phone, and each button 20 characters.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForeignLanguage:
    """A language that we recognise and don't speak."""

    nearest: tuple[str, ...]
    """Our languages, the one its speakers most likely know first."""
    we_speak: str
    """Which languages we speak, and that their message is kept."""
    choose: str
    """The same again, shorter: this message is kept too; choose a language or a person."""
    person: str
    """The button for a person."""
    person_words: str
    """Words that ask for a person, separated by spaces."""
    courtesies: str
    """Greetings, thanks and “please”, separated by commas: alone, they describe nothing."""
    names: tuple[str, str, str]
    """What English, French and Spanish are called, several names separated by commas."""


_SPANISH_FIRST = ("es", "fr", "en")
_ENGLISH_FIRST = ("en", "fr", "es")

FOREIGN_LANGUAGES: Mapping[str, ForeignLanguage] = {
    "pt": ForeignLanguage(
        nearest=_SPANISH_FIRST,
        we_speak="Falamos espanhol, francês e inglês. A sua mensagem está guardada.",
        choose="Esta mensagem também está guardada. Escolha um idioma ou fale com uma pessoa.",
        person="Falar com uma pessoa",
        person_words="pessoa atendente humano",
        courtesies="olá,ola,oi,bom dia,boa tarde,boa noite,tudo bem,obrigado,obrigada,muito obrigado,"
        "muito obrigada",
        names=("inglês,em inglês", "francês,em francês", "espanhol,em espanhol"),
    ),
    "it": ForeignLanguage(
        nearest=_SPANISH_FIRST,
        we_speak="Parliamo spagnolo, francese e inglese. Il Suo messaggio è stato salvato.",
        choose="Anche questo messaggio è stato salvato. Scelga una lingua o parli con una persona.",
        person="Parlare con qualcuno",
        person_words="operatore operatrice persona umano",
        courtesies="ciao,salve,buongiorno,buon giorno,buonasera,buona sera,buon pomeriggio,grazie,"
        "grazie mille",
        names=("inglese,in inglese", "francese,in francese", "spagnolo,in spagnolo"),
    ),
    "ca": ForeignLanguage(
        nearest=_SPANISH_FIRST,
        we_speak="Parlem espanyol, francès i anglès. Hem desat el seu missatge.",
        choose="També hem desat aquest missatge. Triï un idioma o parli amb una persona.",
        person="Parlar amb algú",
        person_words="algú persona humà",
        courtesies="hola,bon dia,bona tarda,bones,bon vespre,bona nit,gràcies,gracies,"
        "moltes gràcies,moltes gracies,merci",
        names=("anglès,en anglès", "francès,en francès", "espanyol,castellà,en castellà"),
    ),
    "ro": ForeignLanguage(
        nearest=("fr", "es", "en"),
        we_speak="Vorbim franceză, spaniolă și engleză. Mesajul dumneavoastră a fost salvat.",
        choose="Și acest mesaj a fost salvat. Alegeți o limbă sau vorbiți cu o persoană.",
        person="Vorbiți cu cineva",
        person_words="persoană persoana cineva operator om",
        courtesies="bună,buna,salut,bună ziua,buna ziua,bună seara,buna seara,bună dimineața,buna dimineata,"
        "mulțumesc,multumesc",
        names=("engleză,în engleză", "franceză,în franceză", "spaniolă,în spaniolă"),
    ),
    "de": ForeignLanguage(
        nearest=_ENGLISH_FIRST,
        we_speak="Wir sprechen Englisch, Französisch und Spanisch. Ihre Nachricht ist gespeichert.",
        choose="Auch diese Nachricht ist gespeichert. Bitte wählen Sie eine Sprache oder einen Mitarbeiter.",
        person="Zu einem Mitarbeiter",
        person_words="mitarbeiter mitarbeiterin mensch menschen person jemandem",
        courtesies="hallo,guten tag,guten morgen,guten abend,moin,servus,grüezi,grüß gott,"
        "danke,bitte,vielen dank,danke schön",
        names=("Englisch,auf Englisch", "Französisch,auf Französisch", "Spanisch,auf Spanisch"),
    ),
    "nl": ForeignLanguage(
        nearest=_ENGLISH_FIRST,
        we_speak="Wij spreken Engels, Frans en Spaans. Uw bericht is bewaard.",
        choose="Ook dit bericht is bewaard. Kies een taal of spreek met een medewerker.",
        person="Medewerker spreken",
        person_words="medewerker mens persoon iemand",
        courtesies="hallo,hoi,dag,goedendag,goedemorgen,goedemiddag,goedenavond,bedankt,aub,alsjeblieft,"
        "alstublieft,dank u,dank je,dank u wel",
        names=("Engels,in het Engels", "Frans,in het Frans", "Spaans,in het Spaans"),
    ),
    "pl": ForeignLanguage(
        nearest=_ENGLISH_FIRST,
        we_speak="Mówimy po angielsku, francusku i hiszpańsku. Państwa wiadomość została zapisana.",
        choose="Ta wiadomość też została zapisana. Proszę wybrać język lub rozmowę z konsultantem.",
        person="Połącz z człowiekiem",
        person_words="człowiekiem człowieka człowiek konsultantem konsultanta konsultant kimś",
        courtesies="cześć,czesc,dzień dobry,dzien dobry,dobry wieczór,dobry wieczor,witam,hej,dziękuję,"
        "dziekuje,dzięki,proszę,prosze",
        names=("angielski,po angielsku", "francuski,po francusku", "hiszpański,po hiszpańsku"),
    ),
    "ru": ForeignLanguage(
        nearest=_ENGLISH_FIRST,
        we_speak="Мы говорим по-английски, по-французски и по-испански. Ваше сообщение сохранено.",
        choose="Это сообщение тоже сохранено. Выберите язык или обратитесь к сотруднику.",
        person="Связь с сотрудником",
        person_words="человеком человека человек оператором оператора оператор сотрудником сотрудника сотрудник",
        courtesies="привет,здравствуйте,здравствуй,добрый день,добрый вечер,доброе утро,спасибо,"
        "большое спасибо",
        names=("английский,по-английски", "французский,по-французски", "испанский,по-испански"),
    ),
    "uk": ForeignLanguage(
        nearest=_ENGLISH_FIRST,
        we_speak="Ми розмовляємо англійською, французькою та іспанською. Ваше повідомлення збережено.",
        choose="Це повідомлення теж збережено. Оберіть мову або зверніться до працівника.",
        person="Зв’язок із людиною",
        person_words="людиною людину людина оператором оператора оператор працівником працівника",
        courtesies="привіт,вітаю,добрий день,доброго дня,добрий вечір,доброго ранку,дякую,щиро дякую",
        names=("англійська,англійською", "французька,французькою", "іспанська,іспанською"),
    ),
    "ar": ForeignLanguage(
        nearest=("fr", "en", "es"),
        we_speak="نتحدث الفرنسية والإنجليزية والإسبانية. لقد حفظنا رسالتك.",
        choose="حفظنا هذه الرسالة أيضًا. يُرجى اختيار لغة أو التحدث مع أحد موظفينا.",
        person="التحدث مع موظف",
        person_words="موظف شخص إنسان",
        courtesies="مرحبا,مرحباً,أهلا,اهلا,السلام عليكم,صباح الخير,مساء الخير,شكرا,شكراً,شكرا جزيلا",
        names=("الإنجليزية,انجليزي,بالإنجليزية", "الفرنسية,فرنسي,بالفرنسية", "الإسبانية,اسباني,بالإسبانية"),
    ),
    "zh": ForeignLanguage(
        nearest=_ENGLISH_FIRST,
        we_speak="我们可以用英语、法语和西班牙语为您服务。您的留言已保存。",
        choose="这条留言也已保存。请选择一种语言，或转接人工客服。",
        person="人工客服",
        person_words="人工 人工客服 转人工 轉人工 真人",
        courtesies="你好,您好,早上好,下午好,晚上好,在吗,在嗎,谢谢,謝謝,多谢",
        names=("英语,英文", "法语,法文", "西班牙语,西班牙文"),
    ),
}
