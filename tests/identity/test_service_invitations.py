"""Invitations: who may invite whom to what, and that a link works once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.factories import identity as make
from wiki.core.authz import ANONYMOUS, Actor
from wiki.core.clock import at
from wiki.core.errors import Forbidden, Invalid, NotFound, SignInRequired
from wiki.identity import queries, service
from wiki.identity.domain import Invite
from wiki.identity.errors import AccountExists, InvitationUnusable
from wiki.identity.models import Network

pytestmark = pytest.mark.both_databases
PHRASE = "fjellrev sykler sakte"


@pytest.fixture
def network(db: Any) -> Network:
    return make.network("nettet", "4631", "4601")


def invite(actor: Actor, **values: Any) -> str:
    invited = service.invite(actor, Invite(**{"email": "ny@alver.no", "name": "Ny", **values}))
    assert invited.secret is not None
    return invited.secret


def test_a_link_makes_an_account_with_workplace_and_role(network: Network) -> None:
    contact = make.actor_of(make.contact("4631"))
    secret = invite(contact, municipality_number="4631", role="editor")
    session = service.accept_invitation(ANONYMOUS, secret, "Ny Ansatt", PHRASE, "nn")
    actor = queries.load_session(session.key)
    assert actor == session.actor
    assert (actor.name, actor.language) == ("Ny Ansatt", "nn")
    assert actor.has_role("municipality", "4631", "editor")
    assert actor.has_role("municipality", "4631", "employee")
    assert service.sign_in("ny@alver.no", PHRASE, "192.0.2.1").actor == actor


def test_a_link_works_once(network: Network) -> None:
    secret = invite(make.actor_of(make.contact("4631")), municipality_number="4631")
    service.accept_invitation(ANONYMOUS, secret, "Ny", PHRASE)
    with pytest.raises(InvitationUnusable):
        service.accept_invitation(ANONYMOUS, secret, "En annen", PHRASE)


def test_a_link_works_for_fourteen_days(network: Network) -> None:
    secret = invite(make.actor_of(make.contact("4631")), municipality_number="4631")
    with at(datetime.now(UTC) + timedelta(days=14, minutes=1)), pytest.raises(InvitationUnusable):
        service.accept_invitation(ANONYMOUS, secret, "Ny", PHRASE)
    with at(datetime.now(UTC) + timedelta(days=13)):
        service.accept_invitation(ANONYMOUS, secret, "Ny", PHRASE)


def test_a_refused_password_leaves_the_link_usable(network: Network) -> None:
    secret = invite(make.actor_of(make.contact("4631")), municipality_number="4631")
    with pytest.raises(Invalid):
        service.accept_invitation(ANONYMOUS, secret, "Ny", "kort")
    assert queries.usable_invitation(secret).email == "ny@alver.no"


def test_a_link_is_withdrawn_by_who_may_invite(network: Network) -> None:
    contact = make.actor_of(make.contact("4631"))
    secret = invite(contact, municipality_number="4631")
    invitation_id = queries.usable_invitation(secret).id
    with pytest.raises(Forbidden):
        service.withdraw_invitation(make.actor_of(make.contact("4601")), invitation_id)
    service.withdraw_invitation(contact, invitation_id)
    with pytest.raises(InvitationUnusable):
        queries.usable_invitation(secret)
    with pytest.raises(NotFound):
        service.withdraw_invitation(contact, 999)


def test_an_account_is_never_taken_over_by_an_invitation(network: Network) -> None:
    """Who has the link of somebody who has got an account in the meantime gets nowhere with it."""
    secret = invite(make.actor_of(make.contact("4631")), municipality_number="4631", role="editor")
    owner = make.person("Eier", email="ny@alver.no", password=True)
    with pytest.raises(AccountExists):
        service.accept_invitation(ANONYMOUS, secret, "Tyv", PHRASE + " nå")
    with pytest.raises(AccountExists):
        service.accept_invitation(make.actor_of(make.person("Tyv")), secret, "Tyv", PHRASE + " nå")
    service.accept_invitation(make.actor_of(owner), secret, "Uten betydning", "")
    assert make.actor_of(owner).name == "Eier"
    assert make.actor_of(owner).has_role("municipality", "4631", "editor")
    service.sign_in("ny@alver.no", make.PASSWORD, "192.0.2.1")


def test_who_has_an_account_is_added_without_a_link(network: Network) -> None:
    known = make.person("Kjent", email="kjent@alver.no")
    invited = service.invite(
        make.actor_of(make.contact("4631")),
        Invite(email="Kjent@alver.no", name="Kjent", municipality_number="4631", role="reader"),
    )
    assert (invited.secret, invited.person) == (None, known)
    assert make.actor_of(known).has_role("municipality", "4631", "reader")


ALLOWED: dict[str, set[tuple[str, str | None]]] = {
    "lead": {("network", r) for r in (None, "lead", "secretariat", "member")}
    | {("4631", r) for r in (None, "contact", "editor", "reader")},
    "secretariat": {("network", None), ("network", "member"), ("4631", None), ("4631", "editor"), ("4631", "reader")},
    "contact": {("4631", r) for r in (None, "contact", "editor", "reader")},
    "editor": set(),
    "colleague": set(),
    "neighbour": set(),
}


@pytest.mark.parametrize("who", ALLOWED)
def test_each_invites_within_their_own_reach(network: Network, who: str) -> None:
    actor = make.actor_of(
        {
            "lead": lambda: make.lead(network),
            "secretariat": lambda: make.lead(network, role="secretariat"),
            "contact": lambda: make.contact("4631"),
            "editor": lambda: make.contact("4631", role="editor"),
            "colleague": lambda: make.person(municipality_number="4631"),
            "neighbour": lambda: make.contact("4601"),
        }[who]()
    )
    reached = set()
    for scope, roles in (
        ("network", (None, "lead", "secretariat", "member")),
        ("4631", (None, "contact", "editor", "reader")),
    ):
        for role in roles:
            place = {"network_id": network.id} if scope == "network" else {"municipality_number": scope}
            try:
                service.invite(actor, Invite(email="ny@alver.no", name="Ny", role=role, **place))
            except Forbidden:
                continue
            reached.add((scope, role))
    assert reached == ALLOWED[who]


def test_only_administrators_invite_to_nothing_in_particular(network: Network) -> None:
    with pytest.raises(Forbidden):
        invite(make.actor_of(make.lead(network)))
    invite(make.actor_of(make.admin()))
    with pytest.raises(SignInRequired):
        invite(ANONYMOUS, network_id=network.id)


@pytest.mark.parametrize(
    "values",
    [
        {"role": "contact"},
        {"role": "konge"},
        {"email": "ikke en adresse"},
        {"name": " "},
        {"municipality_number": "4631", "employer": "Etaten"},
    ],
)
def test_what_makes_no_sense_is_refused(network: Network, values: dict[str, str]) -> None:
    lead = make.actor_of(make.lead(network))
    with pytest.raises(Invalid):
        invite(lead, network_id=network.id, **values)
