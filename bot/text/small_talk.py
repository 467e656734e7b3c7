"""Recognises small talk: “thanks”, “parfait, merci beaucoup”, 👍, a sticker, hello. In three languages.

A text that might ask for something isn't small talk: it must consist of polite words only.
"""

import re

from bot.messages.inbound import Inbound, MessageKind
from bot.text.choice_matching import FuzzyIndex
from bot.text.normalise import SHORT_TEXT, consists_of, fold, split_phrases, squeeze_repeats, tokens

_THANKS = """
thanks,thank you,thank u,thankyou,thx,thnx,tks,ty,tysm,cheers,many thanks,thanks a lot,thanks so much,a lot,
thank you so much,thank you very much,so much,very much,much appreciated,appreciated,i appreciate it,merci,
mrc,grand merci,un grand merci,mille mercis,mille fois,merci bien,beaucoup,infiniment,bcp,je vous remercie,
je te remercie,merci a vous,merci a toi,merci d avance,gracias,muchas gracias,muchisimas gracias,
mil gracias,grax,se lo agradezco,te lo agradezco,le agradezco,se agradece,muy agradecido,muy agradecida
"""
_PLEASED = """
ok,okay,oki,okey,k,kk,all right,alright,fine,good,great,perfect,excellent,awesome,brilliant,lovely,
wonderful,super,nice,cool,amazing,noted,understood,got it,sounds good,will do,no problem,no worries,
very good,that s great,that s perfect,all good,it works,it works now,works now,it s working,
it s working now,working now,that works,that worked,it worked,that fixed it,fixed,it is fixed,it s fixed,
solved,problem solved,it is solved,it s solved,parfait,c est parfait,genial,top,nickel,impec,impeccable,
formidable,excellent,bien,tres bien,c est bien,c est tres bien,d accord,dac,dacc,entendu,c est note,
bien note,bien recu,recu,ca marche,ca marche maintenant,ca fonctionne,ca fonctionne maintenant,c est bon,
tout est bon,c est regle,probleme regle,regle,c est resolu,resolu,probleme resolu,pas de souci,
pas de soucis,pas de probleme,aucun souci,ca roule,oui merci,super merci,perfecto,estupendo,fenomenal,
excelente,vale,de acuerdo,entendido,recibido,muy bien,esta bien,todo bien,bien,ya funciona,funciona,
ahora funciona,ya esta,resuelto,solucionado,problema resuelto,arreglado,ya quedo,listo,sin problema,
no hay problema,buenisimo,maravilloso,no thanks,no thank you,that s all,nothing else,non merci,c est tout,
rien d autre,no gracias,eso es todo,nada mas
"""
_FILLER = """
for your help,for the help,for your time,for your answer,for your reply,for your quick reply,for everything,
for the quick reply,for the quick answer,for your support,to you,to you all,everyone,team,again,indeed,now,
yes,yep,and,very,have a nice day,have a good day,have a great day,good day,good evening,bye,goodbye,see you,
best regards,kind regards,regards,you too,you are the best,you re the best,sir,madam,mate,guys,
pour votre aide,pour l aide,pour ton aide,pour tout,pour votre reponse,pour la reponse,pour votre rapidite,
pour votre retour,pour le retour,pour votre reactivite,a vous,a toi,a tous,encore,vraiment,et,tres,oui,
ouais,bonne journee,bonne soiree,bon week end,bon weekend,a bientot,au revoir,cordialement,bien a vous,
de meme,a vous aussi,vous aussi,l equipe,toute l equipe,c est gentil,c est tres gentil,monsieur,madame,
por su ayuda,por tu ayuda,por la ayuda,por todo,por su respuesta,por la respuesta,por su tiempo,
por su atencion,por responder,a usted,a ustedes,a ti,a todos,de verdad,y,muy,si,que tenga un buen dia,
buen dia,que tengan buen dia,hasta luego,adios,chao,saludos,un saludo,igualmente,equipo,muy amable,
muy amables,senor,senora
"""
_HELLO = """
hello,hi,hey,hiya,hello there,hi there,good morning,good afternoon,good evening,morning,evening,howdy,
how are you,greetings,dear team,team,everyone,all,again,sir,madam,bonjour,bjr,bonsoir,bsr,salut,slt,coucou,
cc,allo,re,rebonjour,bonjour a tous,bonne journee,a tous,monsieur,madame,comment allez vous,ca va,l equipe,
toute l equipe,anyone there,anybody there,is anyone there,is anybody there,are you there,someone there,
y a quelqu un,il y a quelqu un,y a t il quelqu un,y a qqn,vous etes la,hay alguien,hay alguien ahi,
estan ahi,esta ahi,siguen ahi,sigue ahi,
hola,ola,buenas,buenos dias,buenas tardes,buenas noches,buen dia,muy buenas,que tal,
como esta,como estan,saludos,equipo,senores,a todos,otra vez,de nuevo,y,et,and
"""
_FOR_HELP = """
help,help me,i need help,need help,i need some help,i need your help,can you help,can you help me,could you help me,
please help,please help me,i have a question,i have a problem,i have an issue,a question,a problem,please,pls,
aide,aidez moi,a l aide,au secours,j ai besoin d aide,besoin d aide,j ai besoin de votre aide,pouvez vous m aider,
vous pouvez m aider,j ai une question,j ai un probleme,j ai un souci,une question,un probleme,un souci,svp,stp,
s il vous plait,s il te plait,ayuda,ayudenme,ayudeme,necesito ayuda,necesito su ayuda,necesito de su ayuda,socorro,
me puede ayudar,me pueden ayudar,puede ayudarme,pueden ayudarme,tengo una pregunta,tengo una consulta,tengo una duda,
tengo un problema,una pregunta,una consulta,una duda,un problema,por favor,estimados,estimado,estimada,test,prueba
"""
_HAPPY_EMOJI = re.compile("[👍👌🙏😊🙂😀😃😄😁☺❤♥💙💚💛🧡💜🎉✅✔👏🤝😉😍🥰💪🙌🫶🤗✌💯⭐🌟😇🤩]")
_PUNCTUATION = re.compile(r"[\s.,;:!¡…~_()\-–—'’\"*^]|[:;=]-?[)DpP]+|<3")
_TYPO_MIN_LENGTH = 5  # letters


def _phrases(*tables: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tokens(phrase) for table in tables for phrase in split_phrases(table))


_GRATEFUL = _phrases(_THANKS, _FILLER)
_COURTEOUS = _phrases(_THANKS, _PLEASED, _FILLER, _HELLO)
_CORE = _phrases(_THANKS, _PLEASED)
_BEFORE_A_NAME = _phrases(_THANKS, "ok,super,parfait")
_VOCABULARY = frozenset(word for phrase in _COURTEOUS for word in phrase)
_YES = _phrases(
    "yes,yeah,yep,oui,ouais,si,claro,it is,c est bien ca,asi es,"
    "yes please,yes thanks,yes thank you,yes i would,oui volontiers,oui svp,oui s’il vous plaît,oui merci,"
    "si por favor,si gracias"
)
_HELLOS = _phrases(_HELLO)
_HELP_REQUESTS = _phrases(_HELLO, _FOR_HELP)
_FIRST_WORDS = frozenset(phrase[0] for phrase in _COURTEOUS | _HELP_REQUESTS)
_MISSPELT = FuzzyIndex(
    (word, word)
    for word in split_phrases("thanks,thank,merci,gracias,perfect,parfait,perfecto,beaucoup,muchas")
)


def is_courtesy(inbound: Inbound, *, is_awaited: bool = False) -> bool:
    """Whether the message only thanks, agrees or smiles.

    `is_awaited`: we asked them something, so “ok” and “it works” are answers, and only thanks are courtesy.
    """
    if inbound.kind in (MessageKind.STICKER, MessageKind.REACTION):
        return True
    if inbound.attachments or inbound.kind is not MessageKind.TEXT:
        return False
    return is_thanks(inbound.text, _GRATEFUL if is_awaited else _COURTEOUS)


def is_thanks(text: str, known: frozenset[tuple[str, ...]] = _COURTEOUS) -> bool:
    """Whether the text consists only of polite words or happy emoji."""
    if len(text) > 3 * SHORT_TEXT or "?" in text or "¿" in text:
        return False
    words = _corrected(text)
    if not words:
        return bool(text.strip()) and not _other_symbols(text)
    is_courteous = _has_core(words) and consists_of(_without_name(words, text), known)
    return is_courteous and not is_hello(text) and not _other_symbols(text)


def has_no_content(text: str) -> bool:
    """Whether the text says nothing specific: empty, a hello, a bare call for help, thanks, only symbols."""
    words = tokens(squeeze_repeats(fold(text)))
    if not words:
        return True
    is_likely = words[0] in _FIRST_WORDS or _fix_spelling(words[0]) in _FIRST_WORDS
    return is_likely and (is_hello(text) or is_thanks(text) or _only_asks_for_help(text))


def _only_asks_for_help(text: str) -> bool:
    """“Hello, I need help please”: they still have to say what it is about."""
    return len(text) <= SHORT_TEXT and consists_of(tokens(text), _HELP_REQUESTS)


def is_yes(text: str) -> bool:
    """Whether the text agrees and says nothing else."""
    return consists_of(tokens(text), _YES)


def is_hello(text: str) -> bool:
    """Whether the text is only a greeting."""
    if len(text) > SHORT_TEXT:
        return False
    return consists_of(tokens(text), _HELLOS) or consists_of(tokens(squeeze_repeats(fold(text))), _HELLOS)


def _corrected(text: str) -> tuple[str, ...]:
    return tuple(map(_fix_spelling, tokens(squeeze_repeats(fold(text)))))


def _fix_spelling(word: str) -> str:
    if len(word) < _TYPO_MIN_LENGTH or word in _VOCABULARY:
        return word
    return _MISSPELT.near(word) or word


def _has_core(words: tuple[str, ...]) -> bool:
    return any(words[at : at + size] in _CORE for size in (1, 2, 3, 4, 5) for at in range(len(words)))


def _without_name(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    """“Thanks Ana”: a capitalised name at the very end is part of the thanks."""
    last = re.findall(r"\w+", text)[-1:]
    is_name = len(words) in (2, 3, 4) and last and last[0].istitle() and (words[-1],) not in _COURTEOUS
    return words[:-1] if is_name and consists_of(words[:-1], _BEFORE_A_NAME) else words


def _other_symbols(text: str) -> str:
    """What is neither a word, punctuation nor a happy emoji: a 😡 changes the meaning of “thanks”."""
    return re.sub(r"\w", "", _PUNCTUATION.sub("", _HAPPY_EMOJI.sub("", fold(text))))


_WHEN = """
when will i get an answer,when will i get a reply,when will i hear from you,when will you answer,
when will you reply,when will someone answer,when will somebody answer,when do i get an answer,
when can i expect an answer,when can i expect a reply,how long will it take,how long does it take,
how long do i have to wait,how much longer,still waiting,i am still waiting,i m still waiting,
i am waiting,i m waiting,why is nobody answering,nobody answers,no answer,
quand aurai je une reponse,quand aurais je une reponse,j aurai une reponse quand,quand allez vous repondre,
quand allez vous me repondre,quand est ce que vous repondez,quand serai je contacte,vous repondez quand,
combien de temps ca prend,ca prend combien de temps,combien de temps faut il attendre,c est long,
j attends,j attends toujours,toujours pas de reponse,personne ne repond,pas de reponse,
cuando me contestan,cuando me responden,cuando tendre respuesta,cuando tendre una respuesta,
cuando me van a contestar,cuando me van a responder,cuando responden,cuanto tarda,cuanto tardan,
cuanto tiempo tarda,cuanto hay que esperar,sigo esperando,estoy esperando,nadie contesta,nadie responde,
nadie me contesta,nadie me responde,sin respuesta
"""
_ASKED = frozenset(map(tokens, split_phrases(_WHEN)))


def asks_when(text: str) -> bool:
    """Whether the text only asks when somebody will answer, or complains that nobody does."""
    return len(text) <= SHORT_TEXT and tokens(text) in _ASKED


def asks_if_anyone_is_there(text: str) -> bool:
    """Whether the text only asks if anybody is there."""
    return "?" in text and is_hello(text)
