"""The rules about periods, rights, passwords and mergers, on values alone."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from wiki.core.authz import Actor, Party, Role
from wiki.core.errors import Invalid

NETWORK_ROLES = ("lead", "secretariat", "member")
MUNICIPALITY_ROLES = ("contact", "editor", "reader")

MIN_PASSWORD = 12
MAX_PASSWORD = 256
INVITATION_DAYS = 14
VISIT_HOURS = 4
TOKEN_PREFIX = "fgm_"  # noqa: S105  a mark that scanners for lost secrets can know it by

THROTTLE_WINDOW = timedelta(minutes=15)
FREE_TRIES = 5  # for one e-mail address
FREE_TRIES_FROM = 30  # for one remote address: a whole town hall may share it
FIRST_WAIT = timedelta(seconds=30)

MAX_UNEXPLAINED = 20  # municipalities that may vanish from a list without a named successor


# --- periods ---------------------------------------------------------------------------------------------------------


class Period(Protocol):
    """Anything with a first and a last day; without a last day it is open."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day, counted in."""


def active(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether a period covers the day `on`; both ends are counted in, a missing one is open."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


def last_day(ends: date | None, today: date) -> date:
    """The last day of what is ended: the day asked for, else yesterday, so that it ends at once."""
    return ends if ends is not None else today - timedelta(days=1)


# --- rights ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """What is known of a person on a day, before it is turned into roles, tokens and parties.

    Attributes:
        employers: the municipalities and other employers the person works for.
        network_roles: (network id, role).
        municipality_roles: (municipality number, role).
        networks_of: the networks that each municipality the person belongs to is a member of.
        former: the numbers that each such municipality has taken over by mergers.
        names: the names of networks (by id as text) and municipalities (by number).
    """

    person_id: int
    employers: tuple[Party, ...] = ()
    network_roles: frozenset[tuple[int, str]] = frozenset()
    municipality_roles: frozenset[tuple[str, str]] = frozenset()
    networks_of: Mapping[str, frozenset[int]] = field(default_factory=dict)
    former: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def workplaces(self) -> frozenset[str]:
        """The municipalities the person is employed in."""
        return frozenset(party.id for party in self.employers if party.kind == "municipality")

    @property
    def municipalities(self) -> frozenset[str]:
        """The municipalities the person belongs to, by work or by role."""
        return self.workplaces | {number for number, _role in self.municipality_roles}

    @property
    def networks(self) -> frozenset[int]:
        """The networks the person belongs to, by role or through a municipality."""
        through = (self.networks_of.get(number, frozenset()) for number in self.municipalities)
        return frozenset(network for network, _role in self.network_roles).union(*through)


def roles_of(standing: Standing) -> frozenset[Role]:
    """The roles of a person. What a merged municipality left behind follows the one that took over."""
    found = {Role("network", str(network), role) for network, role in standing.network_roles}
    found |= {Role("network", str(network), "member") for network in standing.networks}
    held = set(standing.municipality_roles) | {(number, "employee") for number in standing.workplaces}
    for number, role in held:
        for each in _with_former(standing, number):
            found.add(Role("municipality", each, role))
    return frozenset(found)


def tokens_of(standing: Standing) -> frozenset[str]:
    """The audience tokens of a person (docs/architecture.md, "Who may read"), without those of spaces."""
    found = {"public", f"user:{standing.person_id}"}
    found |= {f"network:{network}" for network in standing.networks}
    if standing.networks:
        found.add("networks")
    for number in standing.municipalities:
        found |= {f"municipality:{each}" for each in _with_former(standing, number)}
    return frozenset(found)


def parties_of(standing: Standing) -> tuple[Party, ...]:
    """Whom a person may speak for: employers first, then contact municipalities, then networks led or served."""
    contact = sorted(number for number, role in standing.municipality_roles if role == "contact")
    serves = sorted({n for n, role in standing.network_roles if role in ("lead", "secretariat")})
    found = list(standing.employers)
    found += [Party("municipality", number, standing.names.get(number, number)) for number in contact]
    found += [Party("network", str(n), standing.names.get(str(n), str(n))) for n in serves]
    return distinct_parties(found)


def distinct_parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties in their order, each once."""
    return tuple({party.key: party for party in reversed(list(parties))}[key] for key in _keys(parties))


def _keys(parties: Iterable[Party]) -> list[str]:
    return list(dict.fromkeys(party.key for party in parties))


def _with_former(standing: Standing, number: str) -> frozenset[str]:
    return standing.former.get(number, frozenset()) | {number}


def serves_network(actor: Actor, network_ids: Collection[int]) -> bool:
    """Whether the actor leads or is the secretariat of one of the networks."""
    return any(actor.has_role("network", n, "lead", "secretariat") for n in network_ids)


def leads_network(actor: Actor, network_ids: Collection[int]) -> bool:
    """Whether the actor leads one of the networks."""
    return any(actor.has_role("network", n, "lead") for n in network_ids)


def sees_people_of(actor: Actor, number: str, network_ids: Collection[int]) -> bool:
    """Whether the actor sees the names of everybody in a municipality, which is in those networks."""
    own = actor.has_role("municipality", number, "contact", "employee", "editor", "reader")
    return own or actor.is_admin or actor.is_system or serves_network(actor, network_ids)


def invites_people_of(actor: Actor, number: str, network_ids: Collection[int]) -> bool:
    """Whether the actor invites people to a municipality, which is in those networks."""
    return actor.is_admin or actor.has_role("municipality", number, "contact") or serves_network(actor, network_ids)


def current_networks(memberships: Iterable["Membership"], on: date) -> frozenset[int]:
    """The networks that the memberships which cover the day `on` are in."""
    return frozenset(m.network_id for m in memberships if active(m.valid_from, m.valid_to, on))


class Membership(Period, Protocol):
    """A period in a network."""

    @property
    def network_id(self) -> int:
        """The network."""


class Instance:
    """The installation as a whole, for the actions that concern no single network."""


INSTANCE = Instance()


# --- commands --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AddPerson:
    """A new person, employed in a municipality or elsewhere (or nowhere yet). `since` None is today."""

    email: str
    name: str
    password: str | None = None
    language: str = "nb"
    is_admin: bool = False
    municipality_number: str | None = None
    employer: str | None = None
    function: str = ""
    since: date | None = None
    demo_note: str | None = None


@dataclass(frozen=True)
class Invite:
    """An invitation. The role decides what it is to: one of NETWORK_ROLES or of MUNICIPALITY_ROLES, or none."""

    email: str
    name: str
    network_id: int | None = None
    municipality_number: str | None = None
    employer: str | None = None
    role: str | None = None


# --- sign-in ---------------------------------------------------------------------------------------------------------


def normalise_email(email: str) -> str:
    """The form in which an e-mail address is kept and compared.

    Raises:
        Invalid: it is no e-mail address.
    """
    plain = unicodedata.normalize("NFKC", email).strip().lower()
    if len(plain) > 254 or not re.fullmatch(r"[^@\s<>\"(),;:]+@[^@\s<>\"(),;:]+\.[^@\s<>\"(),;:.]+", plain):
        raise Invalid(fields={"email": "Skriv en e-postadresse, for eksempel navn@kommune.no."})
    return plain


def subject_hash(kind: str, value: str) -> str:
    """The form in which a throttled e-mail or remote address is kept: not readable at a glance."""
    return hashlib.sha256(f"{kind}:{value.strip().lower()}".encode()).hexdigest()


def retry_at(failures: Sequence[datetime], now: datetime, free: int = FREE_TRIES) -> datetime | None:
    """When the next try is let in; None when it is let in now.

    The first `free` failures within THROTTLE_WINDOW cost nothing; each one after them doubles the wait,
    which never grows longer than the window.
    """
    recent = [moment for moment in failures if now - moment < THROTTLE_WINDOW]
    if len(recent) < free:
        return None
    doublings = min(len(recent) - free, 10)  # 30 seconds doubled ten times is far beyond the window
    ends = max(recent) + min(FIRST_WAIT * 2**doublings, THROTTLE_WINDOW)
    return ends if ends > now else None


# --- passwords -------------------------------------------------------------------------------------------------------

# Words that people here reach for first; what is left of a password without them must carry it.
_COMMON_PATTERN = re.compile(
    "digitaliseringsnettverk|digitalisering|nettverk|kommunen|kommune|velkommen|passordet|passord|password|hemmelig"
    "|sommeren|sommer|vinteren|vinter|høsten|høst|våren|vår|norge|norway|bergen|oslo|fotball|iloveyou|letmein"
    "|admin|bruker|login|welcome|fagrom|qwertyuiopå|qwerty|asdfghjkløæ|asdfgh|zxcvbnm|mandag|tirsdag|onsdag"
    "|torsdag|fredag|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
)
_LOOKALIKES = str.maketrans("013457@$!", "oleastasi")
_RUNS = ("0123456789" * 3, "abcdefghijklmnopqrstuvwxyzæøå", "qwertyuiopåasdfghjkløæzxcvbnm")
_MIN_LETTERS_LEFT = 6
_MIN_DISTINCT = 5


def normalise_password(password: str) -> str:
    """One form for what different keyboards type (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, email: str = "", name: str = "") -> None:
    """Hold a new password against the rules: length and what is easy to guess, no demands on its characters.

    Source: NIST SP 800-63B, section 5.1.1.2.

    Raises:
        Invalid: with what is wrong on the field `password`.
    """
    plain = normalise_password(password)
    if len(plain) < MIN_PASSWORD:
        raise Invalid(fields={"password": "Passordet må ha minst 12 tegn. Gjerne noen ord etter hverandre."})
    if len(plain) > MAX_PASSWORD:
        raise Invalid(fields={"password": "Passordet kan ha høyst 256 tegn."})
    lower = plain.lower()
    if _repeats_person(lower, email, name):
        raise Invalid(fields={"password": "Passordet kan ikke bygge på navnet eller e-postadressen din."})
    if _is_guessable(lower):
        raise Invalid(fields={"password": "Passordet er for lett å gjette. Velg noen ord som ikke hører sammen."})


def _repeats_person(lower: str, email: str, name: str) -> bool:
    local, _at, host = email.lower().partition("@")
    known = {email.lower(), local, local.replace(".", ""), host, name.lower(), name.lower().replace(" ", "")}
    rest = lower
    for part in sorted((part for part in known if len(part) >= 4), key=len, reverse=True):
        rest = rest.replace(part, "")
    return rest != lower and len(rest) < _MIN_LETTERS_LEFT + 2


def _is_guessable(lower: str) -> bool:
    if len(set(lower)) < _MIN_DISTINCT:
        return True
    if any(lower in run or lower in run[::-1] for run in _RUNS):
        return True
    if re.fullmatch(r"(.{1,6}?)\1+.{0,5}", lower):
        return True
    return any(_little_left(text) for text in (lower, lower.translate(_LOOKALIKES)))


def _little_left(text: str) -> bool:
    """Whether only a few letters and digits remain beside common words, years and signs."""
    without_words = _COMMON_PATTERN.sub("", text)
    if without_words == text:
        return False
    return len(re.sub(r"(19|20)\d\d|[\W_]|\d{1,4}(?!\d)", "", without_words)) < _MIN_LETTERS_LEFT


# --- municipalities --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MunicipalityFacts:
    """A row of the official list."""

    number: str
    name: str
    county_number: str
    county: str


@dataclass(frozen=True)
class ListChange:
    """What a new list changes: rows to add or correct, numbers that return, and numbers that end."""

    added: tuple[MunicipalityFacts, ...]
    corrected: tuple[MunicipalityFacts, ...]
    returned: tuple[str, ...]
    ended: tuple[str, ...]
    unchanged: int


def compare_lists(
    known: Mapping[str, MunicipalityFacts],
    ended: Collection[str],
    listed: Sequence[MunicipalityFacts],
    successors: Mapping[str, str],
) -> ListChange:
    """What the new list `listed` changes in what is known; `ended` are the known numbers that are closed.

    Raises:
        Invalid: the list is empty, repeats a number, names a successor that it does not have, or lacks so
            many numbers that it must be a part of a list.
    """
    new = {row.number: row for row in listed}
    if not new or len(new) != len(listed):
        raise Invalid("Listen er tom eller nevner et kommunenummer to ganger.")
    if not set(successors.values()) <= set(new) or set(successors) & set(new):
        raise Invalid("En etterfølger må stå i den nye listen, og en kommune som er slått sammen, kan ikke stå der.")
    gone = sorted(set(known) - set(ended) - set(new))
    if len(set(gone) - set(successors)) > MAX_UNEXPLAINED:
        raise Invalid("Listen mangler mange kommuner som ikke har fått en etterfølger. Er hele listen med?")
    return ListChange(
        added=tuple(row for row in listed if row.number not in known),
        corrected=tuple(row for row in listed if row.number in known and known[row.number] != row),
        returned=tuple(number for number in new if number in ended),
        ended=tuple(gone),
        unchanged=sum(known.get(row.number) == row for row in listed),
    )
