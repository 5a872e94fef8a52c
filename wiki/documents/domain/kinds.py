"""The kinds of document, and what a document can be for its space."""

from enum import StrEnum


class Kind(StrEnum):
    """What a document is; the engine treats all alike."""

    PAGE = "page"
    FORM_TEMPLATE = "form_template"
    ASSESSMENT = "assessment"
    MINUTES = "minutes"
    PROPOSAL = "proposal"


class Purpose(StrEnum):
    """What a document is for its space; one of each in a space."""

    FRONT = "front"
    MANDATE = "mandate"
    MEETING_TEMPLATE = "meeting_template"
    YEAR_WHEEL = "year_wheel"
