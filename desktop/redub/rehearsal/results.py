"""The results: finished files at addresses that nobody can guess, kept for seven days."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from redub.paths import ensure
from redub.rehearsal.jobs import Job, JobBook

PATH = "/results"
_PLACE = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"([0-9a-f]{32})\.(mp4|srt|mp3|wav)")


class Results:
    """The folder of published files, one folder for each job."""

    def __init__(self, folder: Path, book: JobBook, *, is_old: Callable[[float], bool]) -> None:
        """Publish in `folder`; `is_old` says whether something finished at that time is no longer kept."""
        self._folder = ensure(folder)
        self._book, self._is_old = book, is_old

    def folder_for(self, job: Job) -> Path:
        """Return the folder that the files of `job` lie in."""
        return ensure(self._folder / job.shelf)

    def address(self, job: Job, name: str) -> str:
        """Return the path of the address of the file `name` of `job`; "" for no file."""
        return f"{PATH}/{job.shelf}/{name}" if name else ""

    def find(self, place: str, name: str) -> tuple[Job, Path] | None:
        """Return the file at an address, and whose it is, while it is kept; else None."""
        named = _NAME.fullmatch(name)
        job = self._book.get(named[1]) if named and _PLACE.fullmatch(place) else None
        if job is None or job.shelf != place or name not in {job.media, job.subtitles}:
            return None
        path = self._folder / place / name
        return (job, path) if path.is_file() and not self._is_old(job.finished) else None

    def sweep(self) -> None:
        """Delete what is no longer kept."""
        for job in self._book.all():
            if job.is_finished and self._is_old(job.finished):
                shutil.rmtree(self._folder / job.shelf, ignore_errors=True)
