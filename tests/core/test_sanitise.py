"""Attack strings, and what honest HTML keeps."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.core.errors import TooLarge
from wiki.core.sanitise import TAGS, anchor, clean, is_local, is_tangled

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=`javascript:alert(1)`>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="&#106;avascript&colon;alert(1)">x</a>',
    '<a href=" \x01javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    "<svg onload=alert(1)><a xlink:href=javascript:alert(1)><rect/></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    '<div style="background:url(javascript:alert(1))" onmouseover=alert(1)>x</div>',
    "<style>@import 'javascript:alert(1)';</style>",
    "<base href=//evil/><meta http-equiv=refresh content='0;url=javascript:alert(1)'><link rel=import href=//evil>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<details open ontoggle=alert(1)>x</details>",
    '<input type=image src=x onerror=alert(1)><input autofocus onfocus=alert(1) type="checkbox">',
    "<title><a title='</title><img src onerror=alert(1)>'>",
    "<p id=x onclick\n=alert(1)>x</p><p/onclick=alert(1)>",
    "<a href=javascript&#58;alert(1)>x</a>",
]


class Inspector(HTMLParser):
    """Collects the elements and attributes of what came out."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_harmless(markup: str) -> None:
    for tag, attributes in Inspector(markup).found:
        assert tag in TAGS
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in {"style", "srcdoc", "action", "formaction", "xlink:href"}
            if name in {"href", "src"}:
                assert value is not None
                assert not value.strip().startswith(("//", "\\"))
                scheme = re.match(r"[a-z][a-z0-9+.-]*:", value.lower())
                assert scheme is None or scheme[0] in {"http:", "https:", "mailto:", "tel:"}
            if name == "type":
                assert value == "checkbox"
            if name == "id":
                assert str(value).startswith("doc-")


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_come_out_harmless(attack: str) -> None:
    for variant in (attack, f"<p>{attack}", f'<b title="{attack}">', f"<table><tr><td>{attack}</table>"):
        assert_harmless(clean(variant))


@given(st.lists(st.sampled_from([*ATTACKS, "<", ">", '"', "'", "<p>", "</p>", "<table>", "&lt;", " x=", "<!--"])))
def test_any_mixture_is_harmless_and_cleaning_is_final(parts: list[str]) -> None:
    once = clean("".join(parts))
    assert_harmless(once)
    assert_harmless(clean(once))


def test_script_and_style_vanish_with_their_text() -> None:
    assert clean("a<script>alert(1)</script>b<style>p{}</style>c<SCRIPT>x") == "abc"


@pytest.mark.parametrize("url", ["//evil.no/x", "/\\evil.no", "\\\\evil.no", " //evil.no", "/\t/evil.no"])
def test_no_link_borrows_the_scheme_of_the_page(url: str) -> None:
    assert clean(f'<a href="{url}">x</a>') == "<a>x</a>"
    assert not is_local(url)


@pytest.mark.parametrize("url", ["/s/rom/side", "side", "../side?x=1#a:b", "#del", "?q=a:b"])
def test_local_addresses(url: str) -> None:
    assert is_local(url)


def test_ids_and_links_to_them_get_the_prefix() -> None:
    cleaned = clean('<p id="body">x</p><a href="#body">y</a><a href="#m%C3%B8te-på">z</a><a href="#">top</a>')
    assert cleaned == ('<p id="doc-body">x</p><a href="#doc-body">y</a><a href="#doc-mote-pa">z</a><a href="#">top</a>')
    assert anchor("møte-på") == anchor(anchor("møte-på")) == "doc-mote-pa"
    assert clean(cleaned) == cleaned


def test_only_our_own_classes_stay() -> None:
    assert clean('<td class="align-right button">x</td><div class="modal">y</div>').endswith("<div>y</div>")
    assert clean('<code class="language-python">x</code><code class="btn">y</code>') == (
        '<code class="language-python">x</code><code>y</code>'
    )


def test_honest_tables_stay() -> None:
    table = (
        '<table><caption>Mål</caption><tbody><tr><th scope="row">a</th><td colspan="2">b<br>c</td></tr></tbody></table>'
    )
    assert clean(table) == table


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000,
        "<ul><li>" * 10_000,
        "<p>" + "".join(f"<b id={i}>" for i in range(500)) + "</p>" + "<p>x" * 20_000,
        "<b><i title='</b>'>" * 5_000,
        "<b><!--</b>-->" * 5_000,
    ],
)
def test_tangled_html_is_refused(markup: str) -> None:
    """Cleaning these would take minutes; refusing them is what keeps them harmless."""
    assert is_tangled(markup)
    with pytest.raises(TooLarge):
        clean(markup)


def test_ordinary_untidiness_is_not_tangled() -> None:
    assert not is_tangled("<table>" + "<tr><td>a<td>b" * 500 + "</table>" + "<p>avsnitt<br>" * 200)
    assert not is_tangled("<div>" * 30 + "<b>x</b>" + "</div>" * 30)
