"""Look into all media of a shot before anything is sent, and say what the service would refuse or ignore.

What was found out about a file is kept until the file changes; looking happens in threads.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from redub.cloud.media_urls import MediaKind, needed_media
from redub.core.checks import Knowledge, LetterFacts, check, check_clip, part_to_send
from redub.core.clip import ClipFacts
from redub.core.conversion import EncodeSettings
from redub.core.errors import RedubError, UserError
from redub.core.findings import Finding, Level
from redub.core.part import Part
from redub.core.proof import Copy, Verdict
from redub.core.shot import Shot, Source, Take
from redub.core.timbre import Timbre
from redub.media.probe import probe, probe_photo

FIELDS: Mapping[MediaKind, str] = {
    MediaKind.REFERENCE: "RefVideoUrl",
    MediaKind.RECORDING: "InputAudioUrl",
    MediaKind.REF_PHOTO: "VideoParam.RefPhotoUrl",
    MediaKind.LETTER: "IdentityWrittenUrl",
    MediaKind.LETTER_VIDEO: "IdentityVideoUrl",
}
_DATE = "%Y-%m-%d %H:%M:%S"
"""How the service writes when a voice expires (ExpireDate)."""
_PDF_HEAD, _PDF_END = b"%PDF-", b"%%EOF"
_LOOKED_AT = 2048
"""Bytes at either end of a letter that are looked at."""

Look = Callable[[str], object]


def look_at_letter(path: str) -> LetterFacts:
    """Return what is known about a written letter of authorization; UserError when it cannot be read."""
    try:
        size = Path(path).stat().st_size
        with Path(path).open("rb") as file:
            head = file.read(_LOOKED_AT)
            file.seek(max(0, size - _LOOKED_AT))
            tail = file.read()
        return LetterFacts(path=path, size=size, is_pdf=_PDF_HEAD in head and _PDF_END in tail)
    except OSError as exc:
        raise UserError(
            f"The letter “{Path(path).name}” cannot be read.",
            why="It is not there, or may not be read.",
            next_step="Choose it again.",
            detail=str(exc),
        ) from exc


_LOOKS: Mapping[MediaKind, Look] = {
    MediaKind.REFERENCE: probe,
    MediaKind.RECORDING: probe,
    MediaKind.REF_PHOTO: probe_photo,
    MediaKind.LETTER: look_at_letter,
    MediaKind.LETTER_VIDEO: probe,
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look at one state of a file brought: facts, or why there are none."""

    stamp: tuple[int, int] | None
    facts: object | None
    trouble: str = ""


class Copies(Protocol):
    """Who knows the converted copies of clips, and how fast this machine makes them."""

    speed: float
    settings: EncodeSettings

    def copy_of(self, facts: ClipFacts, part: Part | None) -> Copy | None:
        """Return the copy that is known; looks at no disk."""

    async def recall(self, facts: ClipFacts, part: Part | None) -> Copy | None:
        """Look for the copy on the disk."""


class Verdicts(Protocol):
    """Who knows which clips can be decoded from end to end."""

    def known(self, facts: ClipFacts) -> Verdict | None:
        """Return the verdict that is known; looks at no disk."""

    async def recall(self, facts: ClipFacts) -> Verdict | None:
        """Look for the verdict on the disk."""


class Preflight:
    """Knows the media of shots, and checks takes with what it knows.

    :ivar copies: set by whoever converts clips
    :ivar verdicts: set by whoever decodes clips from end to end
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, Look], _Seen] = {}
        self.copies: Copies | None = None
        self.verdicts: Verdicts | None = None

    def known(
        self, shot: Shot, take: Take, timbres: tuple[Timbre, ...] = (), site: str = "international"
    ) -> Knowledge:
        """Return what is known already, without touching a disk; what is not known yet is None."""
        seen = {
            kind: self._seen.get((source.path, _LOOKS[kind]))
            for kind, source in needed_media(shot, take)
            if source.path
        }
        found = {kind: one for kind, one in seen.items() if one is not None}
        return self._with_copy(_knowledge(found, shot, take, timbres), shot, take, site)

    async def look(
        self, shot: Shot, take: Take, timbres: tuple[Timbre, ...] = (), site: str = "international"
    ) -> Knowledge:
        """Look into every medium of `take` that lies on this machine; unreadable ones become troubles."""
        media = [(kind, source.path) for kind, source in needed_media(shot, take) if source.path]
        seen = [await self._look(path, _LOOKS[kind]) for kind, path in media]
        found = {kind: one for (kind, _path), one in zip(media, seen, strict=True)}
        knowledge = _knowledge(found, shot, take, timbres)
        if knowledge.reference is not None:
            facts, part = knowledge.reference, part_to_send(shot, take, self._with_pace(knowledge), site)
            await self._recall(facts, part)
        return self._with_copy(knowledge, shot, take, site)

    async def look_at_clip(self, path: str | Path) -> ClipFacts:
        """Return the facts about one clip.

        :raises UserError: it cannot be read, or is no media
        """
        seen = await self._look(absolute(path), probe)
        if isinstance(seen.facts, ClipFacts):
            return seen.facts
        return await asyncio.to_thread(probe, path)

    async def findings(
        self, shot: Shot, take: Take, site: str, timbres: tuple[Timbre, ...] = ()
    ) -> tuple[Finding, ...]:
        """Look into the media of `take` and check it for `site`."""
        return check(shot, take, await self.look(shot, take, timbres, site), site)

    async def clip_findings(self, path: str | Path, site: str) -> tuple[Finding, ...]:
        """Check a clip that no shot uses yet; one that cannot be read is a finding as well."""
        try:
            facts = await self.look_at_clip(path)
        except RedubError as error:
            return (unreadable(FIELDS[MediaKind.REFERENCE], error),)
        await self._recall(facts, None)
        return check_clip(self._with(self._with_pace(Knowledge(reference=facts)), facts, None), site)

    async def _recall(self, facts: ClipFacts, part: Part | None) -> None:
        """Look on the disk for what was found out about a clip before."""
        if self.copies is not None:
            await self.copies.recall(facts, part)
        if self.verdicts is not None:
            await self.verdicts.recall(facts)

    def _with_pace(self, knowledge: Knowledge) -> Knowledge:
        copies = self.copies
        return replace(knowledge, speed=copies.speed, settings=copies.settings) if copies else knowledge

    def _with_copy(self, knowledge: Knowledge, shot: Shot, take: Take, site: str) -> Knowledge:
        """Add what is known about converting and decoding the reference."""
        paced, facts = self._with_pace(knowledge), knowledge.reference
        return paced if facts is None else self._with(paced, facts, part_to_send(shot, take, paced, site))

    def _with(self, knowledge: Knowledge, facts: ClipFacts, part: Part | None) -> Knowledge:
        copy = self.copies.copy_of(facts, part) if self.copies else None
        verdict = self.verdicts.known(facts) if self.verdicts else None
        return replace(
            knowledge,
            copy=copy,
            broken_at=verdict.broken_at if verdict else None,
            is_whole=verdict is not None and verdict.broken_at is None,
        )

    async def _look(self, path: str, look: Look) -> _Seen:
        """Look into one file, unless it is as it was at the last look."""
        stamp = await asyncio.to_thread(_stamp, path)
        before = self._seen.get((path, look))
        if before is None or before.stamp != stamp or stamp is None:
            self._seen[path, look] = await asyncio.to_thread(_seen, path, stamp, look)
        return self._seen[path, look]


def absolute(path: str | Path) -> str:
    """Return the whole path of a file, whatever it begins with."""
    return str(Path(path).absolute())


def unreadable(field: str, error: RedubError) -> Finding:
    """Return the finding for a medium that cannot be used at all."""
    return Finding(
        level=Level.ERROR,
        code="media.unreadable",
        field=field,
        message=" ".join(part for part in (error.what, error.why) if part),
        fix=error.next_step,
    )


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _seen(path: str, stamp: tuple[int, int] | None, look: Look) -> _Seen:
    try:
        return _Seen(stamp, look(path))
    except RedubError as error:
        return _Seen(stamp, None, " ".join(part for part in (error.what, error.why) if part))


def _knowledge(
    found: Mapping[MediaKind, _Seen], shot: Shot, take: Take, timbres: tuple[Timbre, ...]
) -> Knowledge:
    """Put together what was found; a file that is gone is no trouble while the medium has an address too."""
    sources = dict(needed_media(shot, take))
    troubles = {
        FIELDS[kind]: seen.trouble
        for kind, seen in found.items()
        if seen.trouble and not _has_address(sources[kind])
    }
    facts: dict[str, Any] = {kind.value: seen.facts for kind, seen in found.items()}
    today = time.strftime(_DATE)
    return Knowledge(**facts, timbres=timbres, troubles=troubles, today=today)


def _has_address(source: Source) -> bool:
    return bool(source.url)
