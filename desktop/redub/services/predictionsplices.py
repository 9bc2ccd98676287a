"""The splices of a result: how much each is seen, and the edge of the segment that would hide one better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from redub.core.limits import limits_for
from redub.core.outputplan import OutputPlan, segment
from redub.core.splice import (
    Jump,
    MeasuredSplice,
    Splice,
    best_edge,
    edge_candidates,
    splices_of,
)
from redub.media import predictionsplices
from redub.services.editing import ShotView

_SHORTEST = float(limits_for("international")["segment.length"].low or 5.0)


@dataclass(frozen=True, slots=True)
class BetterEdge:
    """A segment with a smaller jump than now, one edge moved; the present one when there is none.

    :ivar start: seconds of the reference at which it begins; `end` where it ends
    """

    start: float
    end: float
    present: Jump
    improved: Jump

    @property
    def is_better(self) -> bool:
        """Say whether it is worth moving the edge."""
        return self.improved.score < self.present.score


def never() -> bool:
    """Say that nobody has cancelled."""
    return False


def measure_splices(
    reference: Path, plan: OutputPlan, cancelled: Callable[[], bool] = never
) -> tuple[MeasuredSplice, ...]:
    """Return every splice of `plan` with its jump; blocking. Rounds that repeat are measured once.

    :raises UserError: the reference cannot be read
    """
    splices = splices_of(plan)
    different = {_pictures(one): one for one in splices}
    jumps = predictionsplices.measure(reference, list(different.values()), cancelled)
    if len(jumps) < len(different):
        return ()
    known = dict(zip(different, jumps, strict=True))
    return tuple(MeasuredSplice(one, known[_pictures(one)]) for one in splices)


def _pictures(splice: Splice) -> tuple[float, bool, float, bool]:
    return round(splice.before, 6), splice.before_back, round(splice.after, 6), splice.after_back


def better_edge(view: ShotView, cancelled: Callable[[], bool] = never) -> BetterEdge | None:
    """Return the segment, one edge moved by at most half a second, whose jump is seen least; blocking.

    :returns: None when the result has no such jump, or when `cancelled` said so
    :raises UserError: the reference cannot be read
    """
    if view.facts is None or not jumps_back(view.plan):
        return None
    reference = Path(view.facts.path)
    start, end = segment(view.facts.duration, view.shot.selection)
    times = predictionsplices.picture_edges(reference)
    segments = edge_candidates(times, start, end, _SHORTEST)
    jumps = predictionsplices.measure_segments(reference, segments, cancelled)
    if not jumps:
        return None
    best = best_edge(jumps)
    return BetterEdge(*segments[best], jumps[0], jumps[best])


def jumps_back(plan: OutputPlan | None) -> bool:
    """Say whether the result jumps from the end of the segment to its start, instead of turning round."""
    return plan is not None and any(not one.turns for one in splices_of(plan))
