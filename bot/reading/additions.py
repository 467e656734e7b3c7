"""Finds what a customer asks us to add: “add that it's only the Cork branch”, “rajoutez aussi que …”."""

import re
from functools import lru_cache

_VERB = (
    r"(?:add|note|mention|include|put(?: in)?|write(?: in)?|say|"
    r"r?ajout(?:e|ez|er)|not(?:e|ez|er)|pr[ée]cis(?:e|ez|er)|mentionn(?:e|ez|er)|indiqu(?:e|ez|er)|"
    r"met(?:s|tez|tre)|dites|[ée]cri(?:s|vez|re)|"
    r"a[ñn]ad(?:e|a|an|ir|ele|ale|eme|ame)|a[ñn][áa]d(?:eme|ame|ele|ale|elo|alo)|agreg(?:a|ue|uen|ar|ale|uele|alo)|"
    r"agr[ée]g(?:ale|uele|uelo)|p[oó]n(?:ga|gan|ganle|gale|gales|le|les)?|anot(?:a|e|en|ar|ale|ele)|"
    r"mencion(?:a|e|en|ar)|incluy(?:a|e|an)|indiqu(?:e|en)|diga)"
)
_BETWEEN = (
    r"(?:\s+(?:also|too|as well|in|there|down|aussi|juste|y|bien|también|tambien|además|ademas|ahí|allí|"
    r"please|svp|por favor))*"
)
_SINCE_WHEN = re.compile(
    rf"(?P<lead>(?:^|[,.;:!?…\n]|\s(?:and|then|et|puis|pis|y|e))\s*"
    rf"(?:(?:please|pls|also|can you|could you|you can|svp|aussi|pouvez-vous|vous pouvez|tu peux|faut|il faudrait|"
    rf"por favor|también|tambien|puede|puedes|pueden|podría|podrías)\s+)*)"
    rf"{_VERB}{_BETWEEN}\s+(?:that|que|qu[’'])\s*(?P<fact>[^\n]+?)"
    rf"(?=\s*$|\n|[.;!?…]\s|[.;!?…]$|,\s+(?:and|et|pis|puis|y|pero|but|mais)\s)",
    re.IGNORECASE,
)


@lru_cache(32)
def find_additions(text: str) -> tuple[tuple[str, ...], str]:
    """What the text asks us to add, and the rest of the text."""
    facts = tuple(match["fact"].strip(" ,") for match in _SINCE_WHEN.finditer(text[:2000]))
    rest = _SINCE_WHEN.sub(" ", text[:2000]).strip(" ,.;") if facts else text
    return facts, rest
