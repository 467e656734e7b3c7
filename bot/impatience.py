"""“When will I get an answer?”, “hello??”: somebody wonders whether anyone is there. In three languages."""

from bot.text.normalise import SHORT, listed, tokens
from bot.text.small_talk import is_hello

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
_ASKED = frozenset(map(tokens, listed(_WHEN)))


def asks_when(text: str) -> bool:
    """Whether a text only asks when somebody will answer, or complains that nobody does."""
    return len(text) <= SHORT and tokens(text) in _ASKED


def calls_out(text: str) -> bool:
    """Whether a text only asks whether anybody is there."""
    return "?" in text and is_hello(text)
