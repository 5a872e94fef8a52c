"""Spaces and seats for tests, made by the same services as everywhere else."""

from datetime import date
from itertools import count

from wiki.core.authz import SYSTEM
from wiki.identity.models import Network, Person
from wiki.spaces import service
from wiki.spaces.domain import AddMember, CreateSpace
from wiki.spaces.models import Space, SpaceMembership

_numbers = count(1)


def space(network: Network, kind: str = "expert_group", name: str = "", **values: object) -> Space:
    """A space of a network; an expert group unless said otherwise."""
    command = CreateSpace(network_id=network.id, name=name or f"Rom {next(_numbers)}", kind=kind, **values)  # type: ignore[arg-type]
    return service.create_space(SYSTEM, command)


def seat(
    space: Space,
    person: Person,
    role: str = "member",
    represents: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> SpaceMembership:
    """A seat of a person in a space, from today unless said otherwise."""
    command = AddMember(
        space_id=space.id,
        person_id=person.id,
        role=role,
        represents_number=represents,
        valid_from=since,
        valid_to=until,
    )
    return service.add_member(SYSTEM, command)
