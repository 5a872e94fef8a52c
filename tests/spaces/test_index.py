"""Spaces as search sees them."""

import pytest

from tests.factories import identity as people
from tests.factories.spaces import space
from wiki.core.authz import SYSTEM
from wiki.spaces import service
from wiki.spaces.domain import visible_to
from wiki.spaces.index import SpaceSource

pytestmark = pytest.mark.usefixtures("db")


def test_a_space_is_found_by_its_name_and_summary_by_those_who_may_know_of_it() -> None:
    made = space(people.network("vest"), name="Personvern", summary="Maler og råd", language="nn")
    source = SpaceSource()
    (entry,) = source.load(list(source.all_ids()))
    assert (entry.key, entry.title, entry.body, entry.language) == (
        f"space:{made.id}",
        "Personvern",
        "Maler og råd",
        "nn",
    )
    assert (entry.url, entry.space_slug, entry.network_id) == ("/s/personvern", "personvern", made.network_id)
    assert entry.tokens == visible_to(made)
    assert source.texts([made.id]) == {made.id: "Maler og råd"}


def test_an_archived_space_is_not_found() -> None:
    made = space(people.network("vest"))
    service.archive_space(SYSTEM, made.id)
    assert list(SpaceSource().all_ids()) == list(SpaceSource().load([made.id])) == []
