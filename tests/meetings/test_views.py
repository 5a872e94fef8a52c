"""The pages of meetings as each role meets them."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import identity
from tests.factories import library as factory
from tests.factories import meetings as plans
from wiki.documents import service as documents
from wiki.documents.domain.commands import EditDocument
from wiki.meetings import queries, service
from wiki.meetings.domain.commands import AddFollowUp, WriteMinutes
from wiki.meetings.domain.states import CaseType, MeetingState
from wiki.meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("db")

ROLES = ("coordinator", "member", "lead", "reader", "stranger")


def client_of(app: Flask, small: factory.Small, role: str) -> FlaskClient:
    return identity.sign_in(app.test_client(), getattr(small, role))


def base(small: factory.Small) -> str:
    return f"/s/{small.group.slug}/-/moter"


def one(small: factory.Small, meeting: Meeting) -> str:
    return f"{base(small)}/{meeting.id}"


def statuses(app: Flask, small: factory.Small, address: str) -> dict[str, int]:
    return {role: client_of(app, small, role).get(address).status_code for role in ROLES}


# --- who sees what ---------------------------------------------------------------------------------------------------


def test_each_role_sees_what_the_plan_says(app: Flask, small: factory.Small, client: FlaskClient) -> None:
    planned, called = plans.planned(small), plans.called(small)
    inside = {"coordinator": 200, "member": 200, "lead": 200}
    assert statuses(app, small, base(small)) == {**inside, "reader": 200, "stranger": 404}
    assert statuses(app, small, one(small, planned)) == {**inside, "reader": 404, "stranger": 404}
    assert statuses(app, small, one(small, called)) == {**inside, "reader": 200, "stranger": 404}
    assert statuses(app, small, f"{one(small, called)}/kalender.ics") == {**inside, "reader": 200, "stranger": 404}
    assert client.get(one(small, called)).location.startswith("/logg-inn")


@pytest.mark.parametrize("page", ["endre", "saksliste", "oppmote"])
def test_only_those_who_arrange_open_the_forms(app: Flask, small: factory.Small, page: str) -> None:
    address = f"{one(small, plans.called(small))}/{page}"
    assert statuses(app, small, address) == {
        "coordinator": 200,
        "member": 403,
        "lead": 200,
        "reader": 403,
        "stranger": 404,
    }


def test_a_meeting_is_not_found_in_another_space(app: Flask, small: factory.Small) -> None:
    meeting = plans.called(small)
    client = client_of(app, small, "coordinator")
    assert client.get(f"/s/{small.own.slug}/-/moter/{meeting.id}").status_code == 404
    assert client.get(f"{base(small)}/99999").status_code == 404


# --- the way of a meeting --------------------------------------------------------------------------------------------


def test_from_plan_to_published_minutes_by_forms_alone(app: Flask, small: factory.Small) -> None:
    client = client_of(app, small, "coordinator")
    made = client.post(
        f"{base(small)}/nytt",
        data={
            "title": "Vårmøte",
            "day": "2031-04-20",
            "starts": "09:00",
            "ends": "11:00",
            "form": "hybrid",
            "place": "Voss",
        },
    )
    address = made.location.removesuffix("/saksliste")
    assert primary(client, address) == "Sett opp sakslisten"
    for title in ("Godkjenning", "Felles ROS"):
        added = client.post(
            f"{address}/saksliste", data={"title": title, "type": "decision", "description": "**Bakgrunn**"}
        )
        assert added.status_code == 302
    assert primary(client, address) == "Kall inn"
    assert client.post(f"{address}/kall-inn").status_code == 302
    page = client.get(address).text
    assert "Sak 1-31 Godkjenning" in page
    assert "kl. 09.00–11.00" in page
    assert "<strong>Bakgrunn</strong>" in page
    noted = client.post(
        f"{address}/oppmote", data={f"status-{small.member.id}": "present", "guest": small.reader.email}
    )
    assert noted.status_code == 302
    assert "Fagperson, Kinn" in client.get(address).text
    assert "Leser" in client.get(address).text
    assert primary(client, address) == "Skriv referat"
    editor = client.post(f"{address}/referat").location
    assert editor.endswith("/rediger")
    assert client.get(editor).status_code == 200
    assert primary(client, address) == "Publiser referat"
    assert 'value="network"' in client.get(f"{address}/referat/publiser").text
    assert client.post(f"{address}/referat/publiser", data={"readers": "network"}).status_code == 302
    assert primary(client, address) == "Les referatet"
    reader = client_of(app, small, "reader")
    minutes = reader.get(editor.removesuffix("/rediger"))
    assert minutes.status_code == 200
    assert "Sak 2-31 Felles ROS" in minutes.text
    assert client_of(app, small, "stranger").get(editor.removesuffix("/rediger")).status_code == 404


def primary(client: FlaskClient, address: str) -> str:
    """The words of the one primary button of the page."""
    found = re.findall(
        r'<(?:a|button) class="ds-button" data-variant="primary"[^>]*>(.*?)</(?:a|button)>', client.get(address).text
    )
    words = [re.sub(r"<[^>]+>", "", each).strip() for each in found]
    return next(word for word in words if word != "Legg til")


def test_a_reader_is_offered_nothing_to_change(app: Flask, small: factory.Small) -> None:
    page = client_of(app, small, "reader").get(one(small, plans.called(small))).text
    for words in ("Kall inn", "Skriv referat", "Endre sakslisten", "Legg til et oppfølgingspunkt"):
        assert words not in page


def test_wrong_input_is_told_on_its_field_and_changes_nothing(app: Flask, small: factory.Small, db: Any) -> None:
    client = client_of(app, small, "coordinator")
    answer = client.post(
        f"{base(small)}/nytt",
        data={"title": "", "day": "ikke en dato", "starts": "09:00", "form": "telepati", "place": "x" * 300},
    )
    assert answer.status_code == 422
    for field in ("title", "day", "place"):
        assert f'id="{field}-error"' in answer.text
    late = client.post(
        f"{base(small)}/nytt",
        data={"title": "Møte", "day": "2031-04-20", "starts": "11:00", "ends": "09:00", "form": "digital"},
    )
    assert late.status_code == 422
    assert 'id="ends-error"' in late.text
    assert db.session.query(Meeting).count() == 0


def test_cases_are_moved_and_withdrawn_by_buttons(app: Flask, small: factory.Small) -> None:
    client, meeting = client_of(app, small, "coordinator"), plans.called(small, "En", "To")
    first, second = queries.cases(meeting)
    moved = client.post(f"{one(small, meeting)}/saksliste/{second.id}/up")
    assert moved.location.endswith(f"#sak-{second.id}")
    assert "autofocus" in client.get(moved.location.partition("#")[0]).text
    assert [item.title for item in queries.cases(meeting)] == ["To", "En"]
    client.post(f"{one(small, meeting)}/saksliste/{first.id}/trekk")
    assert queries.cases(meeting)[1].type == CaseType.WITHDRAWN
    assert client.get(f"{one(small, meeting)}/saksliste/{first.id}").status_code == 200
    data = {"title": "En likevel", "type": "discussion", "description": ""}
    assert client.post(f"{one(small, meeting)}/saksliste/{first.id}", data=data).status_code == 302
    assert queries.cases(meeting)[1].title == "En likevel"
    other = plans.planned(small, "Annet møte")
    strange = queries.cases(other)[0]
    assert client.get(f"{one(small, meeting)}/saksliste/{strange.id}").status_code == 404


def test_time_and_place_change_and_a_meeting_is_cancelled(app: Flask, small: factory.Small) -> None:
    client, meeting = client_of(app, small, "coordinator"), plans.called(small)
    form = client.get(f"{one(small, meeting)}/endre").text
    assert 'value="2031-03-14"' in form
    assert 'value="09:00"' in form
    data = {"title": "Nytt navn", "day": "2031-03-15", "starts": "12:00", "form": "physical", "place": "Rådhuset"}
    assert client.post(f"{one(small, meeting)}/endre", data=data).status_code == 302
    assert "Rådhuset" in client.get(one(small, meeting)).text
    wrong_year = client.post(f"{one(small, meeting)}/endre", data={**data, "day": "2032-03-15"})
    assert 'id="day-error"' in wrong_year.text
    assert client.post(f"{one(small, meeting)}/avlys").status_code == 302
    assert client.post(f"{one(small, meeting)}/avlys").status_code == 409
    assert queries.get(small.actor("member"), meeting.id).state == MeetingState.CANCELLED


def test_an_unknown_guest_is_told(app: Flask, small: factory.Small) -> None:
    client, meeting = client_of(app, small, "coordinator"), plans.called(small)
    answer = client.post(f"{one(small, meeting)}/oppmote", data={"guest": "ukjent@example.no"})
    assert answer.status_code == 422
    assert 'id="guest-error"' in answer.text


def test_the_calendar_file_is_one(app: Flask, small: factory.Small) -> None:
    answer = client_of(app, small, "reader").get(f"{one(small, plans.called(small))}/kalender.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\n")


def test_years_are_chosen_above_the_list(app: Flask, small: factory.Small) -> None:
    for year in (2019, 2020):
        plans.called(small, starts_at=plans.SOON.replace(year=year))
    client = client_of(app, small, "reader")
    assert "14. mars 2020" in client.get(base(small)).text
    assert "14. mars 2019" in client.get(f"{base(small)}?ar=2019").text
    assert client.get(f"{base(small)}?ar=tull").status_code == 200


# --- follow-ups ------------------------------------------------------------------------------------------------------


def test_follow_ups_are_added_finished_and_wait_on_the_start_page(app: Flask, small: factory.Small) -> None:
    coordinator, meeting = client_of(app, small, "coordinator"), plans.called(small)
    data = {"text": "Sende utkast", "responsible": small.member.id, "due": "2031-05-01", "case": "0"}
    assert coordinator.post(f"{one(small, meeting)}/oppfolging", data=data).status_code == 302
    refused = coordinator.post(f"{one(small, meeting)}/oppfolging", data={**data, "text": ""})
    assert refused.status_code == 422
    assert 'id="text-error"' in refused.text
    member = client_of(app, small, "member")
    start = member.get("/").text
    assert "Mine oppfølgingspunkter" in start
    assert "Sende utkast" in start
    promised = queries.my_follow_ups(small.actor("member"))[0]
    assert client_of(app, small, "reader").post(f"/oppfolging/{promised.id}/ferdig").status_code == 404
    done = member.post(f"/oppfolging/{promised.id}/ferdig", data={"fra": "start"})
    assert done.location == "/"
    assert "Mine oppfølgingspunkter" not in member.get("/").text
    assert member.post(f"/oppfolging/{promised.id}/apne").location.endswith("#oppfolging")
    assert "Sende utkast" not in client_of(app, small, "reader").get(one(small, meeting)).text


def test_what_stands_in_the_minutes_is_what_people_wrote(app: Flask, small: factory.Small) -> None:
    actor, meeting = small.actor("coordinator"), plans.called(small, "<script>alert(1)</script>")
    service.add_follow_up(actor, AddFollowUp(meeting_id=meeting.id, text="<b>fet</b>", responsible_id=small.member.id))
    document = service.write_minutes(actor, WriteMinutes(meeting_id=meeting.id))
    assert document.head is not None
    documents.edit(
        actor,
        EditDocument(
            document_id=document.id,
            base_id=document.head.id,
            title=document.title,
            body=document.head.body + "\n<script>x</script>",
            publish=True,
        ),
    )
    client = client_of(app, small, "coordinator")
    for page in (one(small, meeting), f"/s/{small.group.slug}/{document.slug}", f"{one(small, meeting)}/saksliste"):
        text = client.get(page).text
        assert "<script>alert" not in text
        assert "<script>x" not in text
        assert "<b>fet</b>" not in text
