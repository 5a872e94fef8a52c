"""Documents for tests, and a small world of readers of every sort, made by the same services as everywhere else."""

from dataclasses import dataclass, field
from itertools import count

from tests.factories import identity as people
from tests.factories import spaces
from wiki.core.authz import SYSTEM, Actor
from wiki.documents import service
from wiki.documents.domain.commands import CreateDocument, EditDocument
from wiki.documents.models import Document
from wiki.identity.models import Network, Person
from wiki.spaces.models import Space

_numbers = count(1)


@dataclass
class World:
    """Two networks; in the first an expert group, another group and the room of Bergen.

    `coordinator` (of Bergen), `editor`, `member` (of Kinn) and `observer` sit in the group; `reader` is of Kinn
    without a seat; `stranger` is of Oslo, in the other network; `lead` leads the first; `admin` runs the machine.
    """

    network: Network
    other: Network
    group: Space
    second: Space
    room: Space
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        """The actor of one of its people, as the next request would see it."""
        return people.actor_of(self.people[role])


SEATS = ("coordinator", "editor", "member", "observer")
SIGNED_IN = (*SEATS, "lead", "reader", "stranger", "admin")


def world() -> World:
    """The small world."""
    network, other = people.network("", "4601", "4602"), people.network("", "0301")
    made = World(
        network=network,
        other=other,
        group=spaces.space(network, name=f"Personvern {next(_numbers)}"),
        second=spaces.space(network, name=f"Arkiv {next(_numbers)}"),
        room=spaces.space(network, "municipality", f"Bergens rom {next(_numbers)}", municipality_number="4601"),
    )
    for role in SEATS:
        number = "4602" if role == "member" else "4601"
        made.people[role] = people.person(role.capitalize(), municipality_number=number)
        spaces.seat(made.group, made.people[role], role)
    spaces.seat(made.second, made.people["editor"], "editor")
    spaces.seat(made.room, made.people["editor"], "editor")
    made.people["reader"] = people.person("Leser", municipality_number="4602")
    made.people["stranger"] = people.person("Fremmed", municipality_number="0301")
    made.people["lead"] = people.lead(network, "Leder")
    made.people["admin"] = people.admin("Drift")
    return made


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
