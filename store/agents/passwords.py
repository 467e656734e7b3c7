"""Hashes, compares and checks passwords. Stores nothing."""

import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

MIN_LENGTH, MAX_LENGTH = 12, 256  # characters
_FEWEST_DIFFERENT = 5

# The most common ones of twelve or more characters in published lists of leaked passwords; shorter ones are
# too short anyway.
_COMMON = """
    123456789012 1234567890123 12345678901234 123456123456 123412341234 123123123123 1q2w3e4r5t6y 1qaz2wsx3edc
    qwertyuiop123 qwerty123456 qwertyuiop[] qwertyuiopas asdfghjkl123 azertyuiop12 azertyuiop123 zxcvbnm12345
    password1234 password12345 password123456 passwordpassword motdepasse12 motdepasse123 contrasena123
    contraseña123 administrator administrateur administrador letmeinplease iloveyou1234 iloveyouforever
    welcome12345 bienvenue123 bienvenido12 changeme1234 abcdefghijkl abcdefghijklm abcd12345678 unbelievable
    manchesterunited liverpoolfc1 realmadrid12 barcelona123 correcthorsebatterystaple trustno1trustno1
""".split()  # noqa: SIM905 - words read better than a hundred quotes


class Passwords:
    """Argon2id, tuned to about a tenth of a second on one small core and 32 MiB."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=5, memory_cost=32 * 1024, parallelism=1)

    def hash(self, password: str) -> str:
        """The hash to store, with a new salt each time."""
        return self._hasher.hash(_normal(password))

    def verify(self, kept_hash: str, password: str) -> bool:
        """Whether the password is right. Takes as long when there's no hash to compare with."""
        decoy = self._decoy
        try:
            self._hasher.verify(kept_hash or decoy, _normal(password[:MAX_LENGTH]))
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
        return bool(kept_hash)

    @cached_property
    def _decoy(self) -> str:
        return self._hasher.hash("nobody has this one")


def is_too_weak(password: str, *, known: tuple[str, ...] = ()) -> bool:
    """Whether it's easy to guess: common, repetitive, or containing a `known` word."""
    bare = _normal(password).casefold()
    if bare in _COMMON or len(set(bare)) < _FEWEST_DIFFERENT:
        return True
    return any(len(word) > 3 and word.casefold() in bare for word in (*known, "guichet"))


def _normal(password: str) -> str:
    """The same characters whatever keyboard typed them."""
    return unicodedata.normalize("NFKC", password)
