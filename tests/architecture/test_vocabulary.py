"""Names that say nothing are not used, and nothing is left for later."""

import ast
import re

from tests.architecture.tree import ROOT, modules, templates

EMPTY_MODULES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "data", "info"}
)
EMPTY_ENDINGS = ("Utils", "Util", "Helper", "Helpers", "Common", "Manager")
LEFT_FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def test_modules_have_names_that_say_something() -> None:
    assert [m.place for m in (*modules(), *modules("tests")) if EMPTY_MODULES & set(m.name.split("."))] == []


def test_classes_have_names_that_say_something() -> None:
    empty = [
        f"{module.place}: {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_ENDINGS)
    ]
    assert empty == []


def test_a_template_of_the_domain_is_a_form_template() -> None:
    names = [n.name for module in modules() for n in ast.walk(module.tree) if isinstance(n, ast.ClassDef)]
    assert "Template" not in names


def test_nothing_is_left_for_later() -> None:
    files = [*templates(), *(m.path for m in (*modules(), *modules("tests"), *modules("scripts")))]
    marked = [str(path.relative_to(ROOT)) for path in files if LEFT_FOR_LATER.search(path.read_text(encoding="utf-8"))]
    assert marked in ([], ["tests/architecture/test_vocabulary.py"])
