"""Give a verified result its name in the results folder: the subtitles first, the video last.

The names are written down before they are given, so that a crash in between is understood at the next start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock

from redub.core.errors import EnvironmentFault
from redub.core.tasks import TaskRecord
from redub.paths import ensure
from redub.store import files
from redub.store.files import disk_errors
from redub.store.tasks import TaskStore

LOCK_SECONDS = 60.0
VIDEO_ENDING = ".mp4"
SUBTITLES_ENDING = ".srt"


@dataclass(frozen=True, slots=True)
class Partials:
    """The hidden files in the results folder that a task's result arrives in."""

    video: Path
    subtitles: Path


def partials_of(record: TaskRecord) -> Partials:
    """Return where the result of a task arrives: always the same names, so that a download goes on after a crash."""
    folder = Path(record.folder)
    return Partials(folder / f".redub-{record.id}.part", folder / f".redub-{record.id}.srt.part")


@dataclass(frozen=True, slots=True)
class Published:
    """The final names; `subtitles` is None where there are none."""

    video: Path
    subtitles: Path | None


def publish(store: TaskStore, runtime: Path, record: TaskRecord, *, with_subtitles: bool) -> Published:
    """Give the partial files of `record` their names, in step with every other copy of the program; blocks.

    :raises UserError, EnvironmentFault: the folder takes no file; the partial files are still there
    """
    parts = partials_of(record)
    with disk_errors(runtime, "could not be used"), _alone(runtime):
        video = _name_for(record)
        subtitles = video.with_suffix(SUBTITLES_ENDING) if with_subtitles else None
        store.publishing(record.id, result=str(video), subtitles=str(subtitles or ""))
        if subtitles is not None and parts.subtitles.exists():
            subtitles = files.publish(parts.subtitles, subtitles)
        return Published(files.publish(parts.video, video), subtitles)


@contextmanager
def _alone(runtime: Path) -> Iterator[None]:
    """Keep every other copy of the program from choosing names meanwhile."""
    lock = filelock.FileLock(ensure(runtime) / "publish.lock", timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except filelock.Timeout as exc:
        raise EnvironmentFault(
            "The result could not be given its name.",
            why="Another copy of Redub has been at the results folder for a minute.",
            next_step="It is tried again.",
            detail=str(exc),
        ) from exc
    try:
        yield
    finally:
        lock.release()


def subtitles_published(record: TaskRecord) -> bool:
    """Say whether an earlier run was stopped after the subtitles had got their name; blocks."""
    return bool(record.subtitles) and Path(record.subtitles).is_file()


def published_before(record: TaskRecord) -> Published | None:
    """Return the names that an earlier run gave to the result before it was stopped, or None; blocks."""
    if not record.result or partials_of(record).video.exists():
        return None
    video = Path(record.result)
    if not video.is_file():
        return None
    subtitles = Path(record.subtitles) if record.subtitles else None
    return Published(video, subtitles if subtitles is not None and subtitles.is_file() else None)


def _name_for(record: TaskRecord) -> Path:
    """Return the name that was written down before a crash, else one that neither video nor subtitles have yet."""
    if record.result:
        return Path(record.result)
    return _free_pair(Path(record.folder) / f"{record.name or record.id}{VIDEO_ENDING}")


def _free_pair(video: Path) -> Path:
    """Return a name that neither a video nor subtitles have yet."""
    for number in range(1, 10_000):
        stem = video.stem if number == 1 else f"{video.stem} ({number})"
        name = video.with_name(f"{stem}{video.suffix}")
        if not name.exists() and not name.with_suffix(SUBTITLES_ENDING).exists():
            return name
    return files.free_name(video)
