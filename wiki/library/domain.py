"""Rules of form templates: which there are, what a document made from one becomes, how versions rise."""

import re
from dataclasses import dataclass
from enum import StrEnum

from wiki.documents.domain.audience import Ring

_VERSION = re.compile(r"([1-9]\d{0,3})\.(\d{1,4})")


class TemplateType(StrEnum):
    """What a form template is for. The order is the order of the library's page."""

    DPIA = "dpia"
    ROS = "ros"
    MANDATE = "mandate"
    MINUTES = "minutes"
    PROJECT_PROPOSAL = "project_proposal"


_KINDS = {
    TemplateType.DPIA: "assessment",
    TemplateType.ROS: "assessment",
    TemplateType.MANDATE: "page",
    TemplateType.MINUTES: "minutes",
    TemplateType.PROJECT_PROPOSAL: "proposal",
}


def document_kind(template_type: TemplateType) -> str:
    """The kind of the documents that are started from a template of this type."""
    return _KINDS[template_type]


@dataclass(frozen=True, order=True)
class Version:
    """A version of a template: major when the form asks for something else, minor when it asks better."""

    major: int
    minor: int

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Read «1.0».

        Raises:
            ValueError: it is not two whole numbers with a dot between, the first from 1.
        """
        match = _VERSION.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a version: {text!r}")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def next_minor(self) -> "Version":
        """The version of a better wording of the same form."""
        return Version(self.major, self.minor + 1)

    @property
    def next_major(self) -> "Version":
        """The version of a form that asks for something else."""
        return Version(self.major + 1, 0)


FIRST_VERSION = Version(1, 0)


def rises(version: Version, released: list[Version]) -> bool:
    """Whether a release may bear this version: it is above every one released before."""
    return all(version > earlier for earlier in released)


def started_title(template_title: str, title: str) -> str:
    """What a started document is called: what the person typed, else what the template is called."""
    return " ".join(title.split()) or template_title


# --- commands --------------------------------------------------------------------------------------------------------

MAX_SUMMARY = 500
MAX_NOTE = 300


@dataclass(frozen=True, kw_only=True)
class AddTemplate:
    """Write a form template and release it. ``family`` joins its language versions.

    ``ring`` None means readable as its parent or space.
    """

    space_id: int
    family: str
    type: TemplateType
    title: str
    body: str
    language: str
    summary: str = ""
    owner: str = ""
    version: Version = FIRST_VERSION
    note: str = ""
    parent_id: int | None = None
    ring: Ring | None = None


@dataclass(frozen=True, kw_only=True)
class StartFromTemplate:
    """Begin a document with the newest release of a template; without a title it is called as the template."""

    template_id: int
    space_id: int
    title: str = ""
    parent_id: int | None = None
    slug: str | None = None
