"""States of meetings, without a database."""

from wiki.meetings.domain.states import MeetingState, is_open, may_become, minutes_ring


def test_a_meeting_goes_forward_only() -> None:
    assert may_become(MeetingState.PLANNED, MeetingState.CALLED)
    assert may_become(MeetingState.CALLED, MeetingState.CANCELLED)
    assert not may_become(MeetingState.PLANNED, MeetingState.HELD)
    for state in MeetingState:
        assert not may_become(MeetingState.HELD, state)
        assert not may_become(state, MeetingState.PLANNED)
    assert [state for state in MeetingState if is_open(state)] == [MeetingState.PLANNED, MeetingState.CALLED]


def test_minutes_of_an_open_room_go_to_the_network_and_of_a_closed_one_stay() -> None:
    assert minutes_ring("network") == minutes_ring("networks") == minutes_ring("public") == "network"
    assert minutes_ring("space") is None
    assert minutes_ring("municipality") is None
