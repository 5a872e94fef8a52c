"""The texts that a new network and a new space start with: Markdown files with front matter in ``starter/``.

They belong to the network from the moment they are installed; what is changed there later is never
overwritten from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wiki.core.front_matter import split_front_matter
from wiki.library.domain import TemplateType, Version

STARTER = Path(__file__).resolve().parents[1] / "starter"
_SPACE_NAME = "{space_name}"
_DEFAULT_LANGUAGE = "nb"


@dataclass(frozen=True)
class StarterTemplate:
    """A form template as it is shipped."""

    type: TemplateType
    language: str
    title: str
    summary: str
    version: Version
    note: str
    owner: str
    body: str


@dataclass(frozen=True)
class StartingPage:
    """A page that a new space begins with; ``purpose`` None when it serves no particular one."""

    slug: str
    title: str
    purpose: str | None
    language: str
    body: str


@cache
def starter_templates() -> tuple[StarterTemplate, ...]:
    """Every shipped form template, in the order of the types, bokmål before nynorsk."""
    found = [_template(path) for path in STARTER.glob("*.md")]
    order = list(TemplateType)
    return tuple(sorted(found, key=lambda template: (order.index(template.type), template.language)))


def starting_content(kind: str, language: str, space_name: str) -> tuple[StartingPage, ...]:
    """The pages of a new space of that kind, in tree order; in bokmål where the language has none."""
    return tuple(
        StartingPage(
            slug=page.slug,
            title=page.title.replace(_SPACE_NAME, space_name),
            purpose=page.purpose,
            language=page.language,
            body=page.body.replace(_SPACE_NAME, space_name),
        )
        for page in _pages(kind, language) or _pages(kind, _DEFAULT_LANGUAGE)
    )


def _template(path: Path) -> StarterTemplate:
    head, body = split_front_matter(path.read_text(encoding="utf-8"))
    return StarterTemplate(
        type=TemplateType(head["type"]),
        language=head["language"],
        title=head["title"],
        summary=head["summary"],
        version=Version.parse(head["version"]),
        note=head["note"],
        owner=head["owner"],
        body=body,
    )


@cache
def _pages(kind: str, language: str) -> tuple[StartingPage, ...]:
    return tuple(_read_pages(STARTER / "spaces" / kind, language))


def _read_pages(folder: Path, language: str) -> Iterator[StartingPage]:
    for path in sorted(folder.glob(f"*.{language}.md")):
        head, body = split_front_matter(path.read_text(encoding="utf-8"))
        purpose = head["purpose"]
        yield StartingPage(
            slug=path.name.removesuffix(f".{language}.md").partition("-")[2],
            title=head["title"],
            purpose=None if purpose == "none" else purpose,
            language=head["language"],
            body=body,
        )
