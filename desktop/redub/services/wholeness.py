"""Decode each reference once from end to end, in the background, so that a broken frame at minute nine is found here.

A verdict is kept by content and date, on disk too: the same clip is never decoded twice for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from redub.core.clip import ClipFacts
from redub.core.errors import RedubError
from redub.core.proof import Verdict
from redub.media.verify import first_fault
from redub.services.changes import Changes
from redub.services.preflight import Preflight
from redub.services.scope import TaskScope
from redub.store.files import make_folder, write_atomically

FILE_NAME = "whole.json"
_MOST = 1000
_GENTLE = 15
"""The niceness of the thread that decodes: everything else goes before it."""


class Wholeness:
    """Knows which clips can be decoded from end to end.

    :ivar changes: tells the path of each clip about which something new is known
    """

    def __init__(self, cache: Path, preflight: Preflight) -> None:
        """Keep verdicts in the folder `cache`."""
        self._path = cache / FILE_NAME
        self._verdicts: dict[str, Verdict] = {}
        self._loaded = False
        self._scope = TaskScope("wholeness")
        self._running: dict[str, asyncio.Task[Verdict | None]] = {}
        self._stop = threading.Event()
        # A thread of its own: how gentle a thread is can only be lowered.
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="decode", initializer=_be_gentle)
        self.changes: Changes[str] = Changes()
        preflight.verdicts = self

    def known(self, facts: ClipFacts) -> Verdict | None:
        """Return the verdict that is known; looks at no disk."""
        return self._verdicts.get(_key(facts))

    async def recall(self, facts: ClipFacts) -> Verdict | None:
        """Look on the disk for the verdict of an earlier run."""
        if not self._loaded:
            self._loaded = True
            self._verdicts = await asyncio.to_thread(_load, self._path) | self._verdicts
        return self.known(facts)

    def begin(self, facts: ClipFacts) -> asyncio.Task[Verdict | None]:
        """Decode a clip in the background unless that was done; the same clip is decoded once."""
        key = facts.path
        task = self._running.get(key)
        if task is None:
            task = self._running[key] = self._scope.start(self._judge(facts), name=Path(facts.path).name)
            task.add_done_callback(lambda _task: self._running.pop(key, None))
        return task

    async def aclose(self) -> None:
        """Stop decoding."""
        self._stop.set()
        await self._scope.aclose()
        await asyncio.to_thread(self._threads.shutdown)

    async def _judge(self, facts: ClipFacts) -> Verdict | None:
        """Return the verdict; None when the clip cannot be read any more, which is told elsewhere."""
        found = await self.recall(facts)
        if found is not None or facts.video is None:
            return found
        loop = asyncio.get_running_loop()
        try:
            at = await loop.run_in_executor(self._threads, _first_fault, facts.path, self._stop)
        except RedubError:
            return None
        verdict = Verdict(at)
        self._verdicts[_key(facts)] = verdict
        with contextlib.suppress(RedubError):  # it will be found out again
            await asyncio.to_thread(_save, self._path, dict(self._verdicts))
        self.changes.tell(facts.path)
        return verdict


def _first_fault(path: str, stop: threading.Event) -> float | None:
    return first_fault(path, cancelled=stop.is_set)


def _key(facts: ClipFacts) -> str:
    """Return what a verdict is kept by: of large files the content key sees a part only, so the date counts too."""
    return f"{facts.content_key}-{facts.changed}"


def _be_gentle() -> None:
    if sys.platform.startswith("linux"):  # only there a thread has a niceness of its own
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _GENTLE)


def _load(path: Path) -> dict[str, Verdict]:
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=dict[str, float | None])
    except (OSError, msgspec.MsgspecError):
        return {}
    return {key: Verdict(at) for key, at in kept.items()}


def _save(path: Path, verdicts: dict[str, Verdict]) -> None:
    newest = list(verdicts.items())[-_MOST:]
    make_folder(path.parent)
    write_atomically(path, msgspec.json.encode({key: verdict.broken_at for key, verdict in newest}))
