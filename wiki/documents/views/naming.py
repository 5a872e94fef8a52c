"""Audience tokens in words that people know."""

from collections.abc import Iterable

from flask_babel import gettext as _

from wiki.documents.queries.naming import names_of


def name_tokens(tokens: Iterable[str]) -> dict[str, str]:
    """What each token is called: «Alle i Bergen», «Medlemmene i Personvern», a person's name."""
    wanted = set(tokens)
    names = names_of(wanted)
    return {token: _in_words(token, names.get(token, "")) for token in wanted}


def _in_words(token: str, name: str) -> str:
    kind, _sep, rest = token.partition(":")
    if kind == "space":
        editors = rest.endswith(":editor")
        return _("Redaktørene i %(name)s", name=name) if editors else _("Medlemmene i %(name)s", name=name)
    return {
        "public": _("Alle, også uten innlogging"),
        "networks": _("Alle innloggede i alle nettverk"),
        "network": _("Alle kommuner i %(name)s", name=name),
        "municipality": _("Alle i %(name)s kommune", name=name),
        "user": name,
    }[kind]
