"""A folder of texts, read as items: which files, which title, what else is known of them."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.transfer.contracts import Item
from wiki.transfer.readers.markdown_in import MAX_BYTES, Source, Unreadable, find_sources, read, read_manifest


def write(folder: Path, path: str, content: str | bytes = "tekst") -> Source:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return Source(file, path)


def item(tmp_path: Path, content: str, path: str = "en-fin_side.md") -> Item:
    return read(write(tmp_path, path, content))


# --- which files ---------------------------------------------------------------------------------


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for path in ("b.md", "a/z.md", "a/b.md", "Å.md", "a.md"):
        write(tmp_path, path)
    assert [source.path for source in find_sources(tmp_path)] == ["a.md", "a/b.md", "a/z.md", "b.md", "Å.md"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    for path in (".skjult.md", ".git/side.md", "a/.b/c.md", "synlig.md"):
        write(tmp_path, path)
    assert [source.path for source in find_sources(tmp_path)] == ["synlig.md"]


def test_links_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    folder, outside = tmp_path / "inne", tmp_path / "ute"
    secret, own = write(outside, "hemmelig.md"), write(folder, "egen.md")
    (folder / "lenke.md").symlink_to(secret.file)
    (folder / "mappe").symlink_to(outside)
    (folder / "ingen.md").symlink_to(folder / "borte.md")
    (folder / "kopi.md").symlink_to(own.file)
    assert [source.path for source in find_sources(folder)] == ["egen.md", "kopi.md"]


def test_the_same_letter_typed_in_two_ways_is_one_path(tmp_path: Path) -> None:
    write(tmp_path, "a\u030arshjul.md")
    assert [source.path for source in find_sources(tmp_path)] == ["årshjul.md"]


def test_a_name_that_is_not_utf_8_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"gr\xf8nn.md")).write_text("tekst", encoding="utf-8")
    (source,) = find_sources(tmp_path)
    assert source.path.encode() == b"gr\\udcf8nn.md"
    assert read(source).title.encode()


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("bilde.png", b"\x89PNG", "not Markdown or text"),
        ("uten-ending", b"tekst", "not Markdown or text"),
        ("gammel.md", "blåbær".encode("latin-1"), "not UTF-8"),
        ("stor.md", b"x" * (MAX_BYTES + 1), "larger than 2 MiB"),
        ("/".join(["mappe"] * 90) + "/a.md", b"tekst", "the path is longer than 500 characters"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path: Path, path: str, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=f"^{reason}$"):
        read(write(tmp_path, path, content))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path, "borte.md")
    source.file.unlink()
    with pytest.raises(Unreadable, match="cannot be read: No such file"):
        read(source)


# --- title and text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("---\ntitle: Fra toppen\n---\n# Overskrift\n", "Fra toppen"),
        ("---\ntitle: 2024\n---\n", "2024"),
        ("---\ntitle: 2024-03-01\n---\n", "2024-03-01"),
        ("---\ntitle: true\n---\n# Overskrift", "Overskrift"),
        ('---\ntitle: "  Over\\n to linjer "\n---\n', "Over to linjer"),
        ("Ingress\n\n## Første *overskrift*\n\n# Andre", "Første overskrift"),
        ("Understreket\n============\n\n# Ikke denne", "Understreket"),
        ("\ufeff# Med merke først", "Med merke først"),
        ("# Vindu\r\n\r\ntekst", "Vindu"),
        ("Bare tekst", "En fin side"),
        ("", "En fin side"),
        ("- liste\n---\n", "En fin side"),
        ("---\nikke: [yaml\n---\n# Likevel", "Likevel"),
    ],
)
def test_the_title_is_said_in_front_else_is_the_first_heading_else_the_name(
    tmp_path: Path, content: str, title: str
) -> None:
    assert item(tmp_path, content).title == title


def test_a_title_that_is_too_long_is_shortened_and_stays_in_the_text(tmp_path: Path) -> None:
    heading = "Delegering av myndighet " * 20
    read_item = item(tmp_path, f"# {heading.strip()}\n\nTekst")
    assert len(read_item.title) <= 200
    assert read_item.title.endswith("…")
    assert heading.strip() in read_item.body


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("# Tittel\n\nTekst\n", "Tekst\n"),
        ("# Tittel #\nTekst", "Tekst"),
        ("Tittel\n======\n\nTekst", "Tekst"),
        ("---\ntitle: Tittel\n---\n\n# Tittel\n\nTekst", "Tekst"),
        ("---\ntitle: En annen\n---\n# Tittel\n\nTekst", "# Tittel\n\nTekst"),
        ("## Tittel\n\nTekst", "## Tittel\n\nTekst"),
        ("Ingress\n\n# Tittel", "Ingress\n\n# Tittel"),
        ("# [Tittel](https://example.no)\n\nTekst", "# [Tittel](https://example.no)\n\nTekst"),
        ("# Tittel", ""),
    ],
)
def test_the_heading_that_became_the_title_is_not_said_twice(tmp_path: Path, content: str, body: str) -> None:
    assert item(tmp_path, content).body == body


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_becomes_an_item(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    read_item = item(tmp_path_factory.getbasetemp(), text)
    assert 1 <= len(read_item.title) <= 200
    assert json.dumps(dict(read_item.data))


# --- what else is known --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("language: nn", "nn"),
        ("lang: nb-NO", "nb"),
        ("lang: 'no'", "nb"),
        ("language: EN_gb", "en"),
        ("language: de", None),
        ("language: 7", None),
        ("title: x", None),
    ],
)
def test_the_language_is_one_of_ours_or_not_known(tmp_path: Path, line: str, language: str | None) -> None:
    assert item(tmp_path, f"---\n{line}\n---\ntekst").language == language


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("tags: [ros, 'to ord', ros, '']", ("ros", "to ord")),
        ("tags: ros,  dpia ,", ("ros", "dpia")),
        ("tags: {a: b}", ()),
        ("tags: [[a], 7]", ("7",)),
    ],
)
def test_tags_are_a_list_or_words_with_commas(tmp_path: Path, line: str, tags: tuple[str, ...]) -> None:
    assert item(tmp_path, f"---\n{line}\n---\ntekst").tags == tags


def test_other_fields_are_kept_as_plain_values(tmp_path: Path) -> None:
    front = "title: x\nansvarlig: Økonomi\ndato: 2024-03-01\nliste: [1, 2.5, null, .nan]\nkart: {1: ja}"
    assert item(tmp_path, f"---\n{front}\n---\ntekst").data == {
        "ansvarlig": "Økonomi",
        "dato": "2024-03-01",
        "liste": [1, 2.5, None, "nan"],
        "kart": {"1": "ja"},
    }


def test_a_manifest_describes_texts_that_say_nothing_themselves(tmp_path: Path) -> None:
    lines = [
        {"path": "a/side.md", "title": "Fra lista", "language": "nn", "tags": ["ros"], "annet": 1},
        {"path": "a\u030a.md", "title": "Å"},
        {"title": "uten sti"},
        [1],
    ]
    manifest = "\n".join(json.dumps(line) for line in lines) + "\nikke json\n"
    write(tmp_path, "manifest.jsonl", manifest)
    described = read_manifest(tmp_path)
    assert set(described) == {"a/side.md", "å.md"}
    page = read(write(tmp_path, "a/side.md", "# Innledning\n"), described["a/side.md"])
    assert (page.title, page.language, page.tags, dict(page.data)) == ("Fra lista", "nn", ("ros",), {})
    own = read(write(tmp_path, "a/side.md", "---\ntitle: Egen\nlang: nb\n---\n"), described["a/side.md"])
    assert (own.title, own.language, own.tags) == ("Egen", "nb", ("ros",))


def test_a_folder_without_a_manifest_is_described_by_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}
    write(tmp_path, "manifest.jsonl", b"\xff\xfe")
    assert read_manifest(tmp_path) == {}
