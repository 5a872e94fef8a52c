"""Documents for tests, and a small world of readers of every sort, made by the same services as everywhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from tests.factories import identity as people
from tests.factories import spaces
from wiki.core.authz import SYSTEM, Actor
from wiki.core.db import db as database
from wiki.documents import service
from wiki.documents.domain.commands import CreateDocument, EditDocument
from wiki.documents.models import Document
from wiki.identity.models import Person
from wiki.spaces.models import Space

_numbers = count(1)


SEATS = ("coordinator", "editor", "member", "observer")
SIGNED_IN = (*SEATS, "lead", "reader", "stranger", "admin")


@dataclass(frozen=True)
class World:
    """Two networks; in the first an expert group, another group and the room of Bergen. It holds but their ids.

    `coordinator` (of Bergen), `editor`, `member` (of Kinn) and `observer` sit in the group; `reader` is of Kinn
    without a seat; `stranger` is of Oslo, in the other network; `lead` leads the first; `admin` runs the machine.
    """

    network_id: int
    group_id: int
    second_id: int
    room_id: int
    person_ids: Mapping[str, int]

    @property
    def group(self) -> Space:
        """The expert group."""
        return database.session.get_one(Space, self.group_id)

    @property
    def second(self) -> Space:
        """Another expert group, in which the editor sits too."""
        return database.session.get_one(Space, self.second_id)

    @property
    def room(self) -> Space:
        """The room of a municipality, in which the editor sits too."""
        return database.session.get_one(Space, self.room_id)

    def person(self, role: str) -> Person:
        """One of its people."""
        return database.session.get_one(Person, self.person_ids[role])

    def actor(self, role: str) -> Actor:
        """The actor of one of its people, as the next request would see it."""
        return people.actor_of(self.person(role))


def world() -> World:
    """The small world."""
    network, other = people.network("", "4601", "4602"), people.network("", "0301")
    group = spaces.space(network, name="Personvern")
    second = spaces.space(network, name="Arkiv")
    room = spaces.space(network, "municipality", "Bergens rom", municipality_number="4601")
    made = {}
    for role in SEATS:
        made[role] = people.person(role.capitalize(), municipality_number="4602" if role == "member" else "4601")
        spaces.seat(group, made[role], role)
    spaces.seat(second, made["editor"], "editor")
    spaces.seat(room, made["editor"], "editor")
    made["reader"] = people.person("Leser", municipality_number="4602")
    made["stranger"] = people.person("Fremmed", municipality_number="0301")
    made["lead"] = people.lead(network, "Leder")
    made["admin"] = people.admin("Drift")
    assert other.id != network.id
    return World(network.id, group.id, second.id, room.id, {role: person.id for role, person in made.items()})


def document(space: Space, title: str = "", actor: Actor = SYSTEM, **values: object) -> Document:
    """A published document; `publish=False` leaves it a draft."""
    defaults = {
        "title": title or f"Side {next(_numbers)}",
        "body": "Første avsnitt.\n\nAndre avsnitt.\n",
        "publish": True,
    }
    return service.create(actor, CreateDocument(space_id=space.id, **defaults | values))  # type: ignore[arg-type]


def change(document: Document, actor: Actor = SYSTEM, **values: object) -> service.Saved:
    """Save another text on top of the head; what is not named stays."""
    head = document.head
    assert head is not None
    defaults = {"base_id": head.id, "title": head.title, "body": head.body}
    return service.edit(actor, EditDocument(document_id=document.id, **defaults | values))  # type: ignore[arg-type]
