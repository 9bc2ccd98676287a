"""Proxies: small copies of the clip that is open, made in the background and kept on disk by its content."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from redub.core.clip import ClipFacts
from redub.core.errors import RedubError
from redub.media import process, proxy
from redub.paths import ensure
from redub.services.changes import Changes
from redub.services.scope import TaskScope
from redub.store.files import free_space

log = logging.getLogger(__name__)

FORMAT = 1
"""Raise it when the pieces of a proxy are made in another way."""
BUDGET = 1024 * 1024 * 1024
_SPARE = 1024 * 1024 * 1024
"""Bytes that stay free on the disk."""


@dataclass(frozen=True, slots=True)
class ProxyState:
    """How far the proxy of the open clip is.

    :ivar path: the clip
    :ivar folder: where its pieces lie
    :ivar pictures: how many pictures the clip has
    :ivar done: pieces that can be used; `total` of them make the whole
    """

    path: Path
    folder: Path
    pictures: int
    done: int
    total: int

    @property
    def whole(self) -> bool:
        """Say whether nothing is missing."""
        return self.done >= self.total


class Proxies:
    """Makes the proxy of one clip at a time, the one that is open.

    :ivar changes: tells the state after each piece, and None when the open clip has no proxy
    """

    def __init__(self, cache: Path, budget: int = BUDGET) -> None:
        """Keep proxies in `cache`, at most `budget` bytes of them; those not used for longest go first."""
        self._root = cache / "proxies"
        self._budget = budget
        self._scope = TaskScope("proxies")
        self._making: asyncio.Task[None] | None = None
        self._key: tuple[str, str] | None = None
        self.changes: Changes[ProxyState | None] = Changes()

    def follow(self, facts: ClipFacts | None, near: float = 0.0) -> None:
        """Make the proxy of the clip that is open now, if it is worth it; what was made for another one stops.

        :param near: seconds of the clip around which to begin
        """
        key = (facts.path, facts.content_key) if facts is not None else None
        if key == self._key:
            return
        self._key = key
        before = self._making
        if before is not None:
            before.cancel()
        self.changes.tell(None)
        if facts is not None and facts.content_key and self._is_worth_it(facts):
            work = self._make(facts, near, before)
            self._making = self._scope.start(work, name=f"proxy of {Path(facts.path).name}")

    @property
    def busy(self) -> bool:
        """Say whether one is being made."""
        return self._scope.busy

    async def aclose(self) -> None:
        """Stop, and wait for the process that makes it."""
        await self._scope.aclose()

    def _is_worth_it(self, facts: ClipFacts) -> bool:
        """Say whether it helps, and fits into the budget: that of a clip of many hours does not."""
        frames = facts.video.frames if facts.video else 0
        return proxy.worth_it(facts) and frames * proxy.BYTES_PER_PICTURE <= self._budget

    async def _make(self, facts: ClipFacts, near: float, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])  # it may still hold the same folder
        try:
            folder = await asyncio.to_thread(self._prepare, facts)
            done, total, pictures = await asyncio.to_thread(proxy.made_of, folder)
            if done:
                self.changes.tell(ProxyState(Path(facts.path), folder, pictures, done, total))
            if not done or done < total:
                await self._run(facts, folder, near)
        except (OSError, RedubError) as exc:  # the clip can be shown without it
            log.info("no proxy of %s: %s", facts.path, exc)

    async def _run(self, facts: ClipFacts, folder: Path, near: float) -> None:
        rate = facts.video.frame_rate if facts.video else 0.0
        argv = [*_program(), facts.path, str(folder), str(round(near * rate))]

        def take(line: str) -> None:
            done, total, pictures = (int(word) for word in line.split())
            self.changes.tell(ProxyState(Path(facts.path), folder, pictures, done, total))

        outcome = await process.run(argv, on_line=take, label="Making a proxy")
        if not outcome.ok:
            log.info("%s", outcome.detail)

    def _prepare(self, facts: ClipFacts) -> Path:
        """Return the clip's folder, now the one used last, after others made room."""
        named = hashlib.sha256(repr((FORMAT, facts.content_key, facts.size)).encode()).hexdigest()[:32]
        folder = ensure(self._root / named)
        os.utime(folder)
        needed = (facts.video.frames if facts.video else 0) * proxy.BYTES_PER_PICTURE
        self._make_room(folder, needed)
        if free_space(folder) < needed + _SPARE:
            raise OSError("there is too little space on the disk")
        return folder

    def _make_room(self, own: Path, needed: int) -> None:
        kept = needed
        for _used, size, folder in sorted(_aged(self._root), reverse=True):
            if folder == own:
                continue
            kept += size
            if kept > self._budget:
                shutil.rmtree(folder, ignore_errors=True)


def _program() -> Sequence[str]:
    if getattr(sys, "frozen", False):
        return (sys.executable, "make-proxy")
    return (sys.executable, "-m", "redub.media.proxymaking")


def _aged(root: Path) -> Iterator[tuple[float, int, Path]]:
    for folder in root.iterdir():
        try:
            files = list(folder.iterdir())
            yield folder.stat().st_mtime, sum(file.stat().st_size for file in files), folder
        except (FileNotFoundError, NotADirectoryError):  # another window has removed it
            continue
