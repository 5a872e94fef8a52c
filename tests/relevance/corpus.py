"""Index documents made of a folder of Markdown with a manifest, for measuring relevance."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from wiki.search.contracts import IndexDocument

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def corpus_documents(folder: Path) -> Iterator[IndexDocument]:
    """Give every document of the manifest, public, its id as the key."""
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        text = (folder / entry["path"]).read_text("utf-8", errors="replace")
        yield IndexDocument(
            key=entry["id"],
            source="corpus",
            thing_id=int(entry["id"].lstrip("D")),
            kind="page",
            title=entry["title"],
            tokens=frozenset({"public"}),
            body=text,
            headings=tuple(_HEADING.findall(text)),
            language=entry["language"],
            source_path=entry["path"],
        )
