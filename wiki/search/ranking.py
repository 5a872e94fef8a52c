"""Score the documents a reader may read against a query, the same way for every back end.

Each word of the query is one group of alternatives that counts as one term (as if its synonyms were the same word); the
groups add up by BM25. Documents that hold every word come first; only when they are few do the others follow. A phrase
must be there; its words then rank by where they stand. What OR joins counts as its best part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import log

from wiki.search.analysis.compounds import Lexicon
from wiki.search.analysis.norwegian import is_stop_word, key
from wiki.search.contracts import Marks
from wiki.search.expansion import IN_COMPOUND, Alternative, Group, expand, expand_word
from wiki.search.favour import favoured
from wiki.search.filters import passing
from wiki.search.nearness import with_nearness
from wiki.search.parsing import Operand, ParsedQuery
from wiki.search.reader_view import ReaderView
from wiki.search.snapshot import Snapshot
from wiki.search.spelling import near_words
from wiki.search.terms import FORM, GRAM, PART, STEM, stems, word_grams

SATURATION = 2.5  # BM25's k1
PHRASE_WEIGHT = 4.0
GRAM_WEIGHT = 0.8
NEAR_WEIGHT = 0.7
KIN_WEIGHT = 0.3
KIN_LETTERS = 7  # fewer letters in common make no kin: kommune, kommunikasjon
KIN_SHARE = 0.8  # of the key that must be in common
FEW = 20  # with fewer documents that hold every word, those that hold most of it follow
COVERAGE = 0.5  # how steeply a missing word pulls a document down
LEAST_COVERAGE = 0.15


@dataclass(frozen=True)
class Ranking:
    """The scores of the documents that match, what to mark in them, and the words that nothing readable holds.

    `unknown` gives for each such word the nearest readable one, or None;
    `parts` are what each word, phrase or row of alternatives gave, before it counts how much of the query is there.
    """

    scores: dict[int, float]
    marks: Marks
    unknown: Mapping[str, str | None] = field(default_factory=dict)
    parts: tuple[tuple[str, Mapping[int, float]], ...] = ()

    def reasons(self, number: int) -> tuple[tuple[str, float], ...]:
        """Say what gave a document its score."""
        return tuple((name, scores[number]) for name, scores in self.parts if number in scores)


def rank(parsed: ParsedQuery, snapshot: Snapshot, view: ReaderView, prefix: bool = False) -> Ranking:
    """Score every readable document that matches."""
    if not parsed.has_text:
        return Ranking(dict.fromkeys(sorted(passing(parsed.filters, view.columns, view.numbers())), 0.0), Marks())
    groups = expand(parsed, snapshot.lexicon)
    if prefix and groups and parsed.words and groups[-1].word == parsed.words[-1]:
        groups[-1] = _with_beginnings(groups[-1], view)
    asked = _Asked(snapshot.lexicon, view)
    scored = [asked.group(group) for group in groups] + [asked.either(row) for row in parsed.either]
    phrases = [asked.phrase(phrase) for phrase in parsed.phrases]
    scores = _combine(scored, phrases, lambda numbers: passing(parsed.filters, view.columns, numbers))
    for excluded in _excluded(parsed, view):
        scores.pop(excluded, None)
    return Ranking(
        with_nearness(favoured(scores, parsed, view.columns), parsed.words, view),
        _marks(asked.groups, asked.forms),
        asked.unknown,
        tuple(zip(_names(groups, parsed), (part.scores for part in (*scored, *phrases)), strict=True)),
    )


def _names(groups: Sequence[Group], parsed: ParsedQuery) -> Iterable[str]:
    yield from (group.word for group in groups)
    for row in parsed.either:
        yield " | ".join(one if isinstance(one, str) else " ".join(one) for one in row)
    yield from (f'"{" ".join(phrase)}"' for phrase in parsed.phrases)


class _Asked:
    """Scores the parts of one query, and remembers what they were made of."""

    def __init__(self, lexicon: Lexicon, view: ReaderView) -> None:
        self._lexicon = lexicon
        self._view = view
        self.groups: list[Group] = []
        self.forms: set[str] = set()  # of phrases
        self.unknown: dict[str, str | None] = {}  # words that nothing readable holds -> the nearest that something does

    def group(self, group: Group) -> _GroupScore:
        """Score one word."""
        if not _is_known(group, self._view):
            near = near_words(group.word, self._view)
            self.unknown[group.word] = near[0][0] if near else None
            group = _relaxed(group, near)
        group = _with_kin(group, self._view)
        self.groups.append(group)
        return _score(group, self._view)

    def phrase(self, phrase: Sequence[str]) -> _GroupScore:
        """Score the documents that hold a phrase, by how its words weigh in them."""
        self.forms.update(phrase)
        view, holding = self._view, self._view.phrase(phrase)
        weight = PHRASE_WEIGHT * _idf(len(holding), view.count)
        scores = dict.fromkeys(holding, weight)
        for form in set(phrase):
            counts = view.weights(FORM, form)
            idf = _idf(len(counts), view.count)
            for number in holding:
                scores[number] += idf * counts[number] / (counts[number] + SATURATION)
        return _GroupScore(scores, holding, weight)

    def either(self, row: Sequence[Operand]) -> _GroupScore:
        """Score what OR joins: a document counts by the best it holds, and any of them makes it match."""
        scored = [
            self.group(expand_word(one, self._lexicon)) if isinstance(one, str) else self.phrase(one) for one in row
        ]
        best: dict[int, float] = {}
        for part in scored:
            for number, score in part.scores.items():
                best[number] = max(score, best.get(number, 0.0))
        matches = set().union(*(part.matches for part in scored))
        return _GroupScore(best, matches, _idf(len(matches), self._view.count))


def _is_known(group: Group, view: ReaderView) -> bool:
    single = (a for a in group.alternatives if len(a.terms) == 1)
    several = (a for a in group.alternatives if len(a.terms) > 1)
    return any(view.holds(a.level, a.terms[0]) for a in single) or any(_weights(a, view) for a in several)


@dataclass(frozen=True)
class _GroupScore:
    """The scores of one group, which documents it makes match, and how much the group weighs."""

    scores: dict[int, float]
    matches: frozenset[int] | set[int]
    weight: float


def _score(group: Group, view: ReaderView) -> _GroupScore:
    counts: dict[int, float] = {}
    frequency = 0.0
    for alternative in group.alternatives:
        frequency += _add(alternative, view, counts)
    matches = set(counts)
    for alternative in group.weak:
        _add(alternative, view, counts)
    idf = _idf(min(max(frequency, 1.0), float(len(matches) or 1)), view.count)
    scores = {number: idf * count / (count + SATURATION) for number, count in counts.items()}
    for number, score in _gram_scores(group.word, view).items():
        scores[number] = scores.get(number, 0.0) + score
    return _GroupScore(scores, matches, idf)


def _add(alternative: Alternative, view: ReaderView, counts: dict[int, float]) -> float:
    found = _weights(alternative, view)
    weight = alternative.weight
    for number, count in found.items():
        counts[number] = counts.get(number, 0.0) + weight * count
    return len(found) * weight if alternative.level != FORM else 0.0


def _weights(alternative: Alternative, view: ReaderView) -> dict[int, float]:
    if len(alternative.terms) == 1:
        return view.weights(alternative.level, alternative.terms[0])
    each = [_stem_or_part(term, view) for term in alternative.terms]
    first, *rest = sorted(each, key=len)
    return {
        number: min(weight, *(other[number] for other in rest))
        for number, weight in first.items()
        if all(number in other for other in rest)
    }


def _stem_or_part(term: str, view: ReaderView) -> dict[int, float]:
    found = view.weights(STEM, term)
    for number, weight in view.weights(PART, term).items():
        found[number] = found.get(number, 0.0) + IN_COMPOUND * weight
    return found


def _gram_scores(word: str, view: ReaderView) -> dict[int, float]:
    if is_stop_word(word):
        return {}
    scores: dict[int, float] = {}
    grams = word_grams(word)
    for gram in grams:
        found = view.weights(GRAM, gram)
        idf = _idf(len(found), view.count)
        for number, count in found.items():
            scores[number] = scores.get(number, 0.0) + idf * count / (count + SATURATION)
    return {number: GRAM_WEIGHT * score / len(grams) for number, score in scores.items()}


def _idf(frequency: float, count: int) -> float:
    return log(1 + (count - frequency + 0.5) / (frequency + 0.5)) if count else 0.0


def _combine(
    scored: Sequence[_GroupScore], phrases: Sequence[_GroupScore], pass_filters: Callable[[Iterable[int]], set[int]]
) -> dict[int, float]:
    """Add the groups up. A phrase must be there; documents without every word follow when the others are few."""
    total: dict[int, float] = {}
    for group in (*scored, *phrases):
        for number, score in group.scores.items():
            total[number] = total.get(number, 0.0) + score
    weight = sum(group.weight for group in scored)
    coverage: dict[int, float] = {}
    for group in scored:
        for number in group.matches:
            coverage[number] = coverage.get(number, 0.0) + group.weight / weight
    if phrases:
        holding = set.intersection(*(set(phrase.matches) for phrase in phrases))
        coverage = {number: coverage.get(number, 0.0) for number in holding} if scored else dict.fromkeys(holding, 1.0)
    passed = pass_filters(coverage)
    coverage = {number: share for number, share in coverage.items() if number in passed}
    full = [number for number, share in coverage.items() if share > 0.999]
    least = 0.999 if len(full) >= FEW else LEAST_COVERAGE
    return {n: total[n] * share**COVERAGE for n, share in coverage.items() if share >= least}


def _excluded(parsed: ParsedQuery, view: ReaderView) -> Iterable[int]:
    for word in parsed.not_words:
        for term in stems(word):
            yield from view.weights(STEM, term)
        yield from view.weights(FORM, word)
    for phrase in parsed.not_phrases:
        yield from view.phrase(phrase)


def _relaxed(group: Group, near: Sequence[tuple[str, float]]) -> Group:
    """Let readable words of nearly its spelling, or else its parts, stand for a word that nothing readable holds."""
    extra = tuple(
        Alternative(STEM, (term,), NEAR_WEIGHT * likeness) for word, likeness in near for term in stems(word)[:1]
    )
    return Group(group.word, (*group.alternatives, *(extra or group.weak)), group.weak)


def _with_kin(group: Group, view: ReaderView) -> Group:
    """Let words derived from nearly the same beginning count a little: sikkerhetskopi, sikkerhetskopiering."""
    term = key(group.word)
    length = max(KIN_LETTERS, round(KIN_SHARE * len(term)))
    if len(term) < KIN_LETTERS or not term.isalpha():
        return group
    kin = {key(word) for word in view.beginning_with(term[:length])} - {term}
    extra = tuple(Alternative(STEM, (other,), KIN_WEIGHT) for other in sorted(kin))
    return Group(group.word, (*group.alternatives, *extra), group.weak)


def _with_beginnings(group: Group, view: ReaderView) -> Group:
    """Let the readable words that begin with a half-typed word stand for it too."""
    beginnings = view.beginning_with(group.word)
    extra = tuple(Alternative(FORM, (word,), 0.5) for word in beginnings)
    return Group(group.word, (*group.alternatives, *extra), group.weak)


def _marks(groups: Sequence[Group], phrase_forms: Set[str]) -> Marks:
    alternatives = [a for group in groups for a in (*group.alternatives, *group.weak)]
    forms = {term for a in alternatives if a.level == FORM for term in a.terms}
    keys = {term for a in alternatives if a.level != FORM for term in a.terms}
    return Marks(frozenset(forms | phrase_forms), frozenset(keys))
