"""The forms of people, roles and sign-in, and the words for roles."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional

from wiki.core.authz import Party
from wiki.identity.domain import MAX_PASSWORD, MIN_PASSWORD, AddPerson, Invite
from wiki.identity.models import Municipality, Network
from wiki.web.forms import BaseForm
from wiki.web.language import LANGUAGE_NAMES

ROLE_NAMES = {
    "lead": _l("Nettverksleder"),
    "secretariat": _l("Sekretariat"),
    "member": _l("Med i nettverket"),
    "contact": _l("Kontaktperson"),
    "editor": _l("Redaktør"),
    "reader": _l("Leser"),
}
ROLE_MEANINGS = {
    "lead": _l("Nettverksleder – styrer folk og roller i nettverket"),
    "secretariat": _l("Sekretariat – kaller inn, skriver referat og inviterer"),
    "member": _l("Med i nettverket – for folk utenfor kommunene"),
    "contact": _l("Kontaktperson – styrer folk og rom i kommunen"),
    "editor": _l("Redaktør – skriver i rommet til kommunen"),
    "reader": _l("Leser – leser det kommunen deler internt"),
}
_PASSWORD_HINT = _l("Minst 12 tegn. Noen ord som ikke hører sammen, er lett å huske og vanskelig å gjette.")
_EMAIL_MISSING = _l("Skriv en e-postadresse.")
_NAME_MISSING = _l("Skriv et navn.")


_LANGUAGES = [SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
_NO_MUNICIPALITY = SelectChoice("", _l("Ingen av dem"))


def _municipalities(municipalities: Iterable[Municipality]) -> list[SelectChoice]:
    return [SelectChoice(each.number, each.name) for each in municipalities]


def _new_password(label: object) -> PasswordField:
    return PasswordField(
        label,
        [
            InputRequired(_l("Skriv et passord.")),
            Length(MIN_PASSWORD, message=_l("Passordet må ha minst 12 tegn. Gjerne noen ord etter hverandre.")),
            Length(max=MAX_PASSWORD, message=_l("Passordet kan ha høyst 256 tegn.")),
        ],
        description=_PASSWORD_HINT,
    )


class SignInForm(BaseForm):
    """E-mail, password, and where the person was going."""

    email = EmailField(_l("E-postadresse"), [InputRequired(_EMAIL_MISSING)])
    password = PasswordField(_l("Passord"), [InputRequired(_l("Skriv passordet ditt."))])
    neste = HiddenField()


class AcceptForm(BaseForm):
    """What somebody invited chooses. With an account from before there is nothing to choose."""

    name = StringField(_l("Navnet ditt"), [InputRequired(_NAME_MISSING), Length(max=120)])
    language = SelectField(_l("Språk på sidene"), choices=_LANGUAGES, default="nb")
    password = _new_password(_l("Velg et passord"))


class ProfileForm(BaseForm):
    """One's own name and language."""

    name = StringField(_l("Navn"), [InputRequired(_NAME_MISSING), Length(max=120)])
    language = SelectField(_l("Språk på sidene"), choices=_LANGUAGES)


class PartyForm(BaseForm):
    """Whom one speaks for."""

    party = SelectField(_l("Jeg handler for"))

    def offer(self, parties: Iterable[Party]) -> "PartyForm":
        """Fill in the parties."""
        self.party.choices = [SelectChoice(party.key, party.name) for party in parties]
        return self


class PasswordForm(BaseForm):
    """A new password."""

    current = PasswordField(_l("Passordet du har nå"), [InputRequired(_l("Skriv passordet du har nå."))])
    password = _new_password(_l("Nytt passord"))


class TokenForm(BaseForm):
    """A new access token."""

    name = StringField(
        _l("Hva skal nøkkelen brukes til?"),
        [InputRequired(_l("Skriv et navn, så du kjenner nøkkelen igjen.")), Length(max=80)],
    )
    days = SelectField(
        _l("Varighet"),
        choices=[
            SelectChoice("30", _l("30 dager")),
            SelectChoice("90", _l("90 dager")),
            SelectChoice("365", _l("Et år")),
        ],
        default="90",
    )


class InviteForm(BaseForm):
    """An invitation to a network or a municipality."""

    name = StringField(_l("Navn"), [InputRequired(_NAME_MISSING), Length(max=120)])
    email = EmailField(_l("E-postadresse"), [InputRequired(_EMAIL_MISSING), Length(max=254)])
    municipality = SelectField(_l("Kommune"), [Optional()], default="")
    employer = StringField(
        _l("Annen arbeidsgiver"),
        [Optional(), Length(max=120)],
        description=_l("Bare for den som ikke arbeider i en medlemskommune."),
    )
    role = SelectField(_l("Rolle"), [Optional()], default="")

    def offer(self, municipalities: Iterable[Municipality], roles: Iterable[str]) -> "InviteForm":
        """Fill in the municipalities and roles; one municipality is no choice, so the field goes."""
        municipalities = list(municipalities)
        if len(municipalities) == 1:
            del self.municipality, self.employer
        else:
            self.municipality.choices = [_NO_MUNICIPALITY, *_municipalities(municipalities)]
        self.role.choices = [
            SelectChoice("", _l("Ingen egen rolle")),
            *(SelectChoice(role, ROLE_MEANINGS[role]) for role in roles),
        ]
        return self

    def to_command(self, network_id: int | None, municipality_number: str | None) -> Invite:
        """The command that the form describes, in a network or in one municipality."""
        chosen = self.municipality.data if "municipality" in self else municipality_number
        return Invite(
            email=self.email.data,
            name=self.name.data,
            network_id=network_id,
            municipality_number=chosen or None,
            employer=(self.employer.data or "").strip() or None if "employer" in self else None,
            role=self.role.data or None,
        )


class RoleForm(BaseForm):
    """A role for somebody who has an account."""

    email = EmailField(
        _l("E-postadressen til personen"), [InputRequired(_EMAIL_MISSING)], description=_l("Personen må ha en konto.")
    )
    role = SelectField(_l("Rolle"))
    since = DateField(_l("Fra og med"), [Optional()], description=_l("La feltet stå tomt hvis det er fra i dag."))

    def offer(self, roles: Iterable[str]) -> "RoleForm":
        """Fill in the roles."""
        self.role.choices = [SelectChoice(role, ROLE_MEANINGS[role]) for role in roles]
        return self


class NetworkForm(BaseForm):
    """A new network."""

    name = StringField(_l("Navn"), [InputRequired(_NAME_MISSING), Length(max=120)])
    slug = StringField(
        _l("Kortnavn i adressen"),
        [InputRequired(_l("Skriv et kortnavn.")), Length(max=60)],
        description=_l("Små bokstaver a–z, tall og bindestrek. Kan ikke endres senere."),
    )


class MembershipForm(BaseForm):
    """A municipality's membership of a network."""

    network = SelectField(_l("Nettverk"), coerce=int)
    municipality = SelectField(_l("Kommune"))

    def offer(self, networks: Iterable[Network], municipalities: Iterable[Municipality]) -> "MembershipForm":
        """Fill in what can be chosen."""
        self.network.choices = [SelectChoice(str(network.id), network.name) for network in networks]
        self.municipality.choices = [SelectChoice(m.number, f"{m.name} ({m.county})") for m in municipalities]
        return self


class PersonForm(BaseForm):
    """A new account, made by an administrator; the password is told to the person."""

    name = StringField(_l("Navn"), [InputRequired(_NAME_MISSING), Length(max=120)])
    email = EmailField(_l("E-postadresse"), [InputRequired(_EMAIL_MISSING), Length(max=254)])
    municipality = SelectField(_l("Kommune"), [Optional()], default="")
    employer = StringField(_l("Annen arbeidsgiver"), [Optional(), Length(max=120)])
    is_admin = BooleanField(_l("Skal administrere hele løsningen"))
    password = _new_password(_l("Første passord"))

    def offer(self, municipalities: Iterable[Municipality]) -> "PersonForm":
        """Fill in the municipalities."""
        self.municipality.choices = [_NO_MUNICIPALITY, *_municipalities(municipalities)]
        return self

    def to_command(self) -> AddPerson:
        """The command that the form describes."""
        return AddPerson(
            email=self.email.data,
            name=self.name.data,
            password=self.password.data,
            is_admin=self.is_admin.data,
            municipality_number=self.municipality.data or None,
            employer=(self.employer.data or "").strip() or None,
        )
