"""What documents do when something happens to their space."""

from wiki.documents import service
from wiki.spaces.events import SpaceUpdated


def space_updated(event: SpaceUpdated) -> None:
    """Its name is another, or other people may read its content than before."""
    service.follow_space(int(event.thing_id))
