"""The small memory: never larger than said, and it forgets what nobody has asked for longest."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.core.recent import Recent


def counted(made: list[int], value: int) -> Callable[[], int]:
    """Make the value, and note that it was made."""

    def make() -> int:
        made.append(value)
        return value

    return make


def test_a_value_is_made_once() -> None:
    memory, made = Recent[int](3), []
    assert [memory.get("a", counted(made, 1)), memory.get("a", counted(made, 2))] == [1, 1]
    assert made == [1]


def test_none_is_a_value_too() -> None:
    memory, made = Recent[None](3), []
    for _ in range(2):
        memory.get("a", lambda: made.append(1))
    assert made == [1]


def test_a_failure_is_not_kept() -> None:
    memory = Recent[float](3)
    with pytest.raises(ZeroDivisionError):
        memory.get("a", lambda: 1 / 0)
    assert memory.get("a", lambda: 2) == 2


@given(size=st.integers(1, 5), keys=st.lists(st.integers(0, 8), max_size=60))
def test_it_keeps_the_last_asked_for(size: int, keys: list[int]) -> None:
    memory = Recent[int](size)
    last: list[int] = []  # the reference: least recently asked for first
    for key in keys:
        made: list[int] = []
        assert memory.get(key, counted(made, key)) == key
        assert bool(made) == (key not in last)
        last = [*(k for k in last if k != key), key][-size:]


def test_threads_get_their_own_values() -> None:
    memory = Recent[int](10)

    def ask(seed: int) -> bool:
        return all(memory.get(key, lambda key=key: key) == key for n in range(400) for key in [(seed * 7 + n) % 25])

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))
    made: list[int] = []
    for key in range(25):
        memory.get(key, counted(made, key))
    assert len(made) >= 15, "more than ten were kept"


def test_making_does_not_hold_others_up() -> None:
    """A value may be made out of another one of the same memory."""
    memory = Recent[int](3)
    assert memory.get("outer", lambda: memory.get("inner", lambda: 1) + 1) == 2
