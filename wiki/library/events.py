"""What happens to form templates and to what is made from them."""

from dataclasses import dataclass

from wiki.documents.events import DocumentEvent


@dataclass(frozen=True, kw_only=True)
class TemplateReleased(DocumentEvent):
    """A template got a version; ``thing_id`` is the template's document."""

    version: str


@dataclass(frozen=True, kw_only=True)
class DocumentStarted(DocumentEvent):
    """A document was begun from a version of a template; ``thing_id`` is the new document."""

    template_id: int
    version: str
