"""Recognises requests to continue in the other app, in three languages."""

from bot.text.normalise import consists_of, fold, is_near, split_phrases, tokens

SWITCHABLE_CHANNELS = {"whatsapp": "WhatsApp", "telegram": "Telegram"}
"""The channels people can switch to, by the names they use."""

_NAMES = {"whatsapp": "whatsapp,whats app,watsapp,whatsap,wa", "telegram": "telegram,telegramm,telegrama,tg"}
_REQUESTS = (
    "continue,carry on,go on,move,switch,change,talk,write,chat,reach you,prefer,rather,instead,better,use,"
    "continuer,continuons,poursuivre,poursuivons,passer,passons,basculer,changer,parler,ecrire,prefere,"
    "prefererais,plutot,mieux,utiliser,vous joindre,"
    "continuar,continuemos,seguir,sigamos,pasar,pasemos,cambiar,cambiemos,mover,hablar,escribir,prefiero,"
    "preferiria,mejor,usar"
)
_FILLER = (
    "on,in,to,over,over to,via,by,with,this,it,we,us,our,you,conversation,talking,chatting,writing,let s,can we,"
    "could we,shall we,i,i d,i would,like to,love to,want to,please,pls,could i,can i,may i,hi,hello,ok,thanks,"
    "sur,par,vers,la,le,cette,je,j,nous,on,vous,avec,veux,voudrais,aimerais,souhaite,peut,peux,pouvons,pourrait,"
    "peut on,puis je,est ce que,bonjour,merci,svp,stp,s il vous plait,s il te plait,"
    "en,por,a,al,el,con,me,quiero,quisiera,querria,gustaria,podemos,puedo,podria,podriamos,por favor,hola,gracias"
)

_CHANNELS = {tokens(name): channel for channel, names in _NAMES.items() for name in split_phrases(names)}
_REQUEST_PHRASES = frozenset(map(tokens, split_phrases(_REQUESTS)))
_ALLOWED = _REQUEST_PHRASES | frozenset(map(tokens, split_phrases(_FILLER))) | frozenset(_CHANNELS)
_SURE_WORDS = frozenset(word for phrase in _REQUEST_PHRASES for word in phrase) - {"to", "on", "you", "vous"}


def channel_named(name: str) -> str:
    """The channel with that name, allowing one typo, or ""."""
    name = fold(name)
    exact = _CHANNELS.get((name,), "")
    return exact or next((channel for channel in SWITCHABLE_CHANNELS if is_near(channel, name)), "")


def channel_wanted(words: tuple[str, ...]) -> str:
    """The channel that the text asks for; "" if it says anything else, or names two."""
    if not consists_of(words, _ALLOWED):
        return ""
    named = {channel for name, channel in _CHANNELS.items() if _contains(words, name)}
    return named.pop() if len(named) == 1 else ""


def is_only_channel_name(text: str) -> bool:
    """Whether the text only names the channel (“on Telegram”), which may also answer a question."""
    return not _SURE_WORDS.intersection(tokens(text))


def _contains(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words)))
