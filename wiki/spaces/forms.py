"""Forms of spaces and seats, and the words for kinds, roles and rings."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from wiki.identity.models import Municipality, Network
from wiki.spaces.domain import (
    NAME_LENGTH,
    SUMMARY_LENGTH,
    AddMember,
    ChangeRole,
    CreateSpace,
    EndMembership,
    Ring,
    SpaceKind,
    SpaceRole,
    UpdateSpace,
    rings_of,
)
from wiki.spaces.models import Space
from wiki.web.forms import BaseForm
from wiki.web.language import LANGUAGE_NAMES

KIND_NAMES = {
    SpaceKind.NETWORK: _l("Nettverket"),
    SpaceKind.BOARD: _l("Styringsgruppe eller utvalg"),
    SpaceKind.EXPERT_GROUP: _l("Faggruppe"),
    SpaceKind.PROJECT: _l("Prosjekt"),
    SpaceKind.MUNICIPALITY: _l("Kommunerom"),
    SpaceKind.SECRETARIAT: _l("Sekretariat"),
}
KIND_HEADINGS = {
    SpaceKind.NETWORK: _l("Nettverket"),
    SpaceKind.BOARD: _l("Styringsgrupper og utvalg"),
    SpaceKind.EXPERT_GROUP: _l("Faggrupper"),
    SpaceKind.PROJECT: _l("Prosjekter"),
    SpaceKind.MUNICIPALITY: _l("Kommunerom"),
    SpaceKind.SECRETARIAT: _l("Sekretariatet"),
}
ROLE_NAMES = {
    SpaceRole.COORDINATOR: _l("Koordinator"),
    SpaceRole.EDITOR: _l("Redaktør"),
    SpaceRole.MEMBER: _l("Medlem"),
    SpaceRole.OBSERVER: _l("Observatør"),
}
ROLE_MEANINGS = {
    SpaceRole.COORDINATOR: _l("leder rommet, kaller inn og bestemmer hvem som er med"),
    SpaceRole.EDITOR: _l("skriver og publiserer"),
    SpaceRole.MEMBER: _l("leser alt og deltar i møtene"),
    SpaceRole.OBSERVER: _l("leser alt, men har ingen stemme"),
}
RING_NAMES = {
    Ring.EDITORS: _l("Bare redaktørene i rommet"),
    Ring.SPACE: _l("Medlemmene i rommet"),
    Ring.MUNICIPALITY: _l("Alle i kommunen"),
    Ring.NETWORK: _l("Alle kommuner i nettverket"),
    Ring.NETWORKS: _l("Alle nettverk"),
    Ring.PUBLIC: _l("Alle, også uten innlogging"),
}

_CHOOSE = _l("Velg et av alternativene.")
_NO_DATE = _l("Skriv en dato.")
_TOO_LONG = _l("Bruk høyst %(max)d tegn.")
_OWN_MUNICIPALITY = "own"
_NO_MUNICIPALITY = ""


def _choices(names: Iterable[Any], texts: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(name), texts[name]) for name in names]


def _municipality_choices(municipalities: Iterable[Municipality]) -> list[SelectChoice]:
    return [SelectChoice(each.number, each.name) for each in municipalities]


class SpaceForm(BaseForm):
    """A new space."""

    network = SelectField(_l("Nettverk"), invalid_choice_message=_CHOOSE)
    name = StringField(
        _l("Navn"), [InputRequired(_l("Skriv hva rommet heter.")), Length(max=NAME_LENGTH, message=_TOO_LONG)]
    )
    kind = RadioField(
        _l("Hva slags rom er dette?"),
        invalid_choice_message=_CHOOSE,
        choices=_choices(SpaceKind, KIND_NAMES),
        default=SpaceKind.EXPERT_GROUP.value,
    )
    municipality = SelectField(
        _l("Kommune"),
        [Optional()],
        invalid_choice_message=_CHOOSE,
        description=_l("Bare for kommunerom: kommunen rommet hører til."),
    )
    summary = TextAreaField(
        _l("Kort om rommet"),
        [Optional(), Length(max=SUMMARY_LENGTH, message=_TOO_LONG)],
        description=_l("En setning eller to om hva folk finner her."),
    )
    language = SelectField(
        _l("Språk"), invalid_choice_message=_CHOOSE, choices=_choices(LANGUAGE_NAMES, LANGUAGE_NAMES), default="nb"
    )

    def offer(self, networks: Sequence[Network], municipalities: Iterable[Municipality]) -> "SpaceForm":
        """Fill in what can be chosen."""
        self.network.choices = [SelectChoice(str(network.id), network.name) for network in networks]
        self.municipality.choices = [SelectChoice("", _l("Ingen")), *_municipality_choices(municipalities)]
        return self

    def to_command(self) -> CreateSpace:
        """The command that the form describes."""
        return CreateSpace(
            network_id=int(self.network.data),
            name=self.name.data or "",
            kind=self.kind.data,
            summary=self.summary.data or "",
            language=self.language.data,
            municipality_number=self.municipality.data or None,
        )


class SettingsForm(BaseForm):
    """What a coordinator may change about a space."""

    name = StringField(
        _l("Navn"), [InputRequired(_l("Skriv hva rommet heter.")), Length(max=NAME_LENGTH, message=_TOO_LONG)]
    )
    summary = TextAreaField(_l("Kort om rommet"), [Optional(), Length(max=SUMMARY_LENGTH, message=_TOO_LONG)])
    language = SelectField(
        _l("Språk"), invalid_choice_message=_CHOOSE, choices=_choices(LANGUAGE_NAMES, LANGUAGE_NAMES)
    )
    default_ring = RadioField(
        _l("Hvem kan lese innholdet?"),
        invalid_choice_message=_CHOOSE,
        description=_l("Gjelder alt som ikke har fått sin egen innstilling. Kladder ser bare redaktørene."),
    )

    def offer(self, space: Space) -> "SettingsForm":
        """Fill in the rings that this space can have."""
        self.default_ring.choices = _choices(rings_of(SpaceKind(space.kind)), RING_NAMES)
        return self

    def to_command(self, space_id: int) -> UpdateSpace:
        """The command that the form describes."""
        return UpdateSpace(
            space_id=space_id,
            name=self.name.data,
            summary=self.summary.data or "",
            language=self.language.data,
            default_ring=self.default_ring.data,
        )


def _role_field() -> RadioField:
    return RadioField(
        _l("Rolle"),
        invalid_choice_message=_CHOOSE,
        choices=_choices(SpaceRole, ROLE_NAMES),
        default=SpaceRole.MEMBER.value,
    )


class MemberForm(BaseForm):
    """A seat for a person who is known by e-mail."""

    email = EmailField(
        _l("E-postadressen til personen"),
        [InputRequired(_l("Skriv e-postadressen til den som skal være med."))],
        description=_l("Personen må ha en konto fra før. Kontaktpersonen i kommunen kan invitere."),
    )
    role = _role_field()
    represents = SelectField(
        _l("Representerer"), [Optional()], invalid_choice_message=_CHOOSE, default=_OWN_MUNICIPALITY
    )
    valid_from = DateField(
        _l("Fra og med"),
        [Optional()],
        invalid_value_message=_NO_DATE,
        description=_l("La feltet stå tomt hvis det er fra i dag."),
    )

    def offer(self, municipalities: Iterable[Municipality]) -> "MemberForm":
        """Fill in the municipalities that can be represented."""
        self.represents.choices = [
            SelectChoice(_OWN_MUNICIPALITY, _l("Kommunen personen arbeider i")),
            SelectChoice(_NO_MUNICIPALITY, _l("Ingen kommune")),
            *_municipality_choices(municipalities),
        ]
        return self

    def to_command(self, space_id: int, person_id: int, workplace: str | None) -> AddMember:
        """The command that the form describes; `workplace` is the municipality the person works in."""
        chosen = self.represents.data
        return AddMember(
            space_id=space_id,
            person_id=person_id,
            role=self.role.data,
            represents_number=workplace if chosen == _OWN_MUNICIPALITY else chosen or None,
            valid_from=self.valid_from.data,
        )


class RoleForm(BaseForm):
    """Another role for a member."""

    role = _role_field()

    def to_command(self, membership_id: int) -> ChangeRole:
        """The command that the form describes."""
        return ChangeRole(membership_id=membership_id, role=self.role.data)


class EndForm(BaseForm):
    """The end of a seat."""

    last_day = DateField(
        _l("Siste dag"),
        [Optional()],
        invalid_value_message=_NO_DATE,
        description=_l("La feltet stå tomt hvis medlemskapet skal slutte nå."),
    )

    def to_command(self, membership_id: int) -> EndMembership:
        """The command that the form describes."""
        return EndMembership(membership_id=membership_id, last_day=self.last_day.data)
