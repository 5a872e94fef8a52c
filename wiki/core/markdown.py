"""Markdown to the HTML that is stored with a revision: rendered once, on saving, and sanitised here.

CommonMark with tables, strikethrough, task lists, footnotes and bare addresses as links. Raw HTML
is let through to the sanitiser. A body's headings start at level two and skip no level, so that a
page keeps its one h1 and a sound outline whatever people write.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from wiki.core.errors import TooLarge
from wiki.core.sanitise import anchor, cleaned, is_local, is_tangled
from wiki.core.text import normalise, plain_text, slugify, unique_slug

MAX_LENGTH = 300_000  # characters; the longest document we know has 142 000
# bleach's time grows with the square of the elements beside each other; our longest catalogue has 19 000 tags.
_MAX_TAGS = 30_000
_MAX_ENTITIES = 60_000
_MAX_NESTING = 40
# Marks in one run of text; beyond them the parser's time grows with the square.
_MAX_BRACKETS = 200
_MAX_EMPHASIS = 600
_MAX_ADDRESSES = 500
_EMPHASIS = re.compile(r"[*~]|(?<!\w)_|_(?!\w)")
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")
_H1 = re.compile(r"<(/?)h1\b", re.IGNORECASE)
# The sanitiser writes every attribute in double quotes and escapes < and > in them.
_TAG = re.compile(r"<(/?)(table|a|img|input)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


@dataclass(frozen=True)
class Heading:
    """A heading: its level as shown (2 to 6), the id it has in the page, its words."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """A rendered text: sanitised HTML, its headings in order, its words for search."""

    html: str
    headings: tuple[Heading, ...]
    text: str


@dataclass(frozen=True)
class _Labels:
    """What a screen reader says, in the language of the document."""

    table: str
    done: str
    undone: str
    back: str
    picture: str


_LABELS = MappingProxyType(
    {
        "nb": _Labels("Tabell", "Gjort", "Ikke gjort", "Tilbake til teksten", "Bilde"),
        "nn": _Labels("Tabell", "Gjort", "Ikkje gjort", "Tilbake til teksten", "Bilete"),
        "en": _Labels("Table", "Done", "Not done", "Back to the text", "Image"),
    }
)


def render(markdown: str, language: str = "nb") -> Rendered:
    """Render a text. The language (nb, nn or en) decides the words that screen readers add.

    Raises:
        TooLarge: over `MAX_LENGTH` characters, or more tags or entities than we can clean in time.
    """
    if len(markdown) > MAX_LENGTH:
        raise TooLarge("Teksten er for lang. Del den i flere sider.")
    source = normalise(markdown)
    tokens = _WITH_HTML.parse(source)
    markup = _WITH_HTML.renderer.render(tokens, _WITH_HTML.options, {})
    _check_size(markup)
    raw = " ".join(token.content for token in _all(tokens) if token.type in {"html_block", "html_inline"})
    if raw and is_tangled(raw, tags_around=markup.count("<")):
        # Shown as it is written: nothing is lost, and no parser has to make sense of it.
        tokens = _WITHOUT_HTML.parse(source)
        markup = _WITHOUT_HTML.renderer.render(tokens, _WITHOUT_HTML.options, {})
    _check_size(markup)
    html = _Finish(_LABELS.get(language, _LABELS["nb"])).finish(cleaned(markup))
    return Rendered(html, tuple(_headings(tokens)), plain_text(html))


def _check_size(markup: str) -> None:
    if markup.count("<") > _MAX_TAGS or markup.count("&") > _MAX_ENTITIES:
        raise TooLarge("Teksten blir for stor når den vises. Del den i flere sider.")


def _parser(*, html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html, "linkify": True, "maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.use(footnote_plugin).use(tasklists_plugin)
    # Only addresses that say so themselves: "README.md" and "vedtak.no" stay words.
    if parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": False})
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.push("outline", _outline)
    return parser


def _inline(state: StateCore) -> None:
    """Parse each run of text, but leave one that is made of marks as it is written."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _is_made_of_marks(token.content):
            text = Token("text", "", 0)
            text.content = token.content
            token.children.append(text)
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _is_made_of_marks(text: str) -> bool:
    return (
        text.count("[") > _MAX_BRACKETS
        or text.count("://") + text.count("@") > _MAX_ADDRESSES
        or len(_EMPHASIS.findall(text)) > _MAX_EMPHASIS
    )


def _outline(state: StateCore) -> None:
    """Give headings their levels and ids, cells their alignment as a class, and raw h1 the level below."""
    open_levels: list[tuple[int, int]] = []
    slugs: Counter[str] = Counter()
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            inline, closing = state.tokens[index + 1 : index + 3]
            _place_heading(token, closing, inline, open_levels, slugs)
        elif token.type in {"th_open", "td_open"}:
            alignment = _ALIGNMENT.search(str(token.attrs.pop("style", "")))
            if alignment:
                token.attrSet("class", f"align-{alignment[1]}")
    for token in _all(state.tokens):
        if token.type in {"html_block", "html_inline"}:
            token.content = _H1.sub(r"<\1h2", token.content)


def _place_heading(
    opening: Token, closing: Token, inline: Token, open_levels: list[tuple[int, int]], slugs: Counter[str]
) -> None:
    words = _words(inline.children or [])
    if not words:
        opening.tag = closing.tag = "p"
        return
    written = int(opening.tag[1])
    while open_levels and open_levels[-1][0] >= written:
        open_levels.pop()
    shown = min(open_levels[-1][1] + 1 if open_levels else 2, 6)
    open_levels.append((written, shown))
    opening.tag = closing.tag = f"h{shown}"
    base = slug = slugify(words)
    if base in slugs:
        slug = unique_slug(f"{base}-{slugs[base] + 1}", slugs)
        slugs[base] += 1
    slugs[slug] += 1
    opening.attrSet("id", slug)
    opening.meta["words"] = words


def _words(children: Sequence[Token]) -> str:
    parts = []
    for token in children:
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type == "image":
            parts.append(_words(token.children or []))
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split())


def _headings(tokens: Iterable[Token]) -> Iterable[Heading]:
    for token in tokens:
        if "words" in token.meta:
            yield Heading(int(token.tag[1]), anchor(str(token.attrs["id"])), token.meta["words"])


def _all(tokens: Iterable[Token]) -> Iterable[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


class _Finish:
    """What is added to sanitised HTML because no author may write it: roles, labels, rel.

    One pass over the tags; counts tables and knows whether it stands inside a table or link.
    """

    def __init__(self, labels: _Labels) -> None:
        self.labels = labels
        self.tables = 0
        self.table_depth = 0
        self.in_link = False

    def finish(self, html: str) -> str:
        return _TAG.sub(self._tag, html)

    def _tag(self, match: re.Match[str]) -> str:
        closing, name, rest = match.groups()
        if name == "table":
            return self._table(match[0], bool(closing))
        if name == "a":
            self.in_link = not closing
            return match[0] if closing else self._link(rest)
        attributes = dict(_ATTRIBUTE.findall(rest))
        return self._checkbox(attributes) if name == "input" else self._image(match[0], attributes)

    def _table(self, tag: str, closing: bool) -> str:
        if closing:
            self.table_depth -= 1
            return tag if self.table_depth else tag + "</div>"
        self.table_depth += 1
        if self.table_depth > 1:
            return tag
        self.tables += 1
        label = f"{self.labels.table} {self.tables}"
        return f'<div class="table-scroll" role="region" aria-label="{label}" tabindex="0">{tag}'

    def _link(self, rest: str) -> str:
        attributes = dict(_ATTRIBUTE.findall(rest))
        if attributes.get("class") == "footnote-backref":
            rest += f' aria-label="{self.labels.back}"'
        if attributes.get("href", "").lower().startswith(("http:", "https:")):
            rest += ' rel="noopener noreferrer nofollow"'
        return f"<a{rest}>"

    def _checkbox(self, attributes: dict[str, str]) -> str:
        """A task as a box that says its state; any other field is no part of a text."""
        if attributes.get("type") != "checkbox":
            return ""
        done = "checked" in attributes
        label = self.labels.done if done else self.labels.undone
        return f'<input type="checkbox" disabled{" checked" if done else ""} aria-label="{label}">'

    def _image(self, tag: str, attributes: dict[str, str]) -> str:
        """A picture of our own; one from elsewhere becomes a link, for pages call on no other host."""
        source = attributes.get("src", "")
        if source and is_local(source):
            return tag if "alt" in attributes else tag.replace("<img", '<img alt=""', 1)
        words = attributes.get("alt") or self.labels.picture
        if not source or self.in_link:
            return words
        return f'<a href="{source}" rel="noopener noreferrer nofollow">{words}</a>'


_WITH_HTML = _parser(html=True)
_WITHOUT_HTML = _parser(html=False)
