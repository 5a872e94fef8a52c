"""Who acts, and what decides whether they may.

An :class:`Actor` is a small value built at the edge from a person's roles. A room's ``policy.py``
declares its actions and one rule for each (action, kind of thing). Rules only grant: what has no
rule is refused, and what is not declared is a mistake in the code.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from wiki.core.errors import Forbidden, SignInRequired


@dataclass(frozen=True)
class Role:
    """A role within one scope: ``network``, ``municipality`` or ``space``."""

    scope: str
    scope_id: str
    name: str


@dataclass(frozen=True)
class Party:
    """Whom a person may speak for: a ``municipality``, a ``network`` or another ``employer``."""

    kind: str
    id: str
    name: str

    @property
    def key(self) -> str:
        """The party as one word, for forms and columns."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Actor:
    """Somebody who does something.

    Attributes:
        person_id: the person; None for the anonymous reader and the system itself.
        tokens: the audience tokens the actor holds; what they meet may be read.
        parties: those the actor may speak for; ``acting_for`` is the one spoken for now.
        network_name, network_accent: of the network they are at home in; empty when there is none.
    """

    person_id: int | None
    name: str
    is_admin: bool = False
    is_system: bool = False
    roles: frozenset[Role] = frozenset()
    tokens: frozenset[str] = frozenset({"public"})
    parties: tuple[Party, ...] = ()
    acting_for: Party | None = None
    language: str = "nb"
    email: str = ""
    network_name: str = ""
    network_accent: str = ""

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is signed in."""
        return self.person_id is None and not self.is_system

    def has_role(self, scope: str, scope_id: int | str, *names: str) -> bool:
        """Whether the actor has one of the roles ``names`` in that scope."""
        wanted = str(scope_id)
        return any(role.scope == scope and role.scope_id == wanted and role.name in names for role in self.roles)

    def scopes(self, scope: str, *names: str) -> frozenset[str]:
        """The ids of the scopes of that kind in which the actor has one of the roles ``names``."""
        return frozenset(r.scope_id for r in self.roles if r.scope == scope and r.name in names)

    def speaking_for(self, key: str | None) -> "Actor":
        """The same actor speaking for the party with that key; unchanged when it is not theirs."""
        chosen = next((party for party in self.parties if party.key == key), None)
        return replace(self, acting_for=chosen) if chosen else self


ANONYMOUS = Actor(person_id=None, name="")
SYSTEM = Actor(person_id=None, name="Fagrom", is_system=True)


class UnknownAction(LookupError):
    """An action that no policy declares: a mistake in the code, never a refusal."""


_Actions = TypeVar("_Actions", bound=StrEnum)
Rule = Callable[[Actor, Any], bool]
_rules: dict[tuple[StrEnum, type], Rule] = {}
_declared: set[StrEnum] = set()


def declare(actions: type[_Actions]) -> type[_Actions]:
    """Class decorator: make the members of ``actions`` known, so that a typing error is one."""
    _declared.update(actions)
    return actions


def rule(action: StrEnum, kind: type) -> Callable[[Rule], Rule]:
    """Decorator: the one rule that grants ``action`` on things of ``kind``.

    Raises:
        ValueError: when there is one already.
    """

    def register(function: Rule) -> Rule:
        if (action, kind) in _rules:
            raise ValueError(f"a second rule for {action} on {kind.__name__}")
        _rules[action, kind] = function
        return function

    return register


def can(actor: Actor, action: StrEnum, thing: Any) -> bool:
    """Whether ``actor`` may do ``action`` to ``thing``. The system may; no rule means no.

    Raises:
        UnknownAction: no policy declares the action.
    """
    if action not in _declared:
        raise UnknownAction(action)
    if actor.is_system:
        return True
    decide = _rules.get((action, type(thing)))
    return decide is not None and decide(actor, thing)


def authorize(actor: Actor, action: StrEnum, thing: Any) -> None:
    """Let the actor pass or stop the use case.

    Raises:
        SignInRequired: nobody is signed in and the action is refused.
        Forbidden: the signed-in person may not.
    """
    if can(actor, action, thing):
        return
    raise SignInRequired() if actor.is_anonymous else Forbidden()


def declared_actions() -> frozenset[StrEnum]:
    """Every declared action; the architecture tests ask."""
    return frozenset(_declared)


def ruled_actions() -> frozenset[StrEnum]:
    """Every action that some rule can grant; the architecture tests ask."""
    return frozenset(action for action, _kind in _rules)
