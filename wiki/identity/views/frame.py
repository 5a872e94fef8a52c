"""What the room's pages share: the blueprint, giving a role, refused forms, and ways back."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wiki.core.errors import Conflict, DomainError, Invalid
from wiki.identity.forms import RoleForm
from wiki.identity.queries import find_person
from wiki.web.error_pages import status_of
from wiki.web.forms import BaseForm
from wiki.web.language import is_local

blueprint = Blueprint("identity", __name__)

NO_ACCOUNT = _l("Vi kjenner ingen med denne adressen. Send en invitasjon i stedet.")

# What a form may be refused for, and is then shown again with everything that was typed.
REFUSALS = (Invalid, Conflict)


def refused(form: BaseForm, error: DomainError, names: dict[str, str] | None = None) -> int:
    """Show on the form why the use case was refused; `names` maps its fields to the form's. Gives the HTTP status."""
    if isinstance(error, Invalid):
        renamed = {(names or {}).get(name, name): text for name, text in error.fields.items()}
        form.show(Invalid(error.message, renamed))
    else:
        form.form_errors.append(_(error.message))
    return status_of(error)


def role_given(form: RoleForm, give: Callable[[int, str, date | None], object]) -> int | None:
    """Give the role that the form asks for to whoever has the e-mail address, by `give(person_id, role, since)`.

    None when it is given; else the HTTP status of the page that shows the form again.
    """
    if not form.validate_on_submit():
        return status_after(form)
    person = find_person(form.email.data or "")
    if person is None:
        form.email.errors = [str(NO_ACCOUNT)]
        return status_after(form)
    try:
        give(person.id, form.role.data, form.since.data)
    except REFUSALS as error:
        return status_after(form, refused(form, error))
    flash(_("%(name)s har fått rollen.", name=person.name), "success")
    return None


def status_after(form: BaseForm, status: int = 200) -> int:
    """The HTTP status of a page that shows a form: 422 when it was sent and did not hold."""
    return 422 if form.errors and status == 200 else status


def back_to(target: str | None, endpoint: str, **values: object) -> ResponseReturnValue:
    """Go to an address of this site, or to a page of ours when it is none."""
    return redirect(str(target) if is_local(target) else url_for(endpoint, **values))  # type: ignore[arg-type]


def sent_id(name: str) -> int:
    """The id that a button sends; 0, which nothing has, when it is no id."""
    number = request.form.get(name, type=int) or 0
    return number if 0 < number < 2**31 else 0


def page_number() -> int:
    """Which part of a list is asked for; the first when it makes no sense."""
    raw = request.args.get("side", "1")
    return int(raw) if raw.isascii() and raw.isdecimal() and 0 < len(raw) < 7 and int(raw) else 1
