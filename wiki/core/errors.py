"""Named failures of the domain; ``web/error_pages.py`` is the only place that turns them into HTTP.

DomainError
├── NotFound        404  there is no such thing, or the reader may not know that there is
├── SignInRequired  401  nobody is signed in
├── Forbidden       403  may see it, may not do this to it
├── Invalid         422  the input breaks a rule; ``fields`` says which
├── Conflict        409  somebody else came first
├── TooMany         429  too many tries; wait
└── TooLarge        413  more than we take at once
"""

from collections.abc import Mapping


class DomainError(Exception):
    """A failure that a person can be told about. ``message`` is bokmål, translated at the edge."""

    message = "Noe gikk galt."

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)


class NotFound(DomainError):
    """There is no such thing, or the reader may not know that there is."""

    message = "Vi finner ikke siden."


class SignInRequired(DomainError):
    """The request needs a signed-in person."""

    message = "Du må logge inn."


class Forbidden(DomainError):
    """The actor may see the thing but not do this to it."""

    message = "Du har ikke tilgang til å gjøre dette."


class Invalid(DomainError):
    """The input breaks a rule. ``fields`` maps the field's name to what is wrong with it."""

    message = "Noe av det du fylte ut, må rettes."

    def __init__(self, message: str | None = None, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class Conflict(DomainError):
    """Somebody else changed the thing first."""

    message = "Noen andre har endret dette i mellomtiden."


class TooMany(DomainError):
    """Too many tries in a short time."""

    message = "For mange forsøk. Vent litt og prøv igjen."


class TooLarge(DomainError):
    """More than we take at once."""

    message = "Dette er større enn vi kan ta imot."
