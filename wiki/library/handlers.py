"""What the library does when something happens elsewhere: a new space gets its first pages."""

from wiki.core.events import subscribe
from wiki.library import service
from wiki.spaces.events import SpaceCreated


def on_space_created(event: SpaceCreated) -> None:
    """Fill the new space, in the transaction that made it."""
    service.fill_new_space(event.actor, int(event.thing_id))


def register() -> None:
    """Subscribe."""
    subscribe(SpaceCreated, on_space_created)
