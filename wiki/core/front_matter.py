"""The block of YAML that may stand above a Markdown text."""

import re
from typing import Any

import yaml

from wiki.core.text import normalise

_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)(?:\A|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MAX_LENGTH = 20_000


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML without aliases: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read here")
        return super().compose_node(parent, index)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The fields above a text, and the text below them, both in normal form.

    Tolerant: what is no mapping, no YAML or too long is no front matter, and stays in the text.
    """
    whole = normalise(text)
    block = _BLOCK.match(whole)
    if not block or len(block[1]) > _MAX_LENGTH:
        return {}, whole
    try:
        fields = yaml.load(block[1], _PlainLoader)  # noqa: S506 - a safe loader, made safer
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, whole
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        return {}, whole
    return {str(key): value for key, value in fields.items()}, whole[block.end() :].lstrip("\n")
