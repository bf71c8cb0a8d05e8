"""Passwords: how they are kept, and which are too easy to guess."""

from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST = 12
LONGEST = 256
LEAST_SCORE = 3
# zxcvbn's time grows steeply with length.
JUDGED_LENGTH = 72

_hasher = PasswordHasher()
_common = frozenset(FREQUENCY_LISTS["passwords"])

# What a sign-in with an unknown name is checked against, so that it takes as long as one with a known name.
DUMMY_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$esLFyr675WdESQ3YV2Dyaw$Nbjw7VCAXxzhUPcu9EgQfI+6v94PTDalsf9qn0uKzoY"
)


def hash_password(password: str) -> str:
    """The Argon2id hash to store, with its parameters and salt."""
    return _hasher.hash(password)


def verify_password(stored: str, password: str) -> bool:
    """Whether the password is the one that was hashed; an unreadable hash fits no password."""
    try:
        return _hasher.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def password_problem(password: str, own_words: Iterable[str] = ()) -> str | None:
    """Why this password may not be used, None when it may; `own_words` are names of person and clinic."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters"
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters"
    if password.casefold() in _common:
        return "This is on the list of common passwords"
    judged = zxcvbn(password[:JUDGED_LENGTH], user_inputs=_words(own_words))
    if judged["score"] < LEAST_SCORE:
        return "This is too easy to guess: use three or four words that have nothing to do with each other"
    return None


def _words(own_words: Iterable[str]) -> list[str]:
    whole = [text for text in own_words if text]
    return whole + [part for text in whole for part in text.split() if len(part) > 2]
