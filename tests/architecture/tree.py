"""The sources as the architecture tests see them: folders, rooms, modules and functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wiki"
TEMPLATES = ROOT / "templates"
TESTS = ROOT / "tests"

# Below the rooms, or above them: they have file names of their own.
KERNEL = frozenset({"core", "web"})
ENGINES = frozenset({"search", "transfer"})
TOP = frozenset({"demo"})


@dataclass(frozen=True)
class Module:
    """A Python file of the product, parsed once."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """The dotted name: wiki.documents.service."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def place(self) -> str:
        """The path from the root, for messages."""
        return str(self.path.relative_to(ROOT))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function, those of classes and inside others too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@lru_cache
def modules(folder: str = "wiki") -> tuple[Module, ...]:
    """Every module under a folder of the project."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return tuple(Module(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


@lru_cache
def rooms() -> tuple[str, ...]:
    """The packages of wiki/ that hold code, kernel and engines among them."""
    return tuple(sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))


@lru_cache
def templates() -> tuple[Path, ...]:
    """Every template, mails too."""
    return tuple(sorted(path for path in TEMPLATES.rglob("*") if path.is_file()))
