"""Every text of the product has its nynorsk and its English; the sources are bokmål."""

import ast

from scripts.catalogues import error_names, problems
from tests.architecture.tree import modules


def test_both_catalogues_are_complete() -> None:
    assert problems() == []


def test_messages_of_failures_are_whole_texts() -> None:
    """A text put together with an f-string is in no catalogue. The JSON API may: programs read it, in bokmål."""
    names = error_names()
    found = [
        f"{module.place}:{node.lineno}"
        for module in modules()
        if not module.name.endswith(".api")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names
        for value in (*node.args, *(keyword.value for keyword in node.keywords))
        if any(isinstance(inner, ast.JoinedStr) for inner in ast.walk(value))
    ]
    assert found == []
