"""The phrases of an introduction: before a name, before a company, between the two, and after a name."""

from collections.abc import Iterable

from bot.reading.people.word_spans import phrase_table
from bot.text.normalise import split_phrases


def _each(*choices: str) -> list[str]:
    """Every phrase that takes one of each choice in turn; an empty choice may be left out."""
    phrases = [""]
    for choice in choices:
        phrases = [f"{phrase} {part}".strip() for phrase in phrases for part in choice.split(",")]
    return phrases


def _with_and(phrases: Iterable[str]) -> list[str]:
    return [f"{link} {phrase}".strip() for phrase in phrases for link in ("", "and", "et", "y")]


NAME_CUES = phrase_table(
    split_phrases(
        "my name is,my name s,my names,my full name is,my first name is,the name s,name s,names,i m called,"
        "i am called,you can call me,call me,my name,you re speaking to,you are speaking to,"
        "you re speaking with,je m appelle,je mappelle,jmappelle,j m appelle,je me nomme,je me prenomme,"
        "mon nom est,mon nom c est,mon prenom est,mon prenom c est,moi c est,moi cest,moi c,appelez moi,"
        "je me presente,me llamo,mellamo,mi nombre es,mi nombre completo es,mi nonbre es,yo me llamo,"
        "le habla,les habla,te habla,le saluda,les saluda,te saluda,le escribe,les escribe,te escribe,"
        "al habla,habla,habla con,escribe,me presento soy,me presento,a sus ordenes,mi nombre"
    )
)
"""After these a name follows, and hardly anything else."""
IS_MY_NAME = phrase_table(
    split_phrases(
        "is my name,s my name,is the name,s the name,that s my name,that s the name,that s me,c est mon nom,"
        "est mon nom,c est mon prenom,c est moi,es mi nombre,ese es mi nombre,asi me llamo,me llamo yo"
    )
)
"""Before these a name stands."""
SELF_CUES = phrase_table(
    split_phrases("i am,i m,im,je suis,j suis,jsuis,chuis,soy,yo soy,aqui,aca,ici,this is,this s,ici c est")
)
LOOSE_CUES = phrase_table(
    split_phrases("it s,its,it is,c,c est,cest,es,here is,here s,c est toujours,it s me,c est moi")
)
"""After these almost anything may follow, so the name must be plain."""
_BEHALF = (
    "on behalf of,de la part de,pour le compte de,au nom de,de parte de,por parte de,en nombre de,a nombre de"
)
_WORKING_FOR = [
    *_each("i work", "for,at,with"),
    *_each("i m,i am,im", "with,from,at"),
    *_each(",i m,im,i am,we re,we are", "calling,writing,messaging,texting", "from,on behalf of"),
    *_each("we are,we re", "from"),
    *_each("je travaille,je bosse", "chez,pour,a,au"),
    *_each("nous travaillons,on travaille", "chez,pour"),
    *_each("je suis", "chez,de,de chez,du"),
    *_each(
        "je vous,je t", "appelle,ecris,contacte", "de,du,de chez,de la part de,pour le compte de,au nom de"
    ),
    *_each("j ecris,j appelle", "pour,de chez,de la part de,pour le compte de,au nom de"),
    *_each("calling,writing", "for"),
    *_each("trabajo", "en,para,con"),
    *_each("soy,somos", "de,del"),
    *_each(
        ",le,les,te",
        "llamo,escribo,hablo,contacto,llamamos,escribimos,hablamos",
        "de,del,desde,de parte de,por parte de,en nombre de",
    ),
    *_each("llamando,hablando,escribiendo", "de,desde,de parte de"),
    *split_phrases(_BEHALF),
]
COMPANY_CUES = phrase_table(
    [
        *_WORKING_FOR,
        *split_phrases(
            "i represent,my company is,our company is,the company is,my business is,we are,we re,"
            "we re called,we are called,nous sommes,on est,notre societe est,notre societe c est,"
            "notre entreprise est,ma boite c est,la societe c est,mon entreprise c est,"
            "notre entreprise c est,ma societe c est,je represente,somos,mi empresa es,nuestra empresa es,"
            "la empresa es,la empresa se llama,mi negocio es,mi empresa se llama,represento a"
        ),
    ]
)
CONNECTORS = phrase_table(
    [
        *_with_and(_WORKING_FOR),
        *_each("here,over,again", "from,at"),
        *_each("calling,writing,speaking", "for,from"),
        *split_phrases(
            "from,at,with,w,of,for,who works at,working for,working at,from over at,this side from,company,"
            "chez,de chez,pour,et je travaille dans,travaillant chez,societe,entreprise,de,du,des,d,la de,"
            "el de,del,para,desde,en,con,empresa,representando a"
        ),
    ]
)
AFTER_A_NAME = phrase_table(
    split_phrases(
        "here,speaking,calling,otra vez,de nuevo,encore,encore moi,de nouveau,once more,this side,"
        "here again,again,a l appareil,au telephone,au bout du fil,al habla,por aqui,por aca,al telefono,"
        "al aparato"
    )
)
