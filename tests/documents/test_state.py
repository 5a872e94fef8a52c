"""The state of a document and its fingerprint."""

from wiki.documents.domain.state import State, content_hash, state_of


def test_state_follows_the_content() -> None:
    one, other = content_hash("Tittel", "tekst", {}), content_hash("Tittel", "ny tekst", {})
    assert state_of(one, None) is State.DRAFT
    assert state_of(one, one) is State.PUBLISHED
    assert state_of(other, one) is State.CHANGED


def test_the_hash_covers_all_parts_and_not_the_order_of_keys() -> None:
    assert content_hash("a", "b", {"x": 1, "y": "æ"}) == content_hash("a", "b", {"y": "æ", "x": 1})
    hashes = {content_hash("a", "b", {}), content_hash("ab", "", {}), content_hash("a", "b", {"x": 1})}
    assert len(hashes) == 3
    assert all(len(each) == 64 for each in hashes)
