"""The state of a document and the fingerprint of its content."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where a document is between writing and reading."""

    DRAFT = "draft"  # never published
    PUBLISHED = "published"  # readers see what editors see
    CHANGED = "changed"  # published, and changed since


def state_of(head_hash: str, published_hash: str | None) -> State:
    """The state, from the content hashes of the head and of the published revision (None: never).

    The hashes decide, not the revision numbers: a change that was taken back is no change.
    """
    if published_hash is None:
        return State.DRAFT
    return State.PUBLISHED if head_hash == published_hash else State.CHANGED


def content_hash(title: str, body: str, data: Mapping[str, Any]) -> str:
    """The SHA-256 (64 hex digits) of what a revision says; the order of keys in `data` is no matter."""
    canonical = json.dumps([title, body, data], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
