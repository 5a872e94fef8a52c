"""Measures of a ranking against graded judgments (3 answers it, 2 in part, 1 mentions): nDCG@10, MRR, recall@20."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2


@dataclass(frozen=True)
class Score:
    """The three measures of one query, or their means over a class; each from 0 to 1."""

    ndcg: float
    reciprocal_rank: float
    recall: float


def measure(ranked: Sequence[str], grades: Mapping[str, int]) -> Score:
    """Measure one ranking; a document without a grade gains nothing."""
    ideal = _gain(sorted(grades.values(), reverse=True))
    relevant = {name for name, grade in grades.items() if grade >= 2}
    first = next((place for place, name in enumerate(ranked, start=1) if name in relevant), 0)
    found = relevant.intersection(ranked[:20])
    return Score(
        ndcg=_gain([grades.get(name, 0) for name in ranked]) / ideal if ideal else 0.0,
        reciprocal_rank=1 / first if first else 0.0,
        recall=len(found) / len(relevant) if relevant else 0.0,
    )


def mean(scores: Sequence[Score]) -> Score:
    """Give the mean of each measure."""
    count = len(scores)
    return Score(
        ndcg=sum(score.ndcg for score in scores) / count,
        reciprocal_rank=sum(score.reciprocal_rank for score in scores) / count,
        recall=sum(score.recall for score in scores) / count,
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades[:10], start=1))
