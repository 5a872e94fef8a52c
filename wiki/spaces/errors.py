"""Named failures of spaces and seats."""

from wiki.core.errors import Conflict


class AlreadyMember(Conflict):
    """The person has a seat in the space in that period."""

    message = "Personen er allerede medlem i dette tidsrommet."


class LastCoordinator(Conflict):
    """The seat is that of the only coordinator."""

    message = "Rommet må ha en koordinator. Gi rollen til en annen først."


class SeatEnded(Conflict):
    """The seat has ended; what is over does not change."""

    message = "Dette medlemskapet er avsluttet."


class SpaceClosed(Conflict):
    """The space is archived and takes no changes."""

    message = "Rommet er arkivert. Ta det i bruk igjen før du endrer noe."
