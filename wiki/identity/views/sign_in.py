"""Sign-in, sign-out and invitations: the pages of those who are not signed in yet."""

import math
from typing import cast

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.clock import now
from wiki.core.errors import Invalid, NotFound
from wiki.identity import queries, service
from wiki.identity.errors import TooManyTries
from wiki.identity.forms import AcceptForm, SignInForm
from wiki.identity.views.frame import REFUSALS, back_to, blueprint, refused, sent_id, status_after
from wiki.web import auth
from wiki.web.auth import current_actor, public


@blueprint.route("/logg-inn", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """E-mail and password; in a demo also one button for each account."""
    form = SignInForm(neste=request.args.get("neste"))
    if request.method == "GET" and not current_actor().is_anonymous:
        return back_to(form.neste.data, "web.start")
    if not form.validate_on_submit():
        return _sign_in_page(form, status_after(form))
    try:
        session = service.sign_in(form.email.data, form.password.data, request.remote_addr or "")
    except TooManyTries as error:
        return _held_back(form, error)
    except Invalid as error:
        return _sign_in_page(form, refused(form, error))
    return _enter(session, form.neste.data)


@blueprint.post("/logg-inn/som")
@public
def sign_in_as() -> ResponseReturnValue:
    """Sign in as one of the demo accounts. Outside demo mode the address does not exist."""
    if not current_app.config["DEMO"]:
        raise NotFound()
    return _enter(service.sign_in_demo(sent_id("person")), request.form.get("neste"))


@blueprint.post("/logg-ut")
@public
def sign_out() -> ResponseReturnValue:
    """Close the session."""
    service.sign_out(current_actor())
    auth.sign_out()
    cookie.clear()
    return redirect(url_for("web.start"))


@blueprint.route("/invitasjon/<secret>", methods=["GET", "POST"])
@public
def accept_invitation(secret: str) -> ResponseReturnValue:
    """Make an account from a one-time link, or add its workplace and role to one's own."""
    actor = current_actor()
    invitation = queries.usable_invitation(secret)
    form = AcceptForm(name=invitation.name)
    known = queries.find_person(invitation.email) is not None
    if known:
        del form.name, form.password, form.language
    status = 200
    if form.validate_on_submit():
        try:
            session = service.accept_invitation(
                actor,
                secret,
                form.name.data if not known else "",
                form.password.data if not known else "",
                form.language.data if not known else "nb",
            )
        except REFUSALS as error:
            status = refused(form, error)
        else:
            return _enter(session, None)
    page = render_template(
        "identity/accept.html", form=form, invitation=invitation, known=known, mine=actor.email == invitation.email
    )
    return page, status_after(form, status), {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def _sign_in_page(form: SignInForm, status: int) -> ResponseReturnValue:
    accounts = queries.demo_accounts() if current_app.config["DEMO"] else ()
    return render_template("identity/sign_in.html", form=form, accounts=accounts), status


def _held_back(form: SignInForm, error: TooManyTries) -> ResponseReturnValue:
    """The page again, with when the next try is let in, as words and as Retry-After."""
    seconds = max(1, math.ceil((error.until - now()).total_seconds()))
    minutes = max(1, math.ceil(seconds / 60))
    form.form_errors.append(_("For mange forsøk. Prøv igjen om %(minutes)s min.", minutes=minutes))
    response = make_response(cast(tuple[str, int], _sign_in_page(form, 429)))
    response.headers["Retry-After"] = str(seconds)
    return response


def _enter(session: service.Session, target: str | None) -> ResponseReturnValue:
    """Open the session in a cookie that keeps nothing from before, so that nobody can have planted it."""
    cookie.clear()
    cookie.permanent = True
    auth.sign_in(session.key, session.actor)
    return back_to(target, "web.start")
