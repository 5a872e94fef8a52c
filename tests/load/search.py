"""The search part of `make bench`: whole requests by kind of query, as a page and as JSON, and suggestions.

make bench ARGS='--search --copies 14'    ten thousand documents, when the content is ../shared/corpus
"""

import functools
import urllib.parse
from collections.abc import Callable, Mapping, Sequence

from tests.load.client import Load, get, load

write = functools.partial(print, flush=True)  # a command
QUERIES: Mapping[str, Sequence[str]] = {
    "one word": ("personvern", "risikovurdering", "kommune", "arkiv", "sikkerhet", "skole"),
    "several words": ("tilgangsstyring sikkerhet", "krav til arkivering av e-post", "varsling i digital postkasse"),
    "phrase": ('"personopplysninger"', '"digital post"', '"forskrift om endring"'),
    "compound": ("personvernkonsekvensvurdering", "vurdering av konsekvenser", "innsynskrav"),
    "misspelt": ("maskinprten", "sikkerhtet", "personopplysnigner"),
    "filter and OR": ("språk:nn skule", "type:side arkiv ELLER journal", "år:2026 sikkerhet -skole"),
    "no hits": ("xylofonorkester", '"finnes slett ikke her"'),
}
WARM_UP = 10.0  # seconds in which the servers read what they keep in memory
HALF_TYPED = ("pe", "per", "person", "dig", "digital po", "forskrift om en")


def measure(port: int, cookie: str, seconds: float) -> None:
    """Ask each kind of query over one connection for so long, then all of them over four."""
    everything = [query for queries in QUERIES.values() for query in queries]
    load(port, [get(_page(query), cookie) for query in everything], connections=4, seconds=WARM_UP)
    for name, address in (("HTML", _page), ("API", _api)):
        for kind, queries in QUERIES.items():
            _report(f"search, {name}, {kind}", _loaded(port, cookie, address, queries, 1, seconds))
        _report(f"search, {name}, all kinds", _loaded(port, cookie, address, everything, 1, seconds))
        _report(f"search, {name}, 4 connections", _loaded(port, cookie, address, everything, 4, seconds))
    _report("suggestions", _loaded(port, cookie, _suggestions, HALF_TYPED, 1, seconds))


def _page(query: str) -> str:
    return f"/sok?q={urllib.parse.quote(query)}"


def _api(query: str) -> str:
    return f"/api/v1/search?q={urllib.parse.quote(query)}"


def _suggestions(query: str) -> str:
    return f"/api/v1/suggest?q={urllib.parse.quote(query)}"


def _loaded(
    port: int, cookie: str, address: Callable[[str], str], queries: Sequence[str], connections: int, seconds: float
) -> Load:
    requests = [get(address(query), cookie) for query in queries]
    return load(port, requests, connections=connections, seconds=seconds)


def _report(name: str, result: Load) -> None:
    failed = f", {result.failures} FAILED" if result.failures else ""
    figures = f"{result.per_second:.0f} a second, p50 {result.p50:.1f} ms, p95 {result.p95:.1f} ms"
    write(f"{name:<36} {figures}{failed}")
