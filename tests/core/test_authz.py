"""What may be done: only what a rule grants, and only what a policy declares."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.core import authz
from wiki.core.authz import ANONYMOUS, SYSTEM, Actor, Party, Role, UnknownAction, authorize, can, declare, rule
from wiki.core.errors import Forbidden, SignInRequired

LEAD = Actor(1, "Leder", roles=frozenset({Role("network", "7", "lead"), Role("space", "7", "editor")}))


class GateAction(StrEnum):
    OPEN = "gate.open"
    CLOSE = "gate.close"


class Gate:
    pass


class GardenGate(Gate):
    pass


@pytest.fixture(autouse=True)
def _no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rooms' own policies stand aside."""
    monkeypatch.setattr(authz, "_rules", {})
    monkeypatch.setattr(authz, "_declared", set())


@pytest.fixture
def _open_for_leads() -> None:
    declare(GateAction)
    rule(GateAction.OPEN, Gate)(lambda actor, _gate: actor.has_role("network", 7, "lead"))


@pytest.mark.usefixtures("_open_for_leads")
def test_a_rule_grants() -> None:
    assert can(LEAD, GateAction.OPEN, Gate())
    assert not can(ANONYMOUS, GateAction.OPEN, Gate())
    authorize(LEAD, GateAction.OPEN, Gate())


@pytest.mark.usefixtures("_open_for_leads")
@pytest.mark.parametrize(
    ("action", "thing"), [(GateAction.CLOSE, Gate()), (GateAction.OPEN, object()), (GateAction.OPEN, GardenGate())]
)
def test_what_has_no_rule_is_refused(action: GateAction, thing: object) -> None:
    """A rule is for one kind of thing: not even for a kind below it."""
    assert not can(LEAD, action, thing)


@pytest.mark.usefixtures("_open_for_leads")
def test_the_system_may_everything_that_is_declared() -> None:
    assert can(SYSTEM, GateAction.CLOSE, object())
    authorize(SYSTEM, GateAction.CLOSE, object())


@pytest.mark.parametrize("actor", [LEAD, ANONYMOUS, SYSTEM])
def test_an_undeclared_action_is_a_mistake(actor: Actor) -> None:
    rule(GateAction.OPEN, Gate)(lambda _actor, _gate: True)
    with pytest.raises(UnknownAction):
        can(actor, GateAction.OPEN, Gate())


@pytest.mark.usefixtures("_open_for_leads")
def test_a_second_rule_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"second rule for gate\.open on Gate"):
        rule(GateAction.OPEN, Gate)(lambda _actor, _gate: True)
    assert not can(ANONYMOUS, GateAction.OPEN, Gate())
    rule(GateAction.OPEN, GardenGate)(lambda _actor, _gate: True)
    assert can(ANONYMOUS, GateAction.OPEN, GardenGate())


@pytest.mark.usefixtures("_open_for_leads")
def test_who_is_refused_is_told_to_sign_in_or_that_they_may_not() -> None:
    with pytest.raises(SignInRequired):
        authorize(ANONYMOUS, GateAction.OPEN, Gate())
    with pytest.raises(Forbidden):
        authorize(LEAD, GateAction.CLOSE, Gate())


@pytest.mark.usefixtures("_open_for_leads")
def test_the_architecture_tests_see_what_is_declared_and_ruled() -> None:
    assert authz.declared_actions() == {GateAction.OPEN, GateAction.CLOSE}
    assert authz.ruled_actions() == {GateAction.OPEN}


def test_a_role_holds_in_its_scope_only() -> None:
    assert LEAD.has_role("network", "7", "secretariat", "lead")
    assert not LEAD.has_role("network", 8, "lead")
    assert not LEAD.has_role("municipality", 7, "lead")
    assert not LEAD.has_role("network", 7)
    assert LEAD.scopes("space", "editor", "member") == {"7"}
    assert LEAD.scopes("space", "member") == frozenset()


def test_nobody_is_neither_the_system_nor_a_person() -> None:
    assert ANONYMOUS.is_anonymous
    assert ANONYMOUS.tokens == {"public"}
    assert not SYSTEM.is_anonymous
    assert not LEAD.is_anonymous


PARTIES = (Party("municipality", "4601", "Bergen"), Party("network", "1", "Nettet"))


@given(st.sampled_from([party.key for party in PARTIES]) | st.text(max_size=20) | st.none())
def test_one_speaks_for_ones_own_only(key: str | None) -> None:
    actor = Actor(1, "Kari", parties=PARTIES, acting_for=PARTIES[0])
    speaking = actor.speaking_for(key)
    assert speaking.acting_for in PARTIES
    assert speaking.acting_for == next((party for party in PARTIES if party.key == key), PARTIES[0])
    assert (speaking.person_id, speaking.roles, speaking.tokens) == (actor.person_id, actor.roles, actor.tokens)
