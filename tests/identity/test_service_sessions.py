"""Sign-in and passwords: what lets in, what slows down, and what ends a session."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from tests.factories import identity as make
from wiki.core.authz import SYSTEM
from wiki.core.clock import at
from wiki.core.db import unit_of_work
from wiki.core.errors import Forbidden, Invalid, NotFound
from wiki.identity import queries, service
from wiki.identity.domain import FREE_TRIES, FREE_TRIES_FROM
from wiki.identity.errors import TooManyTries, WrongCredentials
from wiki.identity.models import Person, SignInFailure
from wiki.identity.service import sessions
from wiki.identity.service.passwords import needs_rehash

HOME = "192.0.2.1"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def kari(db: Any) -> Person:
    return make.person("Kari", email="kari@alver.no", municipality_number="4631", password=True)


def test_the_right_password_opens_a_session(kari: Person) -> None:
    session = service.sign_in(" Kari@Alver.no ", make.PASSWORD, HOME)
    assert session.actor.person_id == kari.id
    assert queries.load_session(session.key) == session.actor


def test_wrong_password_and_unknown_address_answer_alike(kari: Person) -> None:
    with pytest.raises(WrongCredentials) as wrong:
        service.sign_in("kari@alver.no", "et annet passord", HOME)
    with pytest.raises(WrongCredentials) as unknown:
        service.sign_in("ola@alver.no", "et annet passord", HOME)
    assert (wrong.value.message, wrong.value.fields) == (unknown.value.message, unknown.value.fields)


def test_an_unknown_address_costs_the_same_work(kari: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(sessions, "verify_password", lambda kept, _password: compared.append(kept) and False)
    for email in ("kari@alver.no", "ola@alver.no", "ikke en adresse"):
        with pytest.raises(WrongCredentials):
            service.sign_in(email, "et annet passord", HOME)
    assert len(compared) == 3


def test_a_closed_account_is_not_let_in(kari: Person) -> None:
    service.deactivate(SYSTEM, kari.id)
    with pytest.raises(WrongCredentials):
        service.sign_in("kari@alver.no", make.PASSWORD, HOME)


def test_an_account_without_a_password_is_not_let_in(db: Any) -> None:
    make.person(email="ny@alver.no")
    with pytest.raises(WrongCredentials):
        service.sign_in("ny@alver.no", "", HOME)


def fail(times: int, email: str = "kari@alver.no", remote: str = HOME) -> None:
    for _time in range(times):
        with pytest.raises(WrongCredentials):
            service.sign_in(email, "et annet passord", remote)


def test_guessing_at_an_address_is_slowed_down_and_then_forgotten(kari: Person) -> None:
    with at(NOON):
        fail(FREE_TRIES)
        with pytest.raises(TooManyTries) as held:
            service.sign_in("kari@alver.no", make.PASSWORD, "198.51.100.7")
        assert held.value.until == NOON + timedelta(seconds=30)
    with at(NOON + timedelta(seconds=30)):
        service.sign_in("kari@alver.no", make.PASSWORD, HOME)
        fail(FREE_TRIES - 1)
        service.sign_in("kari@alver.no", make.PASSWORD, HOME)


def test_guessing_from_one_place_is_slowed_down_whatever_the_address(
    kari: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "verify_password", lambda _kept, _password: False)
    with at(NOON):
        for number in range(FREE_TRIES_FROM):
            fail(1, f"person{number}@alver.no")
        with pytest.raises(TooManyTries):
            service.sign_in("kari@alver.no", make.PASSWORD, HOME)
        fail(1, remote="198.51.100.7")


def test_failures_are_kept_unreadable_and_for_a_day(kari: Person, db: Any) -> None:
    with at(NOON):
        fail(1)
    kept = db.session.scalars(select(SignInFailure.subject_hash)).all()
    assert len(kept) == 2
    assert not any("kari" in subject or HOME in subject for subject in kept)
    with at(NOON + timedelta(days=2)):
        fail(1)
    assert db.session.scalar(select(func.count()).select_from(SignInFailure)) == 2


def test_an_old_hash_is_made_anew(kari: Person) -> None:
    with unit_of_work():
        old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(make.PASSWORD)
        queries.get_person(kari.id).password_hash = old
    assert needs_rehash(old)
    service.sign_in("kari@alver.no", make.PASSWORD, HOME)
    assert not needs_rehash(queries.get_person(kari.id).password_hash or "")
    service.sign_in("kari@alver.no", make.PASSWORD, HOME)


def test_a_new_password_ends_every_session_but_the_new_one(kari: Person) -> None:
    old = service.sign_in("kari@alver.no", make.PASSWORD, HOME)
    new = service.change_password(old.actor, make.PASSWORD, "en helt annen frase", HOME)
    assert queries.load_session(old.key) is None
    assert queries.load_session(new.key) is not None
    with pytest.raises(WrongCredentials):
        service.sign_in("kari@alver.no", make.PASSWORD, HOME)
    service.sign_in("kari@alver.no", "en helt annen frase", HOME)


def test_a_password_is_changed_only_by_who_knows_it(kari: Person) -> None:
    actor = make.actor_of(kari)
    with pytest.raises(Invalid) as refusal:
        service.change_password(actor, "feil passord her", "en helt annen frase", HOME)
    assert list(refusal.value.fields) == ["current"]
    with pytest.raises(Invalid) as refusal:
        service.change_password(actor, make.PASSWORD, "kort", HOME)
    assert list(refusal.value.fields) == ["password"]


def test_guessing_at_the_current_password_is_slowed_down_too(kari: Person) -> None:
    actor = make.actor_of(kari)
    with at(NOON):
        for _time in range(FREE_TRIES):
            with pytest.raises(Invalid):
                service.change_password(actor, "feil passord her", "en helt annen frase", HOME)
        with pytest.raises(TooManyTries):
            service.change_password(actor, make.PASSWORD, "en helt annen frase", HOME)


def test_only_administrators_give_others_a_password(kari: Person) -> None:
    with pytest.raises(Forbidden):
        service.set_password(make.actor_of(kari), kari.id, "en helt annen frase")
    service.set_password(make.actor_of(make.admin()), kari.id, "en helt annen frase")
    service.sign_in("kari@alver.no", "en helt annen frase", HOME)


def test_only_demo_accounts_are_entered_without_a_password(kari: Person) -> None:
    demo = make.person("Demo", demo_note="Prøv dette.")
    assert service.sign_in_demo(demo.id).actor.name == "Demo"
    with pytest.raises(NotFound):
        service.sign_in_demo(kari.id)
