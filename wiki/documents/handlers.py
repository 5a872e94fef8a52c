"""What documents do when something happens to their space."""

from wiki.documents import service
from wiki.spaces.events import SpaceUpdated


def space_updated(event: SpaceUpdated) -> None:
    """Other people may read the space's content than before: write its audience anew."""
    if event.ring_changed:
        service.refresh_space_audience(event.actor, int(event.thing_id))
