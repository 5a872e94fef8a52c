"""The use cases of documents, the only writers of their tables. Actor first, one commit each."""

from wiki.documents.service.placing import move, step, trash, untrash
from wiki.documents.service.sharing import describe, refresh_space_audience, set_audience
from wiki.documents.service.writing import (
    Saved,
    create,
    discard_kept_draft,
    edit,
    publish,
    restore,
    withdraw,
)

__all__ = [
    "Saved",
    "create",
    "describe",
    "discard_kept_draft",
    "edit",
    "move",
    "publish",
    "refresh_space_audience",
    "restore",
    "set_audience",
    "step",
    "trash",
    "untrash",
    "withdraw",
]
