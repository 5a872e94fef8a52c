"""Reading a Whoosh index: its segments never change, so what was read of one is kept for as long as it lives."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from weakref import finalize

from whoosh.reading import IndexReader, TermNotFound

from wiki.search.analysis.compounds import Lexicon
from wiki.search.backends.entries import FACTS
from wiki.search.backends.whoosh.schema import decode_places, read_facts
from wiki.search.contracts import Hit, IndexBroken
from wiki.search.snapshot import Chunk, Columns
from wiki.search.terms import FORM
from wiki.search.titles import TitleWords

KEPT_POSTINGS = 1_000_000  # per segment; eight bytes each
KEPT_PLACES = 100_000  # per segment; about 150 bytes each
Postings = tuple["array[int]", "array[float]"]
_NOTHING: Postings = (array("I"), array("f"))


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever Whoosh raises over a file that is gone, cut or not its own into `IndexBroken`."""
    try:
        yield
    except IndexBroken:
        raise
    except Exception as error:  # bytes that are not what they should be fail in any way there is
        raise IndexBroken(f"the index cannot be read: {error!r}") from error


class Segment:
    """What has been read of one segment. Readers come and go with each commit; this stays."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._lock = Lock()  # Whoosh seeks in files that all threads share
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._kept_count = 0
        self._places: OrderedDict[str, dict[int, bytes]] = OrderedDict()
        self._places_count = 0
        self._vocabulary: list[str] | None = None
        self._titles: TitleWords | None = None
        finalize(self, reader.close)  # once no search uses the segment any more
        self.size: int = reader.doc_count_all()
        with reading():
            column = reader.column_reader("facts", translate=False)
            self.facts = [read_facts(column[number]) for number in range(self.size)]

    def postings(self, level: str, term: str) -> Postings:
        """Give the documents that hold the term, deleted ones among them, and its weight in each."""
        with self._lock:
            found = self._kept.get((level, term))
            if found is not None:
                self._kept.move_to_end((level, term))
                return found
            found = self._read(level, term)
            self._keep((level, term), found)
            return found

    def _keep(self, name: tuple[str, str], found: Postings) -> None:
        self._kept[name] = found
        self._kept_count += len(found[0]) + 1
        while self._kept_count > KEPT_POSTINGS and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._kept_count -= len(dropped[0]) + 1

    def _read(self, level: str, term: str) -> Postings:
        numbers, weights = array("I"), array("f")
        with reading():
            try:
                matcher = self._reader.postings(level, term.encode())
            except TermNotFound:
                return _NOTHING
            while matcher.is_active():
                numbers.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
        return numbers, weights

    def places(self, word: str) -> dict[int, bytes]:
        """Give the encoded places of a word by document."""
        with self._lock:
            found = self._places.get(word)
            if found is None:
                found = self._places[word] = self._read_places(word)
                self._places_count += len(found) + 1
            self._places.move_to_end(word)
            while self._places_count > KEPT_PLACES and len(self._places) > 1:
                _, dropped = self._places.popitem(last=False)
                self._places_count -= len(dropped) + 1
            return found

    def _read_places(self, word: str) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        with reading():
            try:
                matcher = self._reader.postings(FORM, word.encode())
            except TermNotFound:
                return found
            while matcher.is_active():
                found[matcher.id()] = matcher.value()
                matcher.next()
        return found

    def vocabulary(self) -> list[str]:
        """Give the words of the segment as written, in order."""
        with self._lock, reading():
            if self._vocabulary is None:
                self._vocabulary = [word.decode() for word in self._reader.lexicon(FORM)]
            return self._vocabulary

    def titles(self) -> TitleWords:
        """Give the titles of the segment by their words."""
        with self._lock:
            if self._titles is None:
                place = FACTS.index("title")
                self._titles = TitleWords([facts[place] for facts in self.facts])
            return self._titles

    def shown(self, number: int) -> dict[str, object]:
        """Give what a hit shows of a document."""
        with self._lock, reading():
            stored: dict[str, object] = self._reader.stored_fields(number)["shown"]
            return stored


class _Places(Mapping[int, Sequence[int]]):
    """The places of a word by document, decoded when asked for: most documents of a phrase are not."""

    def __init__(self, encoded: dict[int, bytes]) -> None:
        self._encoded = encoded

    def __getitem__(self, number: int) -> Sequence[int]:
        return decode_places(self._encoded[number])

    def __contains__(self, number: object) -> bool:
        return number in self._encoded

    def __iter__(self) -> Iterator[int]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


class WhooshSnapshot:
    """One commit of the index: the segments in a row, their documents numbered through."""

    def __init__(self, reader: IndexReader, kept: Mapping[str, Segment], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.columns = Columns()
        self.live: list[bool] = []
        self.segments: dict[str, Segment] = {}
        self._parts: list[tuple[Segment, int]] = []
        for leaf, offset in reader.leaf_readers():
            if leaf.doc_count_all():
                self._append(leaf, offset, kept)

    def _append(self, leaf: IndexReader, offset: int, kept: Mapping[str, Segment]) -> None:
        name = leaf.segment().segment_id()
        deleted = set(leaf.segment().deleted_docs())
        segment = kept.get(name)
        if segment:
            leaf.close()
        else:
            segment = Segment(leaf)
        self.segments[name] = segment
        self._parts.append((segment, offset))
        self.live.extend(number not in deleted for number in range(segment.size))
        columns = self.columns
        for position, fact in enumerate(FACTS):
            getattr(columns, fact).extend(facts[position] for facts in segment.facts)
        space, municipality = FACTS.index("space"), FACTS.index("municipality")
        for facts in segment.facts:
            columns.space_names[facts[space]] = facts[-2]
            columns.municipality_names[facts[municipality]] = facts[-1] or facts[municipality]

    def postings(self, level: str, term: str) -> Iterable[Chunk]:
        """Give the postings of a term, a chunk a segment."""
        for segment, offset in self._parts:
            numbers, weights = segment.postings(level, term)
            if numbers:
                yield ([number + offset for number in numbers] if offset else numbers), weights

    def positions(self, form: str) -> Mapping[int, Sequence[int]]:
        """Give the places of a word by document."""
        found: dict[int, bytes] = {}
        for segment, offset in self._parts:
            found.update((number + offset, value) for number, value in segment.places(form).items())
        return _Places(found)

    def vocabularies(self) -> Iterable[Sequence[str]]:
        """Give the words of each segment."""
        return [segment.vocabulary() for segment, _ in self._parts]

    def titles_with(self, beginning: str) -> set[int]:
        """Give the documents whose titles have a word that begins so, deleted ones too."""
        return {
            number + offset for segment, offset in self._parts for number in segment.titles().beginning_with(beginning)
        }

    def hit(self, number: int, score: float) -> Hit:
        """Give what is shown of a document."""
        segment, offset = next(part for part in reversed(self._parts) if part[1] <= number)
        return Hit(score=score, **segment.shown(number - offset))  # type: ignore[arg-type]  # stored by entries.shown
