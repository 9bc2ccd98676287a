"""The queue of conversions on disk, so that a crash loses nothing of it: ``queue.json`` beside the converted clips."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from redub.core.errors import RedubError
from redub.core.jobs import ConversionJob, JobState
from redub.core.part import Part
from redub.store import jsonfiles
from redub.store.files import make_folder, write_atomically

FILE_NAME = "queue.json"
FORMAT = jsonfiles.Format(name="redub-queue", noun="the queue of conversions", version=1, migrations={})


class _Job(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    id: str
    source: str
    name: str
    part: Part | None = None
    kind: str = ""
    folder: str = ""
    result: str = ""
    state: JobState = JobState.WAITING
    said: str = ""


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: Literal["redub-queue"]
    version: int
    paused: bool = False
    speed: float = 0.0
    jobs: list[_Job] = []


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """What outlives the program: the jobs that a person asked for, whether they are paused, the measured speed."""

    jobs: tuple[ConversionJob, ...] = ()
    paused: bool = False
    speed: float = 0.0


def load(folder: Path) -> Queue:
    """Return the queue that lies in `folder`; what ran when the program ended waits again.

    A queue that cannot be read is an empty one: nothing in it cannot be asked for again.
    """
    path = folder / FILE_NAME
    try:
        document = jsonfiles.decode(jsonfiles.read_bytes(path, FORMAT.noun), FORMAT, _Document, path.name)
    except RedubError:
        return Queue()
    jobs = tuple(_job(job) for job in document.jobs)
    return Queue(jobs=jobs, paused=document.paused, speed=document.speed)


def save(queue: Queue, folder: Path) -> None:
    """Write the queue into `folder`, atomically.

    :raises UserError, EnvironmentFault: it could not be written
    """
    names = _Job.__struct_fields__
    jobs = [_Job(**{name: getattr(job, name) for name in names}) for job in queue.jobs if job.asked]
    document = _Document(format="redub-queue", version=1, paused=queue.paused, speed=queue.speed, jobs=jobs)
    make_folder(folder)
    write_atomically(folder / FILE_NAME, msgspec.json.encode(document))


def _job(job: _Job) -> ConversionJob:
    state = JobState.WAITING if job.state is JobState.RUNNING else job.state
    return ConversionJob(
        id=job.id,
        source=job.source,
        name=job.name,
        part=job.part,
        kind=job.kind,
        folder=job.folder,
        result=job.result,
        state=state,
        said=job.said,
        asked=True,
    )
