"""Front matter, as it is met in real files."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.core.front_matter import split_front_matter


def test_fields_and_body_come_apart() -> None:
    text = "\ufeff---\r\ntitle: Møte: «start»\r\ndate: 2026-11-20\r\ntags: [a, b]\r\n1: x\r\n---\r\n\r\n# Hei\r\n"
    fields = {"title": "Møte: «start»", "date": date(2026, 11, 20), "tags": ["a", "b"], "1": "x"}
    assert split_front_matter(text.replace("Møte: «start»", "'Møte: «start»'")) == (fields, "# Hei\n")
    assert split_front_matter("---\n---\ntekst") == ({}, "tekst")
    assert split_front_matter("---\na: 1\n...\n") == ({"a": 1}, "")


@pytest.mark.parametrize(
    "text",
    [
        "# Uten",
        "---\ntitle: a: b: c\n---\nx",
        "---\n- liste\n---\nx",
        "---\nbare tekst\n---\nx",
        "---\na: &x [1]\nb: *x\n---\nx",
        "---\na: 2026-13-45\n---\nx",
        "---\na: !!python/object/apply:os.system [id]\n---\nx",
        "---\n" + "[" * 5_000 + "\n---\nx",
        "---\na: 1\n",
        "---\na: " + "b" * 30_000 + "\n---\nx",
        "tekst\n---\na: 1\n---\n",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


@given(st.text(alphabet="-:ab \n&*[]{}!'\"0", max_size=60))
def test_nothing_written_makes_it_fail(text: str) -> None:
    fields, body = split_front_matter(f"---\n{text}\n---\nrest")
    assert isinstance(fields, dict)
    assert body.endswith("rest")
