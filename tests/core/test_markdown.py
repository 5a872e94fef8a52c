"""What a text looks like when it is shown, and that no text takes long to get there."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_sanitise import ATTACKS, assert_harmless
from wiki.core.errors import TooLarge
from wiki.core.markdown import MAX_LENGTH, Heading, render


def test_headings_start_at_two_skip_none_and_have_stable_ids() -> None:
    rendered = render("# Mål *og* tiltak\n\n#### Ned\n\n#### Ned\n\n## Opp `kode`\n\n#\n\nSetext\n===\n")
    assert rendered.headings == (
        Heading(2, "doc-mal-og-tiltak", "Mål og tiltak"),
        Heading(3, "doc-ned", "Ned"),
        Heading(3, "doc-ned-2", "Ned"),
        Heading(3, "doc-opp-kode", "Opp kode"),
        Heading(2, "doc-setext", "Setext"),
    )
    assert '<h2 id="doc-mal-og-tiltak">Mål <em>og</em> tiltak</h2>' in rendered.html
    assert "<h1" not in render("tekst\n\n<h1>rå</h1>").html


def test_a_text_can_link_to_its_headings() -> None:
    assert '<a href="#doc-mal-og-tiltak">' in render("[til](#mål-og-tiltak)").html


def test_tables_can_be_scrolled_by_keyboard_and_keep_alignment() -> None:
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n\n<table><tr><td><table></table></td></tr></table>", "nn").html
    assert '<div class="table-scroll" role="region" aria-label="Tabell 1" tabindex="0"><table>' in html
    assert '<td class="align-right">2</td>' in html
    assert html.count('role="region"') == 2
    assert html.count("<div") == html.count("</div>")


def test_tasks_say_their_state_in_the_language_of_the_text() -> None:
    source = "- [ ] en\n- [x] to\n"
    assert '<input type="checkbox" disabled aria-label="Ikke gjort"> en' in render(source).html
    assert '<input type="checkbox" disabled checked aria-label="Done"> to' in render(source, "en").html
    assert "Ikkje gjort" in render(source, "nn").html
    assert "input" not in render("<input name=x> <input type=text>").html


def test_links_out_are_marked_and_words_are_not_made_links() -> None:
    html = render("https://ks.no og [inn](/s/rom) og README.md og vedtak.no og post@ks.no og [x](//evil.no)").html
    assert '<a href="https://ks.no" rel="noopener noreferrer nofollow">' in html
    assert '<a href="/s/rom">inn</a> og README.md og vedtak.no' in html
    assert '<a href="mailto:post@ks.no">' in html
    assert "<a>x</a>" in html


def test_pictures_from_elsewhere_become_links() -> None:
    assert render("![a](bilde.png)").html == '<p><img src="bilde.png" alt="a"></p>\n'
    assert (
        '<a href="https://e.no/b.png" rel="noopener noreferrer nofollow">a</a>'
        in render("![a](https://e.no/b.png)").html
    )
    assert render("[![a](https://e.no/b.png)](/x)").html == '<p><a href="/x">a</a></p>\n'
    assert render("<img src=x.png>").html.strip() == '<img alt="" src="x.png">'


def test_strikethrough_footnotes_and_code() -> None:
    html = render("~~bort~~ note[^1] `<b>`\n\n[^1]: Fot\n\n```python\nx < 1\n```\n").html
    assert "<s>bort</s>" in html
    assert '<a href="#doc-fn1" id="doc-fnref1">' in html
    assert 'aria-label="Tilbake til teksten"' in html
    assert '<code class="language-python">x &lt; 1' in html


def test_the_words_are_for_search() -> None:
    assert render("# Mål\n\nen *to*\n\n| a | b |\n|---|---|\n| c | d |\n").text == "Mål\nen to\na\nb\nc\nd"


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_come_out_harmless(attack: str) -> None:
    for source in (attack, f"tekst {attack} tekst", f"[x]({attack})", f"# {attack}", f"| {attack} |\n|---|\n"):
        assert_harmless(render(source).html)


@given(st.text(alphabet="#*_-[]()<>!|`~ab \n\t:/&\"'^x1.", max_size=200))
def test_every_text_can_be_shown(text: str) -> None:
    rendered = render(text)
    assert [f'id="{heading.id}"' in rendered.html for heading in rendered.headings] == [True] * len(rendered.headings)
    assert rendered.html.count("<table") == rendered.html.count("table-scroll") or "<table" in text


BOMBS = {
    "pictures": "![" * 145_000,
    "brackets": "[" * 290_000,
    "brackets in many runs": ("[" * 490 + "\n\n") * 580,
    "emphasis": "**a " * 72_000,
    "emphasis in many runs": ("**a " * 299 + "\n\n") * 240,
    "underscores": "_a " * 96_000,
    "stars": "*" * 140_000 + "a" + "*" * 140_000,
    "nested stars": "*" * 300 + "a" + "*" * 300,
    "quotes": ">" * 290_000,
    "lists": "- " * 140_000 + "a",
    "list items": "- a\n" * 70_000,
    "footnotes": "[^a]\n\n" * 48_000 + "[^a]: x",
    "addresses": "http://" * 42_000,
    "angles": "<" * 290_000,
    "ampersands": "&" * 290_000,
    "backticks": "".join("`" * n + " " for n in range(1, 750)),
    "cells": "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|b\n" * 90_000,
    "headings": "# a\n" * 70_000,
    "links": "[a](b)\n\n" * 36_000,
    "raw depth": "<div>" * 58_000,
    "raw open bold": "<b>\n\n" * 300 + "x\n\n" * 90_000,
    "unclosed comment": "<!-- " * 58_000,
    "open attributes": "<a title='" * 28_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_rendered_or_refused(name: str) -> None:
    """Each of these takes minutes in a renderer without our bounds, and this test with it."""
    with contextlib.suppress(TooLarge):
        assert render(BOMBS[name][:MAX_LENGTH]).html


def test_tangled_html_is_shown_as_it_is_written() -> None:
    assert "&lt;div&gt;" in render("<div>" * 4_000).html


def test_a_text_has_a_greatest_length() -> None:
    with pytest.raises(TooLarge):
        render("a" * (MAX_LENGTH + 1))
