"""Passages: the right place, the right words, and never unsafe HTML."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from wiki.search.analysis.norwegian import key
from wiki.search.contracts import Marks
from wiki.search.highlight import PASSAGE, Highlighter

MARK = re.compile(r"</?mark>")


def _marks(*words: str) -> Marks:
    return Marks(keys=frozenset(map(key, words)))


def test_every_form_of_the_word_is_marked() -> None:
    passage = Highlighter(_marks("kommune")).passage("Kommunen og kommunane, men ikke fylket.")
    assert passage == "<mark>Kommunen</mark> og <mark>kommunane</mark>, men ikke fylket."


def test_a_compound_that_holds_the_word_is_marked() -> None:
    assert Highlighter(_marks("vurdering")).passage("En risikovurdering.") == "En <mark>risikovurdering</mark>."


def test_the_passage_with_most_of_the_query_is_chosen() -> None:
    text = f"Skole. {'Fyll. ' * 200} Her står skole og personvern sammen. {'Fyll. ' * 200}"
    passage = Highlighter(_marks("skole", "personvern")).passage(text)
    assert "<mark>skole</mark> og <mark>personvern</mark>" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(MARK.sub("", passage)) < PASSAGE + 60


def test_without_a_match_the_text_begins_at_its_beginning() -> None:
    assert Highlighter(_marks("skole")).passage("Noe annet.") == "Noe annet."
    assert Highlighter(_marks("skole")).passage("") == ""


def test_html_in_the_text_is_text() -> None:
    passage = Highlighter(_marks("skole")).passage('<script>alert("skole")</script>')
    assert passage == "&lt;script&gt;alert(&quot;<mark>skole</mark>&quot;)&lt;/script&gt;"


@given(st.text(), st.lists(st.text(min_size=1, max_size=6), max_size=3))
def test_only_marks_are_html_and_the_words_are_those_of_the_text(text: str, forms: list[str]) -> None:
    highlighter = Highlighter(Marks(forms=frozenset(forms), keys=frozenset(map(key, forms))))
    title = highlighter.title(text)
    assert re.fullmatch(r"(?:[^<>&]|&(?:amp|lt|gt|quot|#x27);|</?mark>)*", title)
    assert html.unescape(MARK.sub("", title)).split() == text.split()
    assert re.fullmatch(r"(?:[^<>&]|&(?:amp|lt|gt|quot|#x27);|</?mark>)*", highlighter.passage(text))
