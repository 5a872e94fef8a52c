"""The page of the log, and the log as a file for a spreadsheet."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.audit import queries
from wiki.audit.domain import PAGE, LogOf, Named, Selection, label_of, names_for
from wiki.audit.forms import SelectionForm
from wiki.audit.models import AuditEntry
from wiki.audit.policy import AuditAction
from wiki.core.authz import Actor, authorize, can
from wiki.core.clock import OSLO
from wiki.core.errors import Invalid
from wiki.web.api import int_argument
from wiki.web.auth import current_actor
from wiki.web.templating import page_address

blueprint = Blueprint("audit", __name__)

_LARGEST_ID = 10**11
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """An entry as it is read: `thing` and `space` are None when the reader may not know what they are."""

    at: datetime
    who: str
    acting_for: str
    what: Any
    thing: Named | None
    space: Named | None


def reads_some_log(actor: Actor, _thing: object = None) -> bool:
    """Whether the actor reads the log of at least one network, or all of it."""
    networks = queries.readable_networks(actor)
    return networks is None or any(can(actor, AuditAction.READ, LogOf(network)) for network in networks)


@blueprint.get("/hendelser")
def log() -> ResponseReturnValue:
    """Who did what, newest first."""
    actor = current_actor()
    form, selection = _selection(actor)
    found = queries.entries(actor, selection, PAGE + 1)
    lines = _lines(actor, found[:PAGE])
    older = page_address(**{"for": found[PAGE - 1].id}) if len(found) > PAGE else None
    newest = page_address(**{"for": None}) if selection.before is not None else None
    status = 422 if form.errors else 200
    return render_template("audit/log.html", form=form, lines=lines, older=older, newest=newest), status


@blueprint.get("/hendelser.csv")
def download() -> ResponseReturnValue:
    """The whole selection as CSV, separated as Norwegian spreadsheets want it."""
    actor = current_actor()
    form, selection = _selection(actor)
    if form.errors:
        raise Invalid(fields={name: " ".join(map(str, errors)) for name, errors in form.errors.items() if name})
    rows = stream_with_context(_csv(actor, selection))
    response = Response(rows, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="hendelser.csv"'
    return response


def _selection(actor: Actor) -> tuple[SelectionForm, Selection]:
    """The form of the page and what it selects; a form with errors selects everything the actor reads.

    Raises:
        Forbidden, Invalid: the actor reads no log; the place in the list is no number.
    """
    networks = queries.readable_networks(actor)
    if not networks:  # all of it, or nothing
        authorize(actor, AuditAction.READ, LogOf(None))
    form = SelectionForm(request.args).offer(_network_choices(actor, networks))
    before = int_argument("for", _LARGEST_ID, 1, _LARGEST_ID) if "for" in request.args else None
    return form, form.selection(before) if form.validate() else Selection(before=before)


def _network_choices(actor: Actor, networks: list[int] | None) -> list[tuple[str, str]]:
    """The networks to choose from as (id, name)."""
    ids = queries.logged_networks() if networks is None else networks
    names = names_for(actor, [("network", str(each)) for each in ids])
    return [(str(each), names[key].title if (key := ("network", str(each))) in names else str(each)) for each in ids]


def _lines(actor: Actor, found: Sequence[AuditEntry]) -> list[Line]:
    things = {(entry.thing_type, entry.thing_id) for entry in found}
    spaces = {("space", str(entry.space_id)) for entry in found if entry.space_id is not None}
    names = names_for(actor, things | spaces)
    return [
        Line(
            at=entry.at,
            who=entry.actor_name,
            acting_for=entry.acting_for,
            what=label_of(entry.event),
            thing=names.get((entry.thing_type, entry.thing_id)),
            space=names.get(("space", str(entry.space_id))) if entry.thing_type != "space" else None,
        )
        for entry in found
    ]


def _csv(actor: Actor, selection: Selection) -> Iterator[str]:
    yield "\ufeff" + _row([_("Tidspunkt"), _("Hvem"), _("På vegne av"), _("Hendelse"), _("Gjelder"), _("Rom")])
    for batch in queries.all_entries(actor, selection):
        for line in _lines(actor, batch):
            yield _row(
                [
                    line.at.astimezone(OSLO).strftime("%Y-%m-%d %H:%M:%S"),
                    line.who,
                    line.acting_for,
                    str(line.what),
                    line.thing.title if line.thing else _("Ikke lesbart for deg"),
                    line.space.title if line.space else "",
                ]
            )


def _row(cells: list[str]) -> str:
    """A line of CSV. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    line = StringIO()
    safe = [f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in cells]
    csv.writer(line, delimiter=";").writerow(safe)
    return line.getvalue()
