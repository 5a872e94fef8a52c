"""Every icon that a page asks for is in the sprite; one that is not would be an empty square that nobody notices."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from tests.architecture.tree import ROOT, modules, templates

ICONS = ROOT / "static" / "src" / "icons"
ARGUMENTS = frozenset({"icon", "icon_name"})


def test_every_icon_is_in_the_sprite() -> None:
    drawn = set(json.loads((ICONS / "icons.json").read_text(encoding="utf-8"))) | {p.stem for p in ICONS.glob("*.svg")}
    asked = [*_in_templates(), *_in_code()]
    assert len(asked) > 50, "the icons of the templates are not found"
    assert [f"{place}: {name}" for place, name in asked if name not in drawn] == []


def _in_templates() -> Iterator[tuple[str, str]]:
    for path in (path for path in templates() if path.suffix == ".html"):
        tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        sources = _assigned(tree)
        for call in tree.find_all(nodes.Call):
            named = [argument.value for argument in call.kwargs if argument.key in ARGUMENTS]
            if isinstance(call.node, nodes.Name) and call.node.name == "icon":
                named += call.args
            yield from ((_place(path), name) for value in named for name in _words(value, sources))


def _in_code() -> Iterator[tuple[str, str]]:
    """`icon="…"` of a menu entry or tab."""
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant):
                yield module.place, str(node.value.value)


def _assigned(tree: nodes.Template) -> dict[str, list[nodes.Node]]:
    """What the names of a template stand for: `set`, and the rows that a `for` walks."""
    found: dict[str, list[nodes.Node]] = {}
    for node in tree.find_all(nodes.Assign):
        if isinstance(node.target, nodes.Name):
            found.setdefault(node.target.name, []).append(node.node)
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Tuple) and isinstance(loop.iter, nodes.Tuple | nodes.List):
            for column, name in enumerate(loop.target.items):
                rows = [row.items[column] for row in loop.iter.items if isinstance(row, nodes.Tuple)]
                found.setdefault(getattr(name, "name", ""), []).extend(rows)
    return found


def _words(value: nodes.Node, sources: dict[str, list[nodes.Node]]) -> Iterator[str]:
    """The texts that an expression can become: either side of a condition, any value of a table."""
    if isinstance(value, nodes.Const):
        if isinstance(value.value, str):
            yield value.value
        return
    parts: list[nodes.Node | None] = []
    match value:
        case nodes.CondExpr():
            parts = [value.expr1, value.expr2]
        case nodes.Dict():
            parts = [pair.value for pair in value.items]
        case nodes.Getitem() | nodes.Getattr():
            parts = [value.node]
        case nodes.Call():  # table.get(key, otherwise)
            parts = [value.node, *value.args[1:]]
        case nodes.Name():
            parts = list(sources.get(value.name, ()))
    for part in parts:
        if part is not None:
            yield from _words(part, sources)


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT))
