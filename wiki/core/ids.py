"""Secrets that are shown once, and the form in which they are kept."""

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """A fresh unguessable secret of 256 bits, safe in an address."""
    return prefix + secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """The form in which a secret of :func:`new_secret` is stored.

    A plain hash is enough: the secret has 256 random bits, so there is nothing to guess.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
