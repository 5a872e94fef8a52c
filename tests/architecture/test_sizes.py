"""Modules, functions and templates stay small enough to be read in one go."""

from tests.architecture.tree import ROOT, modules, templates

MODULE_LINES = 400
FUNCTION_LINES = 50
TEMPLATE_LINES = 150


def test_modules_are_short() -> None:
    sizes = {module.place: len(module.path.read_text(encoding="utf-8").splitlines()) for module in _ours()}
    assert {place: lines for place, lines in sizes.items() if lines > MODULE_LINES} == {}


def test_functions_are_short() -> None:
    long = {
        f"{module.place}:{function.lineno} {function.name}": lines
        for module in _ours()
        for function in module.functions()
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_templates_are_short() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in templates()}
    assert {place: lines for place, lines in sizes.items() if lines > TEMPLATE_LINES} == {}


def _ours() -> tuple:  # type: ignore[type-arg]
    return (*modules("wiki"), *modules("scripts"))
