"""People, networks and municipalities for tests, made by the same services as everywhere else."""

from functools import lru_cache
from itertools import count

from flask.testing import FlaskClient

from wiki.core.authz import SYSTEM, Actor
from wiki.core.db import db, unit_of_work
from wiki.identity import service
from wiki.identity.domain import AddPerson
from wiki.identity.models import Municipality, Network, Person
from wiki.identity.queries import get_person, load_actor, session_key_of
from wiki.identity.service.passwords import hash_password

PASSWORD = "fjellrev sykler sakte"
_numbers = count(1)

TOWNS = {"4601": "Bergen", "4602": "Kinn", "4631": "Alver", "0301": "Oslo"}


def network(slug: str = "", *members: str) -> Network:
    """A network whose members are the municipalities with those numbers."""
    slug = slug or f"nett-{next(_numbers)}"
    made = service.add_network(SYSTEM, slug, slug.capitalize())
    for number in members:
        municipality(number)
        service.join_network(SYSTEM, made.id, number)
    return made


def municipality(number: str = "4601") -> Municipality:
    """The municipality with that number, made when it is missing, without the cost of the whole list."""
    known = db.session.get(Municipality, number)
    if known is not None:
        return known
    with unit_of_work():
        made = Municipality(
            number=number, name=TOWNS.get(number, f"Kommune {number}"), county_number=number[:2], county="Fylke"
        )
        db.session.add(made)
    return made


def person(
    name: str = "", *, municipality_number: str | None = None, password: bool = False, **values: object
) -> Person:
    """A person, employed in the municipality with that number; with `password`, the one named PASSWORD."""
    name = name or f"Medarbeider {next(_numbers)}"
    email = str(values.pop("email", "")) or f"person{next(_numbers)}@example.no"
    if municipality_number is not None:
        municipality(municipality_number)
    command = AddPerson(email=email, name=name, municipality_number=municipality_number, **values)  # type: ignore[arg-type]
    made = service.add_person(SYSTEM, command)
    if password:
        with unit_of_work():
            get_person(made.id).password_hash = _password_hash()
    return made


def lead(of: Network, name: str = "", role: str = "lead", **values: object) -> Person:
    """A person with a role in a network: its lead, or `secretariat`."""
    made = person(name, **values)  # type: ignore[arg-type]
    service.grant_network_role(SYSTEM, of.id, made.id, role)
    return made


def contact(number: str, name: str = "", role: str = "contact", **values: object) -> Person:
    """A person employed in a municipality with a role there: its contact, or `editor` or `reader`."""
    made = person(name, municipality_number=number, **values)  # type: ignore[arg-type]
    service.grant_municipality_role(SYSTEM, number, made.id, role)
    return made


def admin(name: str = "") -> Person:
    """A system administrator."""
    return person(name, is_admin=True)


def actor_of(who: Person) -> Actor:
    """The actor of a person as the next request would see it."""
    actor = load_actor(who.id)
    assert actor is not None
    return actor


def sign_in(client: FlaskClient, who: Person) -> FlaskClient:
    """Give the client an open session of the person, without the sign-in page."""
    key = session_key_of(get_person(who.id))
    with client.session_transaction() as session:
        session.clear()
        session.update({"_user_id": key, "_fresh": True})
    return client


@lru_cache(maxsize=1)
def _password_hash() -> str:
    return hash_password(PASSWORD)
