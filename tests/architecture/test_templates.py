"""Templates: one folder a room, none unused, and nothing in them that the content security policy would stop."""

import ast
import re
from fnmatch import fnmatch

from tests.architecture.tree import ROOT, TEMPLATES, modules, rooms, templates

SHARED = frozenset({"components", "errors"})
ENDINGS = (".html", ".txt", ".xml")
REFERENCE = re.compile(
    r"""{%-?\s*(?:extends|include|import|from)\s+(.+?)(?:\s+(?:import|with|without|ignore|as)\b|-?%})"""
)
QUOTED = re.compile(r"""["']([^"']+)["']""")
# A style attribute, an event attribute, or a script or style element with its text inside.
INLINE = re.compile(r"""<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<script(?![^>]*\bsrc=)[^>]*>|<style\b""")


def test_every_folder_belongs_to_a_room() -> None:
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert folders - set(rooms()) - SHARED == set()


def test_every_template_is_used() -> None:
    patterns = _named_in_code() | _named_in_templates()
    names = [path.relative_to(TEMPLATES).as_posix() for path in templates()]
    assert [name for name in names if not any(fnmatch(name, pattern) for pattern in patterns)] == []


def test_no_template_holds_inline_script_or_style() -> None:
    pages = [path for path in templates() if path.suffix == ".html" and "mail" not in path.parts]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in pages
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line)
    ]
    assert found == []


def _named_in_code() -> set[str]:
    """Every string that ends like a template; the parts of an f-string that vary match anything."""
    names = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                names.add("".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values))  # type: ignore[misc]
    return {name for name in names if name.endswith(ENDINGS) and not name.startswith("*")}


def _named_in_templates() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in templates()]
    return {name for text in texts for tag in REFERENCE.findall(text) for name in QUOTED.findall(tag)}
