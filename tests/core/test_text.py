"""Plain text: addresses, normal form, words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.core.text import excerpt, first_heading, normalise, plain_text, slugify, unique_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Møte på Ås – 12. mars", "mote-pa-as-12-mars"),
        ("Ærlig talt: éin café", "aerlig-talt-ein-cafe"),
        ("A\u030arsmelding", "arsmelding"),
        ("ROS/DPIA (v2.1)", "ros-dpia-v2-1"),
        ("ŠÁMEGIELLA Đ", "samegiella-d"),
        ("", "uten-navn"),
        ("日本 – ?", "uten-navn"),
    ],
)
def test_a_title_becomes_an_address(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_a_long_address_is_cut_at_a_word() -> None:
    assert slugify("personvern i kommunene", max_length=14) == "personvern-i"
    assert slugify("personvern i kommunene", max_length=10) == "personvern"
    assert slugify("personvernkonsekvensvurdering", max_length=10) == "personvern"


@given(st.text(), st.integers(1, 100))
def test_an_address_is_always_one(title: str, length: int) -> None:
    slug = slugify(title, length)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= length
    assert slugify(slug, length) == slug


def test_a_taken_address_gets_a_number() -> None:
    assert unique_slug("plan", set()) == "plan"
    assert unique_slug("plan", {"plan", "plan-2"}) == "plan-3"
    assert unique_slug("en-lang-plan", {"en-lang-plan"}, max_length=12) == "en-lang-2"


def test_normal_form() -> None:
    assert normalise("\ufeffA\u030a\r\nb\rc\x00\x0b\td\x7f") == "Å\nb\nc\td"
    assert normalise("\ud800").encode("utf-8") == b"?"


@given(st.text())
def test_normal_form_is_final(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("markdown", "heading"),
    [
        ("tekst\n\n## *Mål* og [lenke](x) ##\n# Andre", "Mål og lenke"),
        ("```\n# kode\n```\n# Etter", "Etter"),
        ("#hashtag\n", None),
        ("# \n", None),
        ("", None),
    ],
)
def test_the_first_heading(markdown: str, heading: str | None) -> None:
    assert first_heading(markdown) == heading


def test_words_without_markup() -> None:
    markup = "<h2>Mål &amp; tiltak</h2><p>en<br>to <b>tr</b>e</p><script>alert(1)</script><td>a</td><td>b</td>"
    assert plain_text(markup) == "Mål & tiltak\nen\nto tre\na\nb"
    assert plain_text("") == ""


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("En to\n tre, fire", 11) == "En to tre…"
    assert excerpt("kort", 10) == "kort"
    assert excerpt("a" * 50, 10) == "a" * 9 + "…"


@given(st.text(), st.integers(2, 50))
def test_an_excerpt_is_never_too_long(text: str, length: int) -> None:
    short = excerpt(text, length)
    assert len(short) <= length
    assert "\n" not in short
