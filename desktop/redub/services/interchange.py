"""To and from editing programs: the marks of the shot, and chosen takes as a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from redub.core.errors import UserError
from redub.core.history import Edit
from redub.core.marklist import MarkList, marks_of, with_marks
from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.media.probe import probe
from redub.services.editing import ShotView
from redub.services.reviewfiles import video_of
from redub.store.editformats import marks, otio
from redub.store.files import write_atomically

USUAL_RATE = 25.0


def export_marks(view: ShotView, path: Path) -> None:
    """Write the segment and the still intervals of the shot to `path`; its ending says the format; blocks.

    :raises UserError, EnvironmentFault: there are none, or they could not be written
    """
    facts = view.facts
    found = marks_of(view.shot, facts.duration if facts is not None else 0.0)
    if facts is None or not found:
        raise UserError(
            _("There are no marks to export."),
            next_step=_("Pick a segment (I, O) or mark a still interval (X) first."),
        )
    marks.save(
        MarkList(marks=found, path=facts.path, rate=_rate(view), seconds=facts.duration), path.absolute()
    )


def import_marks(view: ShotView, path: Path) -> Edit:
    """Return the edit that uses the marks in `path` instead of those of the shot, in one step; blocks.

    :raises UserError, EnvironmentFault: it is no such file, or its marks lie behind the end of the clip
    """
    found = marks.load(path, _rate(view))
    end = view.facts.duration if view.facts is not None else float("inf")
    if any(one.start >= end for one in found):
        raise UserError(
            _("The marks of {name} do not belong to this clip.").format(name=path.name),
            why=_("Some begin behind its end, at {seconds:.3f} s.").format(seconds=end),
            next_step=_("Export them from a timeline that begins at 00:00:00:00 with this clip."),
        )
    return Edit(_("Import marks"), partial(with_marks, marks=found))


def export_takes(name: str, records: Sequence[TaskRecord], path: Path) -> None:
    """Write the results of `records` one after another as an OpenTimelineIO timeline; blocks.

    :raises UserError, EnvironmentFault: a video is not there, or the timeline could not be written
    """
    write_atomically(path, otio.write_takes(name, [_placed(record) for record in records]))


def _placed(record: TaskRecord) -> otio.Placed:
    video = video_of(record).absolute()
    facts = probe(video)
    rate = facts.video.frame_rate if facts.video is not None else 0.0
    return otio.Placed(record.take_name or video.stem, str(video), rate or USUAL_RATE, facts.duration)


def _rate(view: ShotView) -> float:
    video = view.facts.video if view.facts is not None else None
    return (video.frame_rate if video is not None else 0.0) or USUAL_RATE
