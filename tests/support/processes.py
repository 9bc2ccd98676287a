"""The processes that a test has started: its children, theirs, and whoever carries the test's home (Linux only).

A child whose parent died belongs to nobody; it is still known by the REDUB_HOME that it inherited.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")


class Process(NamedTuple):
    """A process; ids are used again, its start time tells it from a later one."""

    id: int
    started: str


class Census:
    """Knows what ran before a test, and tells what the test has added."""

    def __init__(self, home: str) -> None:
        self._mark = f"REDUB_HOME={home}\0".encode()
        self._spawned_before = _Spawns.count
        self._before = _descendants()

    def new(self) -> set[Process]:
        """Return the processes that were not there before."""
        found = _descendants()
        # Every process of the machine is looked at only after a test that started one.
        if _Spawns.count != self._spawned_before:
            found |= {each for each in _table() if each.id != os.getpid() and self._is_marked(each)}
        return found - self._before

    def names(self) -> list[str]:
        """Return the command lines of `new()`."""
        return [_named(each) for each in sorted(self.new())]

    def end(self) -> None:
        """Kill what is new, so that it does not disturb the next test."""
        for process in self.new():
            with suppress(ProcessLookupError):
                os.kill(process.id, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(process.id, 0)

    def _is_marked(self, process: Process) -> bool:
        with suppress(OSError):
            return self._mark in (_PROC / str(process.id) / "environ").read_bytes()
        return False


class _Spawns:
    """Counts the processes that Python code of this process has started."""

    count = 0

    @classmethod
    def note(cls, event: str, arguments: object) -> None:
        if event in ("subprocess.Popen", "os.posix_spawn", "os.fork", "os.system"):
            cls.count += 1


sys.addaudithook(_Spawns.note)


def _descendants() -> set[Process]:
    if not _children_of(os.getpid()):
        return set()
    ids, found = {os.getpid()}, set[Process]()
    table = _table()
    while more := {each for each, parent in table.items() if parent in ids and each not in found}:
        found |= more
        ids |= {each.id for each in more}
    return found


def _children_of(process: int) -> bool:
    """Tell whether `process` may have children; True as well where this kernel does not say."""
    lists = list(_PROC.glob(f"{process}/task/*/children"))
    with suppress(OSError):
        return not lists or any(each.read_text() for each in lists)
    return True


def _table() -> dict[Process, int]:
    """Map every process to its parent's id."""
    table: dict[Process, int] = {}
    for folder in _PROC.iterdir() if _PROC.is_dir() else ():
        if folder.name.isdigit():
            with suppress(OSError):
                fields = _stat_fields(folder)
                table[Process(int(folder.name), fields[19])] = int(fields[1])
    return table


def _stat_fields(folder: Path) -> list[str]:
    # The second field is the program's name in brackets and may contain anything; the rest follows the last bracket.
    return (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()


def _named(process: Process) -> str:
    words: list[str] = []
    with suppress(OSError):
        words = (_PROC / str(process.id) / "cmdline").read_text(errors="replace").split("\0")
    return f"{process.id} {' '.join(words)[:200] or '(ended, and nobody waited for it)'}"
