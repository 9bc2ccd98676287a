"""The files of a result that is reviewed: its video and subtitles, copies of both, and the review sheet."""

from __future__ import annotations

import logging
import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path

from redub.core.errors import RedubError, UserError
from redub.core.review import Review, Sentence
from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.media.subtitles import parse_srt
from redub.services.reviewsheet import SheetFormat, sheet
from redub.store.files import disk_errors, make_folder, publish, write_atomically

log = logging.getLogger(__name__)


def export_take(record: TaskRecord, folder: Path) -> tuple[Path, ...]:
    """Copy the result and its subtitles into `folder`, under one name, and return where they lie; blocks.

    Another file is never written over, and a copy that is cut off leaves no file behind.

    :raises UserError, EnvironmentFault: a file is not there, or the folder does not take it
    """
    video = video_of(record)
    subtitles = subtitles_of(record, video)
    made = [_copy(video, make_folder(folder) / video.name)]
    if subtitles is not None:
        made.append(_copy(subtitles, made[0].with_suffix(".srt")))
    return tuple(made)


def export_sheet(record: TaskRecord, review: Review, path: Path) -> Path:
    """Write the review sheet to `path`; its ending says HTML or CSV; blocks.

    :raises UserError, EnvironmentFault: it could not be written
    """
    form = SheetFormat.CSV if path.suffix.casefold() == ".csv" else SheetFormat.HTML
    write_atomically(path, sheet(title_of(record), review, form))
    return path


def _copy(source: Path, target: Path) -> Path:
    partial = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with disk_errors(target, "could not be copied"):
            shutil.copyfile(source, partial)
        return publish(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def video_of(record: TaskRecord) -> Path:
    """Return where the result of a task lies; blocks.

    :raises UserError: there is none, or it is not there any more
    """
    if not record.result:
        raise UserError(_("There is nothing to review yet."), why=record.message)
    path = Path(record.result)
    if not path.exists():
        raise UserError(
            _("The video is not there any more."),
            why=_("It was at {path}.").format(path=path),
            next_step=_("Say in the table of tasks where it is now."),
        )
    return path


def subtitles_of(record: TaskRecord, video: Path) -> Path | None:
    """Return where the subtitles of a result lie, None without any; blocks."""
    places = (
        (Path(record.subtitles), video.with_suffix(".srt"))
        if record.subtitles
        else (video.with_suffix(".srt"),)
    )
    return next((path for path in places if path.is_file()), None)


def sentences_of(record: TaskRecord, video: Path) -> tuple[Sentence, ...]:
    """Return the subtitles of a result; () where there are none that can be read."""
    path = subtitles_of(record, video)
    if path is None:
        return ()
    try:
        cues = parse_srt(path.read_bytes().decode("utf-8", errors="replace"))
    except (OSError, RedubError) as exc:
        log.info("reviewed without subtitles: %s", exc)
        return ()
    return tuple(Sentence(cue.start, cue.end, cue.text) for cue in sorted(cues, key=lambda cue: cue.start))


def title_of(record: TaskRecord) -> str:
    """Name a result so that two of the same take can be told apart."""
    made = datetime.fromtimestamp(record.created, UTC).astimezone()
    return f"{record.take_name or record.name or record.id[:8]} · {made:%m-%d %H:%M}"
