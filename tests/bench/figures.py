"""Percentiles and the lines that a benchmark prints."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds that `work` takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]


def calmest(rounds: Sequence[Sequence[float]], what: Callable[[Sequence[float]], float]) -> float:
    """Return `what` of the round in which the machine was least busy with others: noise only adds."""
    return min(what(values) for values in rounds)


def say(what: str, ours: float, *, peer: float = 0.0, name: str = "", wanted: float = 0.0) -> float:
    """Print one figure in milliseconds beside its peer and what the release promises; return the ratio."""
    ratio = ours / max(peer, 0.001)
    beside = f"   {name} {peer:8.1f} ms   ratio {ratio:5.2f}" if name else ""
    promised = f"   promised {wanted:g} ms: {'met' if ours <= wanted else 'NOT MET'}" if wanted else ""
    print(f"{what:36} {ours:9.1f} ms{beside}{promised}")
    return ratio


def middle(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the medians of both columns."""
    ours, theirs = zip(*pairs, strict=True)
    return median(ours), median(theirs)
