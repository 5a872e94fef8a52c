"""Password hashes: argon2id with the parameters that OWASP's password storage cheat sheet names (19 MiB, 2, 1)."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wiki.identity.domain import MAX_PASSWORD, normalise_password

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """The form in which a password is kept. Takes some 60 ms on purpose: call it outside a unit of work."""
    return _hasher.hash(normalise_password(password))


def verify_password(kept: str | None, password: str) -> bool:
    """Whether the password is the kept one. Without a kept one it takes the same time and says no."""
    plain = normalise_password(password)[:MAX_PASSWORD]
    try:
        _hasher.verify(kept or _nobodys(), plain)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def needs_rehash(kept: str) -> bool:
    """Whether a hash was made with other parameters than those of today."""
    return _hasher.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash("a password that nobody has, to compare with when there is no person")
