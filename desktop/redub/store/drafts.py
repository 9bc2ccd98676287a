"""Drafts: what was changed in a shot and not saved yet, on disk within a second, for the day the program dies.

Every run of the program keeps one draft for each of its windows, in a file that is replaced as a whole. A draft whose
run has died can be recovered; one that the person did not want is kept for thirty days.
"""

from __future__ import annotations

import contextlib
import time
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from redub.core.errors import RedubError
from redub.core.shot import Shot
from redub.store import jsonfiles, shotfile
from redub.store.files import make_folder, write_atomically
from redub.store.runs import Run

KEPT_SECONDS = 30 * 24 * 3600.0
VERSION = 1
FORMAT = jsonfiles.Format(name="redub-draft", noun="a draft of a shot", version=VERSION, migrations={})
_SUFFIX = ".draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was not saved of one shot.

    :ivar file: the draft's own file
    :ivar shot: the shot as it was at the last change
    :ivar path: where the shot was saved before, or None
    :ivar name: what it was called
    :ivar changed: when it was changed last, Unix seconds
    :ivar label: the last step, as the undo menu called it
    :ivar declined: the person did not want it back
    """

    file: Path
    shot: Shot
    path: Path | None
    name: str
    changed: float
    label: str = ""
    declined: bool = False


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: typing.Literal["redub-draft"]
    version: int
    shot: str  # the shot's own document, as text
    name: str
    changed: float
    path: str | None = None
    label: str = ""


class DraftFolder:
    """The folder of drafts; blocking."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Use `folder`, which is made; `clock` gives Unix seconds."""
        self._folder = make_folder(folder)
        self._clock = clock
        self._run = Run(folder / "runs")

    @property
    def own(self) -> Path:
        """Return the file of this run's draft."""
        return self._folder / f"{self._run.id}{_SUFFIX}"

    def write(self, shot: Shot, *, path: Path | None, name: str, label: str) -> None:
        """Put what is not saved on the disk, in place of what was there.

        :raises EnvironmentFault: the disk does not take it
        """
        document = _Document(
            format="redub-draft",
            version=VERSION,
            # All paths absolute: a draft does not lie where the shot does.
            shot=shotfile.encode(shot, self._folder).decode(),
            name=name,
            changed=self._clock(),
            path=str(path) if path is not None else None,
            label=label,
        )
        write_atomically(self.own, msgspec.json.encode(document), mode=0o600)

    def clear(self) -> None:
        """Forget this run's draft: everything is saved, or is not wanted."""
        with contextlib.suppress(OSError):
            self.own.unlink(missing_ok=True)

    def left(self) -> tuple[Draft, ...]:
        """Return what runs that died have left, the latest first, and forget what is too old."""
        return tuple(sorted(self._drafts(), key=lambda draft: -draft.changed))

    def decline(self, draft: Draft) -> None:
        """Keep `draft` for thirty days without offering it at the start again."""
        if not draft.declined:
            draft.file.replace(self._declined / draft.file.name)

    def remove(self, draft: Draft) -> None:
        """Forget `draft`: it was recovered."""
        draft.file.unlink(missing_ok=True)

    def end(self) -> None:
        """End this run in order; its draft stays when there is one."""
        self._run.end()

    @property
    def _declined(self) -> Path:
        return make_folder(self._folder / "declined")

    def _drafts(self) -> Iterator[Draft]:
        for file in self._folder.glob(f"*{_SUFFIX}"):
            if file != self.own and self._run.is_dead(file.stem):
                yield from self._read(file, declined=False)
        for file in self._declined.glob(f"*{_SUFFIX}"):
            yield from self._read(file, declined=True)

    def _read(self, file: Path, *, declined: bool) -> Iterator[Draft]:
        """Yield the draft in `file`; nothing for one that is too old or cannot be read, which is set aside."""
        try:
            draft = _draft(file, declined=declined)
        except RedubError:
            with contextlib.suppress(OSError):
                file.replace(file.with_suffix(".unreadable"))
            return
        if self._clock() - draft.changed > KEPT_SECONDS:
            file.unlink(missing_ok=True)
        else:
            yield draft


def _draft(file: Path, *, declined: bool) -> Draft:
    """Read one file.

    :raises UserError: it is no draft, or one of a newer program
    """
    document = jsonfiles.decode(jsonfiles.read_bytes(file, FORMAT.noun), FORMAT, _Document, file.name)
    shot = shotfile.decode(document.shot.encode(), file.parent, title=document.name)
    return Draft(
        file=file,
        shot=shot,
        path=Path(document.path) if document.path is not None else None,
        name=document.name,
        changed=document.changed,
        label=document.label,
        declined=declined,
    )
