"""Secrets that nobody guesses, and the form in which they are kept."""

import re

from wiki.core.ids import hash_secret, new_secret


def test_a_secret_is_long_and_safe_in_an_address() -> None:
    secret = new_secret("fagrom_")
    assert re.fullmatch(r"fagrom_[A-Za-z0-9_-]{43}", secret)


def test_no_two_are_the_same() -> None:
    assert len({new_secret() for _ in range(1000)}) == 1000


def test_what_is_kept_says_nothing_of_the_secret_and_is_always_the_same() -> None:
    secret = new_secret()
    assert hash_secret(secret) == hash_secret(secret)
    assert re.fullmatch(r"[0-9a-f]{64}", hash_secret(secret))
    assert secret not in hash_secret(secret)
    assert hash_secret(secret) != hash_secret(secret + "x")
