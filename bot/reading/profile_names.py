"""The name on a channel's profile, where it may be a person's: it's offered in the summary instead of asked."""

import re
from functools import lru_cache

_DECORATION = re.compile(r"[^\w\s.'’&@/()-]+|\ufe0f")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_MAX_WORDS, _MAX_LENGTH = 4, 50


@lru_cache(256)
def usable_name(profile_name: str) -> str:
    """The name without emoji; "" if it's a handle, an address, a company or no name at all."""
    bare = " ".join(_DECORATION.sub(" ", profile_name).split())
    words = bare.split()
    is_short = 0 < len(words) <= _MAX_WORDS and len(bare) <= _MAX_LENGTH
    is_name = is_short and all(_WORD.fullmatch(word) for word in words) and len(words[0]) > 1
    return bare if is_name else ""
