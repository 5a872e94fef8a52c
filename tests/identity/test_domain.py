"""Periods, rights, passwords, the throttle and the comparison of lists, on values alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.core.authz import Actor, Party, Role
from wiki.core.errors import Invalid
from wiki.identity import domain
from wiki.identity.domain import MunicipalityFacts, Standing

DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))
NUMBERS = st.sampled_from(["4601", "4631", "0301", "1505"])
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


# --- periods ---------------------------------------------------------------------------------------------------------


@given(start=DAYS, length=st.integers(0, 900), on=DAYS)
def test_a_period_covers_its_days_and_no_other(start: date, length: int, on: date) -> None:
    days = {start + timedelta(days=n) for n in range(length + 1)}
    assert domain.active(start, start + timedelta(days=length), on) == (on in days)


@given(start=DAYS, on=DAYS)
def test_an_open_period_never_ends(start: date, on: date) -> None:
    assert domain.active(start, None, on) == (on >= start)
    assert domain.active(None, None, on)


@given(start=DAYS, today=DAYS)
def test_what_is_ended_without_a_day_ends_at_once(start: date, today: date) -> None:
    assert not domain.active(start, domain.last_day(None, today), today)
    assert domain.active(start, domain.last_day(today, today), today) == (start <= today)


# --- rights ----------------------------------------------------------------------------------------------------------


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    employers = [Party("municipality", n, f"Kommune {n}") for n in draw(st.sets(NUMBERS, max_size=2))]
    if draw(st.booleans()):
        employers.append(Party("employer", "Etaten", "Etaten"))
    return Standing(
        person_id=draw(st.integers(1, 99)),
        employers=tuple(employers),
        network_roles=draw(
            st.frozensets(st.tuples(st.integers(1, 3), st.sampled_from(domain.NETWORK_ROLES)), max_size=3)
        ),
        municipality_roles=draw(
            st.frozensets(st.tuples(NUMBERS, st.sampled_from(domain.MUNICIPALITY_ROLES)), max_size=3)
        ),
        networks_of=draw(st.dictionaries(NUMBERS, st.frozensets(st.integers(1, 3)))),
        former=draw(st.dictionaries(NUMBERS, st.frozensets(st.sampled_from(["1201", "1256"])))),
    )


@given(standings())
def test_tokens_say_where_a_person_belongs_and_nothing_else(who: Standing) -> None:
    tokens = domain.tokens_of(who)
    assert {"public", f"user:{who.person_id}"} <= tokens
    assert {t for t in tokens if t.startswith("user:")} == {f"user:{who.person_id}"}
    assert ("networks" in tokens) == any(t.startswith("network:") for t in tokens)
    assert {t for t in tokens if t.startswith("network:")} == {f"network:{n}" for n in who.networks}
    held = {t.partition(":")[2] for t in tokens if t.startswith("municipality:")}
    former = {old for number in who.municipalities for old in who.former.get(number, ())}
    assert held == who.municipalities | former
    assert not any(t.startswith("space:") for t in tokens)


@given(standings(), st.data())
def test_a_role_more_never_takes_a_token_away(who: Standing, data: st.DataObject) -> None:
    more = data.draw(st.tuples(NUMBERS, st.sampled_from(domain.MUNICIPALITY_ROLES)))
    richer = Standing(
        person_id=who.person_id,
        employers=who.employers,
        network_roles=who.network_roles,
        municipality_roles=who.municipality_roles | {more},
        networks_of=who.networks_of,
        former=who.former,
    )
    assert domain.tokens_of(who) <= domain.tokens_of(richer)
    assert domain.roles_of(who) <= domain.roles_of(richer)


@given(standings())
def test_parties_are_named_once_and_employers_come_first(who: Standing) -> None:
    parties = domain.parties_of(who)
    assert len({party.key for party in parties}) == len(parties)
    assert parties[: len(who.employers)] == who.employers
    readers = {n for n, role in who.municipality_roles if role == "reader"} - who.workplaces
    contacts = {n for n, role in who.municipality_roles if role == "contact"}
    assert not {f"municipality:{n}" for n in readers - contacts} & {party.key for party in parties}


def test_who_works_nowhere_holds_only_what_everybody_holds() -> None:
    assert domain.tokens_of(Standing(person_id=7)) == {"public", "user:7"}
    assert domain.roles_of(Standing(person_id=7)) == frozenset()
    assert domain.parties_of(Standing(person_id=7)) == ()


def test_the_heir_of_a_merger_has_its_roles_in_what_was_merged() -> None:
    who = Standing(1, municipality_roles=frozenset({("4631", "contact")}), former={"4631": frozenset({"1256"})})
    assert Role("municipality", "1256", "contact") in domain.roles_of(who)
    assert [party.id for party in domain.parties_of(who)] == ["4631"]


def test_a_lead_sees_the_people_of_its_networks_municipalities_only() -> None:
    lead = Actor(1, "Leder", roles=frozenset({Role("network", "2", "lead")}))
    assert domain.sees_people_of(lead, "4631", [2, 5])
    assert not domain.sees_people_of(lead, "4631", [5])


# --- e-mail and passwords --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"), [(" Kari.Vik@Alver.Kommune.NO ", "kari.vik@alver.kommune.no"), ("ａ@b.no", "a@b.no")]
)
def test_an_email_has_one_form(typed: str, kept: str) -> None:
    assert domain.normalise_email(typed) == kept


@pytest.mark.parametrize("typed", ["", "kari", "kari@", "@alver.no", "kari@alver", "k a@b.no", "a@b@c.no", "<a@b.no>"])
def test_what_is_no_email_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        domain.normalise_email(typed)
    assert "email" in refusal.value.fields


@given(st.text(max_size=300))
def test_an_email_that_is_taken_is_in_its_one_form(typed: str) -> None:
    try:
        kept = domain.normalise_email(typed)
    except Invalid:
        return
    assert domain.normalise_email(kept) == kept


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "elleve.tegn",
        "Sommer2026!!!",
        "passordpassord",
        "Passord123456",
        "p@ssw0rd2026!",
        "123456789012",
        "210987654321",
        "qwertyuiopås",
        "aaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "Velkommen1234",
        "Digitalisering2026",
        "kari.nordmann1",
        "KariNordmann99",
        "kari@alver.no1",
        "x" * 257,
    ],
)
def test_easy_passwords_are_refused(password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        domain.check_password(
            password, "kari.nordmann@alver.no" if "kari@" not in password else "kari@alver.no", "Kari Nordmann"
        )
    assert list(refusal.value.fields) == ["password"]


@pytest.mark.parametrize(
    "password", ["fjellrev sykler sakte", "Korrekt hest batteri", "kL9#vQz2!mTw", "blåbær på hytta"]
)
def test_good_passwords_pass_whatever_their_characters(password: str) -> None:
    domain.check_password(password, "kari.nordmann@alver.no", "Kari Nordmann")


# --- the throttle ----------------------------------------------------------------------------------------------------

FAILURES = st.lists(st.integers(0, 3000).map(lambda s: NOON - timedelta(seconds=s)), max_size=20)


def test_the_first_tries_are_free_and_then_the_wait_doubles() -> None:
    waits = []
    for count in range(5, 12):
        until = domain.retry_at([NOON] * count, NOON)
        waits.append((until - NOON).total_seconds() if until else 0)
    assert waits == [30, 60, 120, 240, 480, 900, 900]
    assert domain.retry_at([NOON] * 4, NOON) is None


@given(FAILURES)
def test_nobody_waits_longer_than_the_window(failures: list[datetime]) -> None:
    until = domain.retry_at(failures, NOON)
    assert until is None or NOON < until <= NOON + domain.THROTTLE_WINDOW
    assert domain.retry_at(failures, NOON + domain.THROTTLE_WINDOW) is None


@given(FAILURES)
def test_who_comes_back_when_told_is_let_in(failures: list[datetime]) -> None:
    until = domain.retry_at(failures, NOON)
    assert until is None or domain.retry_at(failures, until) is None


@given(FAILURES, st.integers(0, 3000))
def test_one_failure_more_never_shortens_the_wait(failures: list[datetime], ago: int) -> None:
    before = domain.retry_at(failures, NOON) or NOON
    after = domain.retry_at([*failures, NOON - timedelta(seconds=ago)], NOON) or NOON
    assert after >= before


# --- municipalities --------------------------------------------------------------------------------------------------


def facts(number: str, name: str = "") -> MunicipalityFacts:
    return MunicipalityFacts(number, name or f"Kommune {number}", number[:2], "Fylke")


def test_a_list_is_compared_by_number() -> None:
    known = {n: facts(n) for n in ("1001", "1002", "1003", "1004")}
    listed = [facts("1001"), facts("1002", "Nytt navn"), facts("1004"), facts("1009")]
    change = domain.compare_lists(known, {"1004"}, listed, {"1003": "1009"})
    assert [row.number for row in change.added] == ["1009"]
    assert [row.name for row in change.corrected] == ["Nytt navn"]
    assert (change.returned, change.ended, change.unchanged) == (("1004",), ("1003",), 2)


@pytest.mark.parametrize(
    ("listed", "successors"),
    [
        ([], {}),
        ([facts("1001"), facts("1001")], {}),
        ([facts("1001")], {"1002": "1009"}),
        ([facts("1001"), facts("1002")], {"1002": "1001"}),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(listed: list[MunicipalityFacts], successors: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        domain.compare_lists({"1001": facts("1001"), "1002": facts("1002")}, set(), listed, successors)


def test_a_part_of_the_list_is_not_taken_for_the_list() -> None:
    known = {f"{n:04d}": facts(f"{n:04d}") for n in range(1000, 1040)}
    with pytest.raises(Invalid):
        domain.compare_lists(known, set(), [facts("1000")], {})
    merged = {number: "1000" for number in known if number != "1000"}
    assert len(domain.compare_lists(known, set(), [facts("1000")], merged).ended) == 39
