"""«Min side»: who I am, whom I act for, my roles, my password and my access tokens."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.authz import authorize
from wiki.core.errors import TooMany
from wiki.identity import queries, service
from wiki.identity.forms import ROLE_NAMES, PartyForm, PasswordForm, ProfileForm, TokenForm
from wiki.identity.policy import IdentityAction
from wiki.identity.views.frame import REFUSALS, back_to, blueprint, refused, status_after
from wiki.web import auth, language
from wiki.web.auth import current_actor


@blueprint.get("/min-side")
def profile() -> ResponseReturnValue:
    """Everything about oneself."""
    return _page()


@blueprint.post("/min-side")
def update_profile() -> ResponseReturnValue:
    """Change one's name and language."""
    form = ProfileForm(prefix="profil-")
    status = 200
    if form.validate_on_submit():
        try:
            service.update_profile(current_actor(), form.name.data, form.language.data)
        except REFUSALS as error:
            status = refused(form, error)
        else:
            flash(_("Profilen er lagret."), "success")
            response = make_response(redirect(url_for("identity.profile")))
            response.delete_cookie(language.COOKIE)  # what is chosen here holds from now on
            return response
    return _page(profile_form=form, status=status_after(form, status))


@blueprint.post("/min-side/handler-for")
def choose_party() -> ResponseReturnValue:
    """Choose whom one speaks for."""
    actor = current_actor()
    form = PartyForm(prefix="part-").offer(actor.parties)
    status = 200
    if form.validate_on_submit():
        try:
            service.choose_party(actor, form.party.data)
        except REFUSALS as error:
            status = refused(form, error)
        else:
            flash(_("Valget er lagret. Det du skriver fra nå av, merkes med hvem du handler for."), "success")
            return back_to(request.form.get("neste"), "identity.profile")
    return _page(party_form=form, status=status_after(form, status))


@blueprint.post("/min-side/passord")
def change_password() -> ResponseReturnValue:
    """Change one's password; other places where one is signed in are signed out."""
    form = PasswordForm(prefix="passord-")
    status = 200
    if form.validate_on_submit():
        actor, remote = current_actor(), request.remote_addr or ""
        try:
            session = service.change_password(actor, form.current.data, form.password.data, remote)
        except (*REFUSALS, TooMany) as error:
            status = refused(form, error)
        else:
            cookie.clear()
            cookie.permanent = True
            auth.sign_in(session.key, session.actor)
            flash(_("Passordet er byttet. Du er logget ut alle andre steder."), "success")
            return redirect(url_for("identity.profile"))
    return _page(password_form=form, status=status_after(form, status))


@blueprint.post("/min-side/nokler")
def add_token() -> ResponseReturnValue:
    """Make an access token and show it, this once."""
    form = TokenForm(prefix="nokkel-")
    actor = current_actor()
    status = 200
    if form.validate_on_submit() and actor.person_id is not None:
        try:
            secret = service.add_token(actor, actor.person_id, form.name.data, int(form.days.data))
        except REFUSALS as error:
            status = refused(form, error)
        else:
            return _page(secret=secret, status=201)
    return _page(token_form=form, status=status_after(form, status))


@blueprint.post("/min-side/nokler/<int:token_id>/trekk-tilbake")
def revoke_token(token_id: int) -> ResponseReturnValue:
    """Take a token out of use."""
    service.revoke_token(current_actor(), token_id)
    flash(_("Nøkkelen virker ikke lenger."), "success")
    return redirect(url_for("identity.profile"))


def _page(
    *,
    profile_form: ProfileForm | None = None,
    party_form: PartyForm | None = None,
    password_form: PasswordForm | None = None,
    token_form: TokenForm | None = None,
    secret: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    actor = current_actor()
    person = queries.get_person(actor.person_id or 0)
    authorize(actor, IdentityAction.OWN_PROFILE, person)
    party = actor.acting_for.key if actor.acting_for else None
    page = render_template(
        "identity/profile.html",
        person=person,
        profile_form=profile_form or ProfileForm(formdata=None, obj=person, prefix="profil-"),
        party_form=party_form or PartyForm(formdata=None, party=party, prefix="part-").offer(actor.parties),
        password_form=password_form or PasswordForm(formdata=None, prefix="passord-"),
        token_form=token_form or TokenForm(formdata=None, prefix="nokkel-"),
        secret=secret,
        tokens=queries.tokens_of_person(actor),
        employments=queries.employments_of(person.id),
        networks=queries.my_networks(actor),
        roles=queries.roles_of_person(person.id),
        role_names=ROLE_NAMES,
    )
    return page, status, {"Cache-Control": "no-store"} if secret else {}
