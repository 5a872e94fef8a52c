"""The use cases of documents, the only writers of their tables. Actor first, one commit each."""

from wiki.documents.service.placing import move, step, trash, untrash
from wiki.documents.service.publishing import publish, withdraw
from wiki.documents.service.sharing import describe, follow_space, set_audience
from wiki.documents.service.writing import (
    Saved,
    create,
    discard_kept_draft,
    edit,
    restore,
    settle,
)

__all__ = [
    "Saved",
    "create",
    "describe",
    "discard_kept_draft",
    "edit",
    "move",
    "publish",
    "follow_space",
    "restore",
    "settle",
    "set_audience",
    "step",
    "trash",
    "untrash",
    "withdraw",
]
