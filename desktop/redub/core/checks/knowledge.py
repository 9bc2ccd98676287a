"""What was found out about a shot's media and voices: all that the checks may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from redub.core.clip import ClipFacts, PhotoFacts
from redub.core.conversion import EncodeSettings
from redub.core.proof import Copy
from redub.core.timbre import Timbre


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """The written letter of authorization: bytes, and whether the content really is a whole PDF."""

    path: str
    size: int
    is_pdf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Facts about the media of one take; None where there is no file or it could not be read.

    :ivar copy: the converted copy of the reference (or of the part of it that is sent), when there is one
    :ivar broken_at: seconds of the reference at which it cannot be decoded; None when it is whole, or not known yet
    :ivar is_whole: the reference was decoded from end to end and nothing is broken
    :ivar settings: how clips are encoded
    :ivar speed: pixels a second that this machine encodes, 0 when that was not measured yet
    :ivar today: the moment of the check as the service writes dates ("2026-01-31 12:00:00"), "" when it does not matter
    :ivar timbres: the service's voices; empty while they are not known, then no voice is called missing
    :ivar troubles: field of the API page -> why that file cannot be used, for files that cannot be read
    """

    reference: ClipFacts | None = None
    recording: ClipFacts | None = None
    ref_photo: PhotoFacts | None = None
    letter: LetterFacts | None = None
    letter_video: ClipFacts | None = None
    copy: Copy | None = None
    broken_at: float | None = None
    is_whole: bool = False
    settings: EncodeSettings = field(default_factory=EncodeSettings)
    speed: float = 0.0
    today: str = ""
    timbres: tuple[Timbre, ...] = ()
    troubles: Mapping[str, str] = field(default_factory=dict)
