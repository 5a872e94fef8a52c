"""What happens to documents."""

from dataclasses import dataclass
from typing import ClassVar

from wiki.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentEvent(Event):
    """Something happened to a document; ``title`` is that of the head."""

    thing_type: ClassVar[str] = "document"


class DocumentCreated(DocumentEvent):
    """A document was written for the first time."""


class DocumentEdited(DocumentEvent):
    """A new revision became the head."""


class DocumentPublished(DocumentEvent):
    """Readers see the head from now on."""


class DocumentWithdrawn(DocumentEvent):
    """Readers no longer see the document; it is a draft again."""


class DocumentMoved(DocumentEvent):
    """The document stands elsewhere; ``affected`` are those below it."""


class DocumentTrashed(DocumentEvent):
    """The document is in the trash; ``affected`` are those below it."""


class DocumentUntrashed(DocumentEvent):
    """The document came back from the trash; ``affected`` are those below it."""


class AudienceChanged(DocumentEvent):
    """Others may read the document than before; ``affected`` are those below that inherit."""


class DocumentDescribed(DocumentEvent):
    """Language, owner, review date or tags were set."""
