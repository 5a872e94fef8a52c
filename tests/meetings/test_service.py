"""Meetings through their services, on a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import identity
from tests.factories import library as factory
from tests.factories import meetings as plans
from wiki.core.authz import ANONYMOUS, SYSTEM
from wiki.core.clock import at, now
from wiki.core.errors import Conflict, Forbidden, Invalid, NotFound, SignInRequired
from wiki.documents import queries as documents_queries
from wiki.documents import service as documents
from wiki.documents.domain.audience import Ring
from wiki.library.queries.templates import origin
from wiki.meetings import queries, service
from wiki.meetings.domain.commands import (
    AddCase,
    AddFollowUp,
    Attendee,
    ChangeCase,
    ChangeMeeting,
    PlanMeeting,
    WriteMinutes,
)
from wiki.meetings.domain.states import AttendanceStatus, CaseType, MeetingState
from wiki.meetings.models import AgendaItem, Meeting
from wiki.spaces.domain import AddMember, EndMembership
from wiki.spaces.queries import members
from wiki.spaces.service import add_member, end_membership

pytestmark = pytest.mark.usefixtures("db")


def numbers(meeting: Meeting) -> list[str]:
    return [str(queries.case_number(item) or "-") for item in queries.cases(meeting)]


# --- planning and calling --------------------------------------------------------------------------------------------


def test_only_coordinators_plan(small: factory.Small) -> None:
    plan = PlanMeeting(space_id=small.group.id, title="Møte", starts_at=plans.SOON)
    for role in ("coordinator", "lead"):
        assert service.plan_meeting(small.actor(role), plan).state == MeetingState.PLANNED
    for role in ("member", "reader", "stranger"):
        with pytest.raises(Forbidden):
            service.plan_meeting(small.actor(role), plan)
    with pytest.raises(SignInRequired):
        service.plan_meeting(ANONYMOUS, plan)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 201}),
        ("place", {"place": "x" * 201}),
        ("ends_at", {"ends_at": plans.SOON}),
    ],
)
def test_a_meeting_needs_a_title_and_an_end_after_its_beginning(
    small: factory.Small, field: str, values: dict[str, Any]
) -> None:
    plan = {"space_id": small.group.id, "title": "Møte", "starts_at": plans.SOON}
    with pytest.raises(Invalid) as refused:
        service.plan_meeting(SYSTEM, PlanMeeting(**plan | values))
    assert list(refused.value.fields) == [field]


@pytest.mark.both_databases
def test_calling_gives_the_cases_their_numbers_and_invites_the_members(small: factory.Small) -> None:
    first, second = plans.called(small), plans.called(small, "En", "To", starts_at=plans.SOON + timedelta(days=30))
    assert numbers(first) == ["1-31", "2-31"]
    assert numbers(second) == ["3-31", "4-31"]
    invited = {(row.name, row.represents, row.status) for row in first.attendance}
    assert invited == {("Koordinator", "Bergen", "invited"), ("Fagperson", "Kinn", "invited")}


def test_a_meeting_in_january_called_in_december_counts_to_its_own_year(small: factory.Small) -> None:
    plans.called(small, "Høst", starts_at=datetime(2030, 11, 1, 9, tzinfo=UTC))
    with at(datetime(2030, 12, 10, 9, tzinfo=UTC)):
        january = plans.called(small, "Vinter", starts_at=datetime(2031, 1, 10, 9, tzinfo=UTC))
    assert numbers(january) == ["1-31"]


@pytest.mark.both_databases
def test_two_meetings_called_at_once_share_no_number(app: Flask, small: factory.Small, db: Any) -> None:
    meetings = [plans.planned(small, "En", "To", "Tre").id for _ in range(4)]
    coordinator = small.actor("coordinator")
    db.session.remove()

    def call(meeting_id: int) -> None:
        with app.app_context():
            service.call_meeting(coordinator, meeting_id)
            db.session.remove()

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(call, meetings))
    given = db.session.scalars(select(AgendaItem.number).where(AgendaItem.year == plans.SOON.year)).all()
    assert sorted(given) == list(range(1, 13))


def test_the_log_names_what_its_reader_may_see(small: factory.Small) -> None:
    meeting = plans.planned(small)
    promised_in = plans.called(small)
    promise = service.add_follow_up(
        small.actor("coordinator"),
        AddFollowUp(meeting_id=promised_in.id, text="Ringe", responsible_id=small.member.id),
    )
    address = f"/s/{small.group.slug}/-/moter/{meeting.id}"
    assert queries.meeting_names(small.actor("lead"), [meeting.id]) == {meeting.id: ("Møte i gruppen", address)}
    assert queries.meeting_names(small.actor("reader"), [meeting.id]) == {}
    assert list(queries.follow_up_names(small.actor("lead"), [promise.id])) == [promise.id]
    assert queries.follow_up_names(small.actor("reader"), [promise.id]) == {}


def test_another_space_has_numbers_of_its_own(small: factory.Small) -> None:
    plans.called(small)
    other = factory.space(small.network, "board")
    plan = PlanMeeting(space_id=other.id, title="Styret", starts_at=plans.SOON)
    meeting = service.plan_meeting(small.actor("lead"), plan)
    service.add_case(small.actor("lead"), AddCase(meeting_id=meeting.id, title="Sak"))
    assert numbers(service.call_meeting(small.actor("lead"), meeting.id)) == ["1-31"]


def test_a_withdrawn_case_keeps_its_number_and_a_late_one_gets_the_next(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small, "En", "To", "Tre")
    second = queries.cases(meeting)[1]
    service.remove_case(coordinator, second.id)
    service.add_case(coordinator, AddCase(meeting_id=meeting.id, title="Ettersendt"))
    assert numbers(meeting) == ["1-31", "2-31", "3-31", "4-31"]
    assert second.type == CaseType.WITHDRAWN
    back = ChangeCase(case_id=second.id, title="To likevel", type=CaseType.DISCUSSION)
    assert service.change_case(coordinator, back).number == 2


def test_a_case_without_a_number_is_simply_taken_away(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.planned(small, "En", "To", "Tre")
    service.remove_case(coordinator, queries.cases(meeting)[0].id)
    assert [item.title for item in queries.cases(meeting)] == ["To", "Tre"]
    assert numbers(service.call_meeting(coordinator, meeting.id)) == ["1-31", "2-31"]


def test_cases_move_one_place_at_a_time_and_stay_at_the_edge(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.planned(small, "En", "To", "Tre")

    def titles() -> list[str]:
        return [item.title for item in queries.cases(meeting)]

    third = queries.cases(meeting)[2]
    for expected in (["En", "Tre", "To"], ["Tre", "En", "To"], ["Tre", "En", "To"]):
        service.move_case(coordinator, third.id, "up")
        assert titles() == expected
    service.move_case(coordinator, third.id, "down")
    assert titles() == ["En", "Tre", "To"]
    with pytest.raises(Invalid):
        service.move_case(coordinator, third.id, "sideways")


def test_an_empty_agenda_is_not_called(small: factory.Small) -> None:
    plan = PlanMeeting(space_id=small.group.id, title="Tomt", starts_at=plans.SOON)
    meeting = service.plan_meeting(small.actor("coordinator"), plan)
    with pytest.raises(Invalid):
        service.call_meeting(small.actor("coordinator"), meeting.id)


def test_a_called_meeting_does_not_move_to_another_year(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    later = plans.SOON + timedelta(days=7)
    changed = service.change_meeting(
        coordinator, ChangeMeeting(meeting_id=meeting.id, title="Nytt", starts_at=later, place="Rådhuset")
    )
    assert (changed.title, changed.starts_at, changed.place) == ("Nytt", later, "Rådhuset")
    with pytest.raises(Invalid) as refused:
        service.change_meeting(
            coordinator,
            ChangeMeeting(meeting_id=meeting.id, title="Nytt", starts_at=plans.SOON + timedelta(days=365)),
        )
    assert "starts_at" in refused.value.fields


def test_a_cancelled_meeting_is_over(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    service.cancel_meeting(coordinator, meeting.id)
    for again in (
        lambda: service.cancel_meeting(coordinator, meeting.id),
        lambda: service.call_meeting(coordinator, meeting.id),
        lambda: service.add_case(coordinator, AddCase(meeting_id=meeting.id, title="Sak")),
        lambda: service.write_minutes(coordinator, WriteMinutes(meeting_id=meeting.id)),
    ):
        with pytest.raises(Conflict):
            again()


def test_others_than_coordinators_change_nothing(small: factory.Small) -> None:
    meeting = plans.called(small)
    case = queries.cases(meeting)[0]
    for role, failure in (("member", Forbidden), ("reader", Forbidden), ("stranger", NotFound)):
        actor = small.actor(role)
        for attempt in (
            lambda actor=actor: service.call_meeting(actor, meeting.id),
            lambda actor=actor: service.cancel_meeting(actor, meeting.id),
            lambda actor=actor: service.add_case(actor, AddCase(meeting_id=meeting.id, title="Sak")),
            lambda actor=actor: service.move_case(actor, case.id, "up"),
            lambda actor=actor: service.remove_case(actor, case.id),
            lambda actor=actor: service.record_attendance(actor, meeting.id, []),
            lambda actor=actor: service.write_minutes(actor, WriteMinutes(meeting_id=meeting.id)),
            lambda actor=actor: service.publish_minutes(actor, meeting.id, None),
            lambda actor=actor: service.add_follow_up(
                actor, AddFollowUp(meeting_id=meeting.id, text="x", responsible_id=1)
            ),
        ):
            with pytest.raises(failure):
                attempt()


# --- who sees a meeting ----------------------------------------------------------------------------------------------


def test_a_planned_meeting_is_for_the_members_and_a_called_one_for_the_network(small: factory.Small) -> None:
    meeting = plans.planned(small)
    seen = {role for role in ("coordinator", "member", "lead", "reader", "stranger") if _sees(small, role, meeting)}
    assert seen == {"coordinator", "member", "lead"}
    service.call_meeting(small.actor("coordinator"), meeting.id)
    assert _sees(small, "reader", meeting)
    assert not _sees(small, "stranger", meeting)
    with pytest.raises(NotFound):
        queries.get(ANONYMOUS, meeting.id)


@pytest.mark.both_databases
def test_a_meeting_that_was_cancelled_before_it_was_called_stays_unknown(small: factory.Small) -> None:
    meeting, called = plans.planned(small), plans.called(small)
    for each in (meeting, called):
        service.cancel_meeting(small.actor("coordinator"), each.id)
    assert not _sees(small, "reader", meeting)
    assert _sees(small, "reader", called)


def test_meetings_of_a_closed_room_stay_there(small: factory.Small) -> None:
    closed = factory.space(small.network, "secretariat")
    lead = small.actor("lead")
    meeting = service.plan_meeting(lead, PlanMeeting(space_id=closed.id, title="Internt", starts_at=plans.SOON))
    service.add_case(lead, AddCase(meeting_id=meeting.id, title="Sak"))
    service.call_meeting(lead, meeting.id)
    assert not _sees(small, "reader", meeting)
    assert queries.coming(small.actor("reader"), closed) == []
    document = service.write_minutes(lead, WriteMinutes(meeting_id=meeting.id))
    service.publish_minutes(lead, meeting.id, None)
    with pytest.raises(NotFound):
        documents_queries.get(small.actor("reader"), document.id)


def _sees(small: factory.Small, role: str, meeting: Meeting) -> bool:
    actor = small.actor(role)
    listed = meeting.id in {each.id for each in queries.coming(actor, meeting.space)}
    try:
        queries.get(actor, meeting.id)
    except NotFound:
        assert not listed
        return False
    assert listed
    return True


@pytest.mark.both_databases
def test_meetings_are_listed_by_year_and_the_coming_ones_apart(small: factory.Small) -> None:
    moments = [
        datetime(2030, 12, 31, 23, 30, tzinfo=UTC),  # half past midnight, 1 January 2031, in Oslo
        datetime(2031, 2, 1, 9, tzinfo=UTC),
        datetime(2030, 5, 1, 9, tzinfo=UTC),
        datetime(2031, 9, 1, 9, tzinfo=UTC),
    ]
    made = [plans.called(small, starts_at=moment) for moment in moments]
    reader = small.actor("reader")
    with at(datetime(2031, 3, 1, 9, tzinfo=UTC)):
        assert queries.years(reader, small.group) == [2031, 2030]
        assert [m.id for m in queries.past(reader, small.group, 2031)] == [made[1].id, made[0].id]
        assert [m.id for m in queries.past(reader, small.group, 2030)] == [made[2].id]
        assert [m.id for m in queries.coming(reader, small.group)] == [made[3].id]
        assert queries.years(small.actor("stranger"), small.group) == []


# --- attendance ------------------------------------------------------------------------------------------------------


def test_attendance_is_noted_as_it_was_that_day(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    guest = identity.person("Gjest", municipality_number="4631")
    service.record_attendance(
        coordinator,
        meeting.id,
        [
            Attendee(person_id=small.member.id, status=AttendanceStatus.EXCUSED),
            Attendee(person_id=small.coordinator.id, status=AttendanceStatus.PRESENT),
            Attendee(person_id=guest.id, status=AttendanceStatus.PRESENT, represents="Alver"),
        ],
    )
    seat = next(m for m in members(small.group.id) if m.person_id == small.member.id)
    end_membership(SYSTEM, EndMembership(membership_id=seat.membership_id))
    noted = {row.name: (row.represents, row.status) for row in queries.get(coordinator, meeting.id).attendance}
    assert noted == {
        "Fagperson": ("Kinn", "excused"),
        "Koordinator": ("Bergen", "present"),
        "Gjest": ("Alver", "present"),
    }
    with pytest.raises(Invalid):
        service.record_attendance(
            coordinator, meeting.id, [Attendee(person_id=999_999, status=AttendanceStatus.PRESENT)]
        )


def test_attendance_waits_for_the_call(small: factory.Small) -> None:
    with pytest.raises(Conflict):
        service.record_attendance(small.actor("coordinator"), plans.planned(small).id, [])


# --- minutes ---------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_minutes_are_begun_from_the_networks_template_and_published_to_it(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    service.record_attendance(
        coordinator, meeting.id, [Attendee(person_id=small.member.id, status=AttendanceStatus.PRESENT)]
    )
    document = service.write_minutes(coordinator, WriteMinutes(meeting_id=meeting.id))
    assert document.head is not None
    assert (document.kind, document.title) == ("minutes", "Referat fra møte 14. mars 2031")
    assert "| Fagperson | Kinn | Ja |" in document.head.body
    assert "## Sak 2-31 Felles DPIA" in document.head.body
    source = origin(coordinator, document.id)
    assert source is not None
    assert (source.title, source.version) == ("Referat fra møte", "1.0")
    with pytest.raises(NotFound):
        documents_queries.get(small.actor("reader"), document.id)
    service.publish_minutes(coordinator, meeting.id, Ring.NETWORK)
    assert queries.get(coordinator, meeting.id).state == MeetingState.HELD
    assert documents_queries.get(small.actor("reader"), document.id).id == document.id
    with pytest.raises(NotFound):
        documents_queries.get(small.actor("stranger"), document.id)


def test_minutes_are_written_once_and_only_of_a_called_meeting(small: factory.Small) -> None:
    coordinator = small.actor("coordinator")
    with pytest.raises(Conflict):
        service.write_minutes(coordinator, WriteMinutes(meeting_id=plans.planned(small).id))
    meeting = plans.called(small)
    with pytest.raises(Conflict):
        service.publish_minutes(coordinator, meeting.id, None)
    service.write_minutes(coordinator, WriteMinutes(meeting_id=meeting.id))
    with pytest.raises(Conflict):
        service.write_minutes(coordinator, WriteMinutes(meeting_id=meeting.id))
    with pytest.raises(Conflict):
        service.cancel_meeting(coordinator, meeting.id)


def test_publishing_the_document_by_itself_ends_the_meeting_too(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    document = service.write_minutes(coordinator, WriteMinutes(meeting_id=meeting.id))
    documents.publish(coordinator, document.id)
    assert queries.get(coordinator, meeting.id).state == MeetingState.HELD
    assert documents_queries.get(small.actor("reader"), document.id).id == document.id
    with pytest.raises(Conflict):
        service.add_case(coordinator, AddCase(meeting_id=meeting.id, title="For sent"))


def test_minutes_of_a_nynorsk_group_are_nynorsk_and_stand_on_one_shelf(db: Any) -> None:
    small = factory.small_network("nn")
    coordinator = small.actor("coordinator")
    first, second = plans.called(small), plans.called(small)
    made = [service.write_minutes(coordinator, WriteMinutes(meeting_id=m.id)) for m in (first, second)]
    assert {document.language for document in made} == {"nn"}
    assert {document.title for document in made} == {"Referat frå møte 14. mars 2031"}
    assert made[0].slug != made[1].slug
    assert made[0].parent_id == made[1].parent_id is not None


def test_what_was_not_done_follows_to_the_next_minutes(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    case = queries.cases(meeting)[1]
    for text in ("Sende utkast", "Ferdig alt"):
        promised = service.add_follow_up(
            coordinator,
            AddFollowUp(meeting_id=meeting.id, text=text, responsible_id=small.member.id, case_id=case.id),
        )
    service.finish_follow_up(coordinator, promised.id)
    later = plans.called(small, starts_at=plans.SOON + timedelta(days=30))
    document = service.write_minutes(coordinator, WriteMinutes(meeting_id=later.id))
    assert document.head is not None
    assert "| 1 | Sende utkast | 2-31 | Fagperson |" in document.head.body
    assert "Ferdig alt" not in document.head.body


# --- follow-ups ------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_who_promised_sees_it_first_due_first_and_finishes_it(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    due = {"Uten frist": None, "Sent": date(2031, 6, 1), "Snart": date(2031, 4, 1)}
    for text, day in due.items():
        service.add_follow_up(
            coordinator,
            AddFollowUp(meeting_id=meeting.id, text=text, responsible_id=small.member.id, due_on=day),
        )
    member = small.actor("member")
    mine = queries.my_follow_ups(member)
    assert [each.text for each in mine] == ["Snart", "Sent", "Uten frist"]
    service.finish_follow_up(member, mine[0].id)
    assert [each.text for each in queries.my_follow_ups(member)] == ["Sent", "Uten frist"]
    service.reopen_follow_up(member, mine[0].id)
    assert len(queries.my_follow_ups(member)) == 3
    assert queries.my_follow_ups(coordinator) == []
    assert queries.my_follow_ups(ANONYMOUS) == []


def test_only_the_responsible_and_the_coordinator_finish_it(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    other = identity.person("Observatør", municipality_number="4601")
    add_member(SYSTEM, AddMember(space_id=small.group.id, person_id=other.id, role="observer"))
    promised = service.add_follow_up(
        coordinator, AddFollowUp(meeting_id=meeting.id, text="Ringe", responsible_id=small.member.id)
    )
    with pytest.raises(Forbidden):
        service.finish_follow_up(identity.actor_of(other), promised.id)
    with pytest.raises(NotFound):
        service.finish_follow_up(small.actor("reader"), promised.id)
    service.finish_follow_up(coordinator, promised.id)
    assert queries.follow_ups(coordinator, meeting)[0].done_at is not None
    assert queries.follow_ups(small.actor("reader"), meeting) == []
    assert len(queries.follow_ups(identity.actor_of(other), meeting)) == 1


def test_a_follow_up_needs_somebody_of_the_group_and_a_case_of_the_meeting(small: factory.Small, db: Any) -> None:
    coordinator, meeting, other = small.actor("coordinator"), plans.called(small), plans.called(small)
    foreign = queries.cases(other)[0]
    for field, values in {
        "responsible_id": {"responsible_id": small.stranger.id},
        "case_id": {"responsible_id": small.member.id, "case_id": foreign.id},
        "text": {"responsible_id": small.member.id, "text": " "},
    }.items():
        command = {"meeting_id": meeting.id, "text": "Ringe"} | values
        with pytest.raises(Invalid) as refused:
            service.add_follow_up(coordinator, AddFollowUp(**command))  # type: ignore[arg-type]
        assert field in refused.value.fields
    planned = plans.planned(small)
    with pytest.raises(Conflict):
        service.add_follow_up(
            coordinator, AddFollowUp(meeting_id=planned.id, text="Ringe", responsible_id=small.member.id)
        )
    assert db.session.get(AgendaItem, foreign.id).meeting_id == other.id


def test_being_late_is_computed(small: factory.Small) -> None:
    coordinator, meeting = small.actor("coordinator"), plans.called(small)
    yesterday = (now() - timedelta(days=2)).date()
    service.add_follow_up(
        coordinator,
        AddFollowUp(meeting_id=meeting.id, text="Sent", responsible_id=small.member.id, due_on=yesterday),
    )
    assert queries.my_follow_ups(small.actor("member"))[0].is_overdue
