"""Personal access tokens: one's own, shown once, and refused with words when wrong."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import identity as make
from wiki.core.errors import Forbidden, Invalid, NotFound
from wiki.identity import queries, service
from wiki.identity.models import ApiToken


def test_only_the_hash_is_kept(db: Any) -> None:
    who = make.person()
    secret = service.add_token(make.actor_of(who), who.id, "Rapport", 30)
    kept = db.session.scalars(select(ApiToken)).one()
    assert secret not in (kept.secret_hash, kept.hint, kept.name)
    assert secret.startswith(kept.hint)


def test_nobody_makes_or_revokes_a_token_of_another(db: Any) -> None:
    who, other = make.person(), make.actor_of(make.admin())
    with pytest.raises(Forbidden):
        service.add_token(other, who.id, "Rapport")
    service.add_token(make.actor_of(who), who.id, "Rapport")
    token = queries.tokens_of_person(make.actor_of(who))[0]
    with pytest.raises(NotFound):
        service.revoke_token(other, token.id)
    assert len(queries.tokens_of_person(make.actor_of(who))) == 1


@pytest.mark.parametrize(("name", "days"), [("", None), ("x" * 81, None), ("Rapport", 0), ("Rapport", 99999)])
def test_a_token_has_a_name_and_a_sensible_life(db: Any, name: str, days: int | None) -> None:
    who = make.person()
    with pytest.raises(Invalid):
        service.add_token(make.actor_of(who), who.id, name, days)
