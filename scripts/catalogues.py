"""The texts of the product and their translations: bokmål in the sources, nynorsk and English in wiki/translations/.

`catalogues.py update` reads the texts out of the sources into both catalogues; texts that are gone are taken out, new
ones come in empty. `catalogues.py check` names what lacks a translation; the architecture tests ask the same.

Texts are the arguments of `_()`, `_l()` and `_n()` in code and templates, and the messages of the named failures
(classes in an errors.py), which are raised in rooms that know no Flask and are translated at the edge.
"""

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "wiki" / "translations"
LANGUAGES = ("nn", "en")
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "_n": (1, 2), "lazy_gettext": None, "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|{(\w*)}")


def error_names() -> frozenset[str]:
    """The names of the failures that a person is told about: the classes of every errors.py."""
    files = (ROOT / "wiki").rglob("errors.py")
    return frozenset(
        node.name
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )


def extract_code(file: BinaryIO, keywords: Any, comments: Iterable[str], options: Any) -> Iterator[tuple[Any, ...]]:
    """Babel's extraction from Python, and the messages of failures."""
    yield from extract_python(file, keywords, list(comments), options)
    file.seek(0)
    names = error_names()
    for node in ast.walk(ast.parse(file.read())):
        yield from ((line, None, text, []) for line, text in _messages(node, names))


def _messages(node: ast.AST, names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The texts of one node: `Failure("…", fields={"x": "…"})` or `message = "…"` in the class of a failure."""
    if isinstance(node, ast.Call) and _called(node) in names:
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        dicts = [value for value in values if isinstance(value, ast.Dict)]
        yield from _texts([*values, *(inner for value in dicts for inner in value.values)])
    if isinstance(node, ast.ClassDef) and node.name in names:
        for statement in node.body:
            if isinstance(statement, ast.Assign) and _assigned(statement) == "message":
                yield from _texts([statement.value])


def _called(node: ast.Call) -> str:
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _assigned(node: ast.Assign) -> str:
    return getattr(node.targets[0], "id", "")


def _texts(nodes: Iterable[ast.expr]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def source_catalog() -> Catalog:
    """Every text of the sources."""
    catalog = Catalog()
    methods = [("**.py", extract_code), ("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.xml", "jinja2")]
    for folder in ("wiki", "templates"):
        found = extract_from_dir(ROOT / folder, methods, {"**": {"silent": "false"}}, KEYWORDS)  # type: ignore[arg-type]
        for name, line, message, _comments, context in found:
            catalog.add(message, None, [(f"{folder}/{name}", line)], context=context)
    return catalog


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands; an empty one when there is no file."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Fagrom", copyright_holder="Fagrom contributors", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Bring both catalogues up to the sources."""
    source = source_catalog()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(source, no_fuzzy_matching=True, update_creation_date=False)
        output = io.BytesIO()
        write_po(output, catalog, no_location=True, ignore_obsolete=True, sort_output=True, width=100)
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.getvalue())
        empty = sum(1 for message in catalog if message.id and not _is_complete(message.string))
        print(f"{language}: {len(catalog)} texts, {empty} without a translation")


def problems() -> list[str]:
    """What is wrong with the catalogues: missing, uncertain, superfluous, or other placeholders than the source."""
    source = source_catalog()
    found = []
    for language in LANGUAGES:
        catalog = read(language)
        for message in source:
            if message.id:
                found += [
                    f"{language}: {fault}: {message.id!r}" for fault in _faults(message.id, catalog.get(message.id))
                ]
        left = {_key(message) for message in catalog} - {_key(message) for message in source}
        found += [f"{language}: no longer in the sources: {text!r}" for text in left if text]
    return found


def _faults(original: Any, translated: Any) -> list[str]:
    if translated is None or not _is_complete(translated.string):
        return ["no translation"]
    if translated.fuzzy:
        return ["marked fuzzy"]
    # A plural form may leave the number out ("one document"), but nobody may name what the source does not give.
    wanted = _placeholders(original)
    given = _placeholders(translated.string)
    same = given <= wanted if isinstance(original, tuple) else given == wanted
    return [] if same else ["other placeholders than the source"]


def _placeholders(texts: Any) -> set[str]:
    joined = texts if isinstance(texts, str) else " ".join(texts)
    return {match.group() for match in PLACEHOLDER.finditer(joined)}


def _is_complete(string: Any) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _key(message: Any) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def _path(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def main() -> int:
    """`update` or `check`; the exit code is 1 when something is wrong."""
    if sys.argv[1:] == ["update"]:
        update()
        return 0
    if sys.argv[1:] == ["check"]:
        found = problems()
        print("\n".join(found) or "Every text has its nynorsk and its English.")
        return 1 if found else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
