"""GET /sok: the result page. Anonymous people search what is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from wiki.search.contracts import Facets, FacetValue, Hit, Query, SearchPage
from wiki.search.labels import kind_label
from wiki.web.auth import current_actor, public
from wiki.web.language import LANGUAGE_NAMES
from wiki.web.templating import page_address

PER_PAGE = 20
LAST_PAGE = 5000
# Name of the facet -> its name in the address.
ARGUMENTS = {"kind": "type", "space": "rom", "municipality": "kommune", "language": "sprak"}

EACH = "hver"  # in the address: show nearly identical texts one by one

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True)
class Choice:
    """A value of a facet with the address that chooses it, or lets it go when it is chosen."""

    label: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True)
class Pager:
    """Where one is among the hits, and the addresses of the pages beside it."""

    text: str
    previous_url: str | None
    next_url: str | None


@blueprint.get("/sok")
@public
def results() -> ResponseReturnValue:
    """Show what the reader may read of what matches."""
    number = _page_number()
    query = Query(
        text=request.args.get("q", "").strip(),
        kind=request.args.get(ARGUMENTS["kind"], ""),
        space=request.args.get(ARGUMENTS["space"], ""),
        municipality=request.args.get(ARGUMENTS["municipality"], ""),
        language=request.args.get(ARGUMENTS["language"], ""),
        grouped=not request.args.get(EACH),
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    page = current_app.extensions["search"].service.search(current_actor(), query)
    explain = bool(request.args.get("forklar")) and current_actor().is_admin
    chosen = {ARGUMENTS[name]: getattr(query, name) for name in ARGUMENTS if getattr(query, name)}
    return render_template(
        "search/results.html",
        query=query,
        page=page,
        hits=[_shown(hit, explain) for hit in page.hits],
        facets=_facet_groups(page.facets, query),
        chosen=chosen,
        without_facets=page_address(side=None, **dict.fromkeys(ARGUMENTS.values())),
        corrected=page_address(q=page.suggestion, side=None) if page.suggestion else None,
        together=_together(page, query),
        pager=_pager(page, number),
    )


def _page_number() -> int:
    """The number in the address; whatever else stands there is the first page."""
    raw = request.args.get("side", "1")
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 6 else 1
    return min(max(number, 1), LAST_PAGE)


def _shown(hit: Hit, explain: bool) -> dict[str, Any]:
    """The hit as the `result` macro takes it. What it marks is escaped already (see highlight.py)."""
    return {
        "title": Markup(hit.title_html),  # noqa: S704
        "url": hit.url,
        "snippet": Markup(hit.snippet),  # noqa: S704
        "kind": hit.kind,
        "kind_word": kind_label(hit.kind),
        "status": "draft",
        "status_word": None if hit.published else _("Kladd"),
        "space": hit.space_name if hit.source != "space" else "",
        "municipality": hit.municipality_name,
        "changed": hit.updated_at,
        "language": hit.language,
        "why": _why(hit) if explain else "",
        "similar": [{"title": other.title, "url": other.url, "space": other.space_name} for other in hit.similar],
    }


def _why(hit: Hit) -> str:
    """The score and what gave it: the words of the query, times how much of the query is there and what is favoured."""
    given = sum(score for _name, score in hit.reasons)
    parts = " + ".join(f"{name} {score:.2f}" for name, score in hit.reasons)
    factor = f" × {hit.score / given:.2f}" if given else ""
    return _("Poeng %(score)s: %(parts)s", score=f"{hit.score:.2f}", parts=f"({parts}){factor}" if parts else "–")


def _together(page: SearchPage, query: Query) -> tuple[str, str] | None:
    """The words and the address of the other way to show nearly identical texts; None when there are none."""
    if not query.grouped:
        return _("Samle tekster som er nesten like"), page_address(side=None, **{EACH: None})
    if page.rows < page.total:
        return _("Vis hver for seg tekster som er nesten like"), page_address(side=None, **{EACH: "1"})
    return None


def _facet_groups(facets: Facets, query: Query) -> list[tuple[str, list[Choice]]]:
    groups: Mapping[str, tuple[str, Sequence[FacetValue]]] = {
        "kind": (_("Type"), facets.kind),
        "space": (_("Rom"), facets.space),
        "municipality": (_("Kommune"), facets.municipality),
        "language": (_("Språk"), facets.language),
    }
    choices = [(title, _choices(name, values, getattr(query, name))) for name, (title, values) in groups.items()]
    return [(title, group) for title, group in choices if len(group) > 1 or any(choice.current for choice in group)]


def _choices(name: str, values: Sequence[FacetValue], chosen: str) -> list[Choice]:
    argument = ARGUMENTS[name]

    def choice(value: FacetValue) -> Choice:
        is_chosen = value.value == chosen
        url = page_address(side=None, **{argument: None if is_chosen else value.value})
        return Choice(_label(name, value), url, value.count, is_chosen)

    return [choice(value) for value in values]


def _label(name: str, value: FacetValue) -> str:
    if name == "kind":
        return kind_label(value.value)
    if name == "language":
        return LANGUAGE_NAMES.get(value.value, value.value)
    return value.label


def _pager(page: SearchPage, number: int) -> Pager:
    first = (number - 1) * PER_PAGE + 1
    last = first + len(page.hits) - 1
    text = _("%(first)s–%(last)s av %(total)s", first=first, last=last, total=page.rows)
    return Pager(
        text=text,
        previous_url=page_address(side=number - 1 if number > 2 else None) if number > 1 else None,
        next_url=page_address(side=number + 1) if last < page.rows and page.hits else None,
    )
