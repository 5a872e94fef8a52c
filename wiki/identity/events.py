"""What happens to people, networks and municipalities."""

from dataclasses import dataclass
from typing import ClassVar

from wiki.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    """Something that happened to a person."""

    thing_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class NetworkEvent(Event):
    """Something that happened to a network."""

    thing_type: ClassVar[str] = "network"


@dataclass(frozen=True, kw_only=True)
class MunicipalityEvent(Event):
    """Something that happened to a municipality, or to the list of all (thing_id `alle`)."""

    thing_type: ClassVar[str] = "municipality"


class PersonAdded(PersonEvent):
    """Somebody got an account."""


class PersonChanged(PersonEvent):
    """Somebody's name, language or the party they speak for changed."""


class PersonDeactivated(PersonEvent):
    """Somebody can no longer sign in."""


class PersonReactivated(PersonEvent):
    """Somebody can sign in again."""


class EmploymentChanged(PersonEvent):
    """Somebody began or ended working somewhere."""


class RoleGranted(PersonEvent):
    """Somebody got a role in a network or a municipality."""


class RoleEnded(PersonEvent):
    """Somebody's role in a network or a municipality got a last day."""


class SignedIn(PersonEvent):
    """Somebody opened a session."""


class SignedOut(PersonEvent):
    """Somebody closed a session."""


class PasswordChanged(PersonEvent):
    """Somebody got a new password; the other sessions of the person ended."""


class TokenAdded(PersonEvent):
    """Somebody made a personal access token."""


class TokenRevoked(PersonEvent):
    """A personal access token was taken out of use."""


class InvitationAccepted(PersonEvent):
    """Somebody used an invitation."""


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    """Somebody got a one-time link."""

    thing_type: ClassVar[str] = "invitation"


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """A one-time link was taken out of use before it was used."""

    thing_type: ClassVar[str] = "invitation"


class NetworkAdded(NetworkEvent):
    """A network was made."""


class NetworkJoined(MunicipalityEvent):
    """A municipality became a member of a network."""


class NetworkLeft(MunicipalityEvent):
    """A municipality's membership of a network got a last day."""


class MunicipalitiesLoaded(MunicipalityEvent):
    """The list of municipalities was brought up to date."""
