"""Named failures of people, roles and sign-in."""

from datetime import datetime

from wiki.core.errors import Conflict, Invalid, NotFound, TooMany


class WrongCredentials(Invalid):
    """No active person has this e-mail and password; which of the two is wrong is never told."""

    message = "E-postadressen eller passordet er feil."


class TooManyTries(TooMany):
    """Sign-in is held back for a while.

    Attributes:
        until: when the next try is let in.
    """

    message = "For mange forsøk på å logge inn. Vent litt og prøv igjen."

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class InvitationUnusable(NotFound):
    """The invitation is unknown, used, withdrawn or expired; which of them is never told."""

    message = "Lenken er brukt eller har gått ut. Be den som inviterte deg, om en ny."


class AlreadyKnown(Conflict):
    """Somebody else already has this e-mail, name or address."""

    message = "Dette finnes fra før."


class AccountExists(Conflict):
    """The invited e-mail address has an account; its owner must be signed in to accept."""

    message = "Det finnes en konto med denne e-postadressen. Logg inn, og åpne lenken på nytt."
