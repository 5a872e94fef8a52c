"""HTML from people made safe: the only module that knows bleach and nh3.

bleach is the first gate (it repairs and strips by the allow-list), nh3 has the last word with
a parser of its own; markup that fools one of two unlike parsers does not fool both.
Ids and links to them get a prefix, so that a page's text can never name (and thereby
shadow) anything of the frame around it.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote

import bleach
import nh3

from wiki.core.errors import TooLarge
from wiki.core.text import slugify, without_silent_elements

ID_PREFIX = "doc-"
PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
CHECKBOX = "checkbox"

# fmt: off
TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section",
    "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr", "u", "ul", "var",
})
# fmt: on
_ANYWHERE = frozenset({"id", "title", "lang", "dir"})
_ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "a": frozenset({"href", "class"}),
        "abbr": frozenset({"title"}),
        "code": frozenset({"class"}),
        "col": frozenset({"span"}),
        "colgroup": frozenset({"span"}),
        "details": frozenset({"open"}),
        "div": frozenset({"class"}),
        "hr": frozenset({"class"}),
        "img": frozenset({"src", "alt", "width", "height"}),
        "input": frozenset({"type", "checked"}),
        "li": frozenset({"class", "value"}),
        "ol": frozenset({"start", "class"}),
        "section": frozenset({"class"}),
        "sup": frozenset({"class"}),
        "td": frozenset({"colspan", "rowspan", "headers", "class"}),
        "th": frozenset({"colspan", "rowspan", "headers", "scope", "class"}),
        "time": frozenset({"datetime"}),
        "ul": frozenset({"class"}),
    }
)
# Only the classes that our own rendering writes; a person's text cannot borrow the frame's looks.
_ALIGN = frozenset({"align-left", "align-center", "align-right"})
_CLASSES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "a": frozenset({"footnote-backref"}),
        "hr": frozenset({"footnotes-sep"}),
        "li": frozenset({"footnote-item", "task-list-item"}),
        "ol": frozenset({"footnotes-list"}),
        "section": frozenset({"footnotes"}),
        "sup": frozenset({"footnote-ref"}),
        "td": _ALIGN,
        "th": _ALIGN,
        "ul": frozenset({"contains-task-list"}),
    }
)
_LANGUAGE_CLASS = re.compile(r"language-[A-Za-z0-9_+#.-]{1,30}")
_NUMBER = re.compile(r"-?\d{1,4}")
_NUMBERS = frozenset({"colspan", "rowspan", "span", "width", "height", "start", "value"})
# Characters that browsers skip when they read an address.
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")

# Elements that an HTML parser opens again in every following block until they are closed.
_REOPENED = frozenset({"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
_ATTRIBUTE_TEXT = r"""(?:[^<>"']|"[^<>"]*"|'[^<>']*')*"""
_VOID_TAG = re.compile(rf"<(?:{_VOID})\b{_ATTRIBUTE_TEXT}>", re.IGNORECASE)
_CLOSED_PAIR = re.compile(rf"<([a-z][a-z0-9]*)\b{_ATTRIBUTE_TEXT}>[^<>]*</\1\s*>", re.IGNORECASE)
_OPENING = re.compile(r"<([a-z][^\s/<>]*)", re.IGNORECASE)
_MAX_DEPTH = 40
_MAX_OPEN = 3_000
_MAX_REOPENED = 100_000


def clean(markup: str) -> str:
    """The allowed part of an HTML fragment. Idempotent; script and style vanish with their text.

    Raises:
        TooLarge: the elements are nested or left open in a way that would take minutes to read.
    """
    if is_tangled(markup):
        raise TooLarge("Koden på siden er for innfløkt til å vises.")
    return cleaned(markup)


def is_tangled(markup: str, tags_around: int = 0) -> bool:
    """Whether HTML would cost a parser far more than its size, by depth or by what it leaves open.

    Pairs that hold only text are taken away from the inside out; what is left is nested too deep,
    overlapping or not closed. `tags_around` is the number of tags that the fragment stands among.
    """
    rest = _VOID_TAG.sub(" ", markup)
    for _ in range(_MAX_DEPTH):
        rest, taken = _CLOSED_PAIR.subn(" ", rest)
        if not taken:
            break
    left = [name.lower() for name in _OPENING.findall(rest)]
    reopened = sum(name in _REOPENED for name in left)
    return len(left) > _MAX_OPEN or reopened * (markup.count("<") + tags_around) > _MAX_REOPENED


def cleaned(markup: str) -> str:
    """As `clean`, for a caller that has asked `is_tangled` already."""
    return _LAST_WORD.clean(_FIRST_GATE.clean(without_silent_elements(markup)))


def anchor(name: str) -> str:
    """The id in stored HTML of what a text calls `name` (in `id="name"` or `href="#name"`)."""
    return ID_PREFIX + slugify(unquote(name).removeprefix(ID_PREFIX))


def is_local(url: str) -> bool:
    """Whether the address stays on this site: no scheme, no host."""
    seen = _UNSEEN.sub("", url).replace("\\", "/")
    return not seen.startswith("//") and ":" not in re.split(r"[/?#]", seen, maxsplit=1)[0]


def _allowed(tag: str, name: str, value: str) -> bool:
    if name not in _ANYWHERE and name not in _ATTRIBUTES.get(tag, ()):
        return False
    if name in {"href", "src"}:
        return not _UNSEEN.sub("", value).replace("\\", "/").startswith("//")
    if name == "type":
        return value == CHECKBOX
    return name not in _NUMBERS or bool(_NUMBER.fullmatch(value))


def _filtered(tag: str, name: str, value: str) -> str | None:
    """The value nh3 is to write; None drops the attribute."""
    if not _allowed(tag, name, value):
        return None
    if name == "id":
        return anchor(value)
    if name == "headers":
        return " ".join(map(anchor, value.split()))
    if name == "href" and value.startswith("#"):
        return "#" + anchor(value[1:]) if len(value) > 1 else value
    if name == "class" and tag == "code":
        return value if _LANGUAGE_CLASS.fullmatch(value) else None
    if name == "class":
        return " ".join(word for word in value.split() if word in _CLASSES.get(tag, ())) or None
    return value


_FIRST_GATE = bleach.Cleaner(tags=TAGS, attributes=_allowed, protocols=PROTOCOLS, strip=True, strip_comments=True)
_LAST_WORD = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"*": set(_ANYWHERE), **{tag: set(names) for tag, names in _ATTRIBUTES.items()}},
    attribute_filter=_filtered,
    url_schemes=set(PROTOCOLS),
    link_rel=None,  # set for external links only, by wiki.core.markdown
    strip_comments=True,
)
