"""What the creator has decided about results: one small JSON file for each, named by the task."""

from __future__ import annotations

import typing
from pathlib import Path

import msgspec

from redub.core.review import Review, Sentence, Verdict
from redub.store import jsonfiles
from redub.store.files import disk_errors, make_folder, write_atomically

FORMAT = jsonfiles.Format(name="redub-review", noun="a review", version=1, migrations={})


class _Sentence(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    start: float
    end: float
    text: str
    verdict: Verdict = Verdict.OPEN
    note: str = ""


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: typing.Literal["redub-review"]
    version: int
    task: str
    sentences: tuple[_Sentence, ...] = ()


def load(folder: Path, task: str) -> Review:
    """Return the review of the result of `task`, an empty one when there is none; blocks.

    :raises UserError: the file is no review, or was made by a newer version
    """
    path = _path(folder, task)
    if not path.exists():
        return Review()
    document = jsonfiles.decode(jsonfiles.read_bytes(path, FORMAT.noun), FORMAT, _Document, path.name)
    return Review(
        tuple(Sentence(one.start, one.end, one.text, one.verdict, one.note) for one in document.sentences)
    )


def save(folder: Path, task: str, review: Review) -> None:
    """Write the review of the result of `task`, atomically; one that says nothing leaves no file; blocks.

    :raises UserError, EnvironmentFault: it could not be written; the old one is as it was
    """
    path = _path(folder, task)
    if not review.is_begun:
        with disk_errors(path, "could not be removed"):
            path.unlink(missing_ok=True)
        return
    make_folder(folder)
    said = tuple(
        _Sentence(start=one.start, end=one.end, text=one.text, verdict=one.verdict, note=one.note)
        for one in review.sentences
    )
    document = _Document(format="redub-review", version=FORMAT.version, task=task, sentences=said)
    write_atomically(path, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def tasks(folder: Path) -> tuple[str, ...]:
    """Return the ids of the tasks whose results were judged; blocks."""
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


def _path(folder: Path, task: str) -> Path:
    return folder / f"{task}.json"
