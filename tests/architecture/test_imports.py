"""What import-linter's contracts in pyproject.toml cannot say: whose edges are whose, and who alone may use what."""

from collections.abc import Iterable
from functools import lru_cache

import grimp

from tests.architecture.tree import ENGINES, KERNEL, TOP, rooms

EDGES = frozenset({"wiring", "views", "api", "cli", "handlers", "forms", "mail"})
COMPOSERS = frozenset({"wiki.app", "wiki.__main__"})

# Each is behind one door, so that it can be replaced there. A dot at the end means everything below.
DOORS = {
    "bleach": ("wiki.core.sanitise",),
    "nh3": ("wiki.core.sanitise",),
    "markdown_it": ("wiki.core.markdown",),
    "whoosh": ("wiki.search.backends.", "wiki.search.analysis"),
    "argon2": ("wiki.identity.",),
    "flask_sqlalchemy": ("wiki.core.db",),
    "flask_login": ("wiki.web.",),
}


@lru_cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("wiki", include_external_packages=True)


def test_edges_are_private_to_their_room() -> None:
    graph = _graph()
    intruders = [
        f"{importer} imports {module}"
        for module in sorted(graph.modules)
        for room, edge in [_room_and_edge(module)]
        if edge in EDGES and room in set(rooms()) - KERNEL
        for importer in graph.find_modules_that_directly_import(module)
        if importer.split(".")[1:2] != [room] and importer not in COMPOSERS
    ]
    assert intruders == []


def test_each_library_has_its_door() -> None:
    graph = _graph()
    intruders = [
        f"{importer} imports {library}"
        for library, doors in DOORS.items()
        if library in graph.modules
        for importer in graph.find_modules_that_directly_import(library)
        if not _is_within(importer, doors)
    ]
    assert intruders == []


def test_every_room_stands_under_the_contract_on_what_is_inside() -> None:
    import tomllib

    from tests.architecture.tree import ROOT

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    inside = next(contract for contract in contracts if contract["name"].startswith("Inside a room"))
    listed = {container.removeprefix("wiki.") for container in inside["containers"]}
    assert listed == set(rooms()) - KERNEL - ENGINES - TOP


def _room_and_edge(module: str) -> tuple[str, str]:
    parts = module.split(".")
    return (parts[1], parts[2]) if len(parts) > 2 and parts[0] == "wiki" else ("", "")


def _is_within(module: str, doors: Iterable[str]) -> bool:
    return any(module == door or (door.endswith(".") and module.startswith(door)) for door in doors)
