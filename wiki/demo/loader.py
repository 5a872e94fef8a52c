"""Fills an empty installation with the demo network, through the services, each person as themselves.

All of it is one transaction: either the whole network is there, or nothing is.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from sqlalchemy import select

from wiki.core.db import db, unit_of_work
from wiki.core.errors import Conflict
from wiki.demo import gatherings, pages, source
from wiki.demo.cast import gather
from wiki.identity.models import Network, Person


@dataclass(frozen=True)
class Sum:
    """How much was made from the content."""

    networks: int
    people: int
    spaces: int
    documents: int
    meetings: int

    def as_json(self) -> dict[str, int]:
        """For the command line."""
        return asdict(self)


def is_empty() -> bool:
    """Whether nobody has used the installation yet."""
    known = (db.session.scalar(select(table.id).limit(1)) for table in (Person, Network))
    return all(found is None for found in known)


def load(tell: Callable[[str], None], with_password: bool) -> Sum:
    """Make the demo network; ``tell`` hears how far it has come.

    Args:
        with_password: whether everybody gets the shared password; only where no stranger can reach it.

    Raises:
        Conflict: the installation is in use.
    """
    if not is_empty():
        raise Conflict("Installasjonen er i bruk. Demonettverket kan bare legges i en tom.")
    networks, people = source.networks(), source.people()
    spaces = [space for network in networks for space in network.spaces]
    with unit_of_work():
        cast = gather(networks, people, with_password)
        tell(f"{len(networks)} networks, {len(people)} people, {len(spaces)} spaces")
        documents = [document for space in spaces for document in source.documents(space.key)]
        shelf = pages.prepare(cast, documents)
        for place, document in enumerate(documents):
            pages.write(shelf, document, place)
        tell(f"{len(documents)} documents")
        meetings = source.meetings()
        for meeting in meetings:
            gatherings.hold(shelf, meeting)
        tell(f"{len(meetings)} meetings; making them findable")
    return Sum(len(networks), len(people), len(spaces), len(documents), len(meetings))
