"""Named failures of the document engine."""

from wiki.core.errors import Conflict, Invalid
from wiki.documents.domain.merge import Merged


class EditConflict(Conflict):
    """Two people changed the same block. Both texts are kept: theirs as the head, mine as a draft.

    Attributes:
        head_id: the revision that mine has to be joined with.
        merged: the joined text with the blocks that need a choice.
        titles: the title of the base, mine and theirs.
    """

    message = "Noen andre har endret det samme avsnittet. Begge tekstene er tatt vare på."

    def __init__(self, head_id: int, merged: Merged, titles: tuple[str, str, str]) -> None:
        super().__init__()
        self.head_id = head_id
        self.merged = merged
        self.titles = titles


class WrongBase(Invalid):
    """The text was written from a revision of another document."""

    message = "Vi kjenner ikke versjonen du skrev ut fra. Last siden på nytt; teksten din står i skjemaet."


class WrongPlace(Invalid):
    """A document was to be placed under itself, or in another space than its parent."""

    message = "Siden kan ikke stå der. Velg et annet sted."
