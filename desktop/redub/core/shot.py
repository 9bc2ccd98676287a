"""The shot: everything that a creator decides about one reference clip, as immutable values.

A shot holds one reference, the part of it to use, where the lips are left alone, the letters of authorization,
and any number of takes. A take is one thing to say with its options. The field names are the creator's words;
the API's words stand in each docstring and are used on the wire only (`redub.cloud.wire`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum


class DriverType(StrEnum):
    """DriverType: what drives the lips."""

    TEXT = "Text"
    ORIGINAL_VOICE = "OriginalVoice"


class MakeType(StrEnum):
    """VideoParam.MakeType: which part of the reference is used, and how."""

    DEFAULT = "Default"
    CUSTOM = "Custom"
    CIRCLE = "Circle"
    CUSTOM_ONLY_START = "CustomOnlyStart"


class ConcurrencyType(StrEnum):
    """ConcurrencyType: what a task is paid with; None in a take leaves it to the service."""

    EXCLUSIVE = "Exclusive"
    SHARED = "Shared"


class VideoLoop(IntEnum):
    """VideoLoop: how the reference goes on when the speech is longer."""

    REVERSE = 0
    FORWARD = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a medium lies: a file on this machine (absolute path), an address that the service can fetch, or both.

    With an address nothing is uploaded.
    """

    path: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The part of the reference to use: MakeType with StartTime and EndTime in seconds (three decimals).

    Times that the make type voids are kept, so that choosing another make type brings them back.

    :ivar only_part: convert and send only the part that is used; None leaves it to what it saves
    """

    make_type: MakeType = MakeType.DEFAULT
    start: float | None = None
    end: float | None = None
    only_part: bool | None = None


@dataclass(frozen=True, slots=True, order=True)
class StillInterval:
    """One DisableInterval: from `start` to `end`, seconds of the reference, the lips are left as filmed."""

    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """SpeechParam: the voice of a script.

    :ivar timbre_key: TimbreKey; "" until a voice is chosen
    :ivar speed: Speed, 0.5 to 1.5, 1.0 is normal
    :ivar volume: Volume, 0 (normal) to 10; None leaves it out
    :ivar emotion: EmotionCategory, only for voices that have emotions
    :ivar emotion_intensity: EmotionIntensity, 50 to 200, only together with `emotion`
    :ivar language: TimbreLanguage, needed for voices with several languages
    """

    timbre_key: str = ""
    speed: float = 1.0
    volume: int | None = None
    emotion: str | None = None
    emotion_intensity: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What else a take asks of the service.

    :ivar loop: VideoLoop
    :ivar match_input: VideoParametersConsistent, bitrate and frame rate follow the reference
    :ivar concurrency: ConcurrencyType, or None for the service's choice
    :ivar callback_url: CallbackUrl, a server of the creator's own that is told once
    :ivar ref_photo: VideoParam.RefPhotoUrl, the face to drive when there are several
    :ivar track_face: not VideoParam.DisableIdDetect
    :ivar detect_occlusion: not VideoParam.DisableOcclusionDetect
    :ivar new_teeth: VideoParam.EnableFakeTeeth
    """

    loop: VideoLoop = VideoLoop.REVERSE
    match_input: bool = False
    concurrency: ConcurrencyType | None = None
    callback_url: str | None = None
    ref_photo: Source | None = None
    track_face: bool = True
    detect_occlusion: bool = True
    new_teeth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One thing to say.

    :ivar id: stays the same through every edit; names the take in the store
    :ivar script: InputSsml as it is sent (text with inline tags)
    :ivar recording: InputAudioUrl, the voice recording when `driver` is ORIGINAL_VOICE
    """

    id: str
    name: str
    driver: DriverType = DriverType.TEXT
    script: str = ""
    recording: Source | None = None
    speech: Speech = field(default_factory=Speech)
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Letters of authorization: IdentityWrittenUrl (PDF) and IdentityVideoUrl (mp4)."""

    written: Source | None = None
    video: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """The document that a creator saves (`.redub`)."""

    reference: Source | None = None
    selection: Selection = field(default_factory=Selection)
    still_intervals: tuple[StillInterval, ...] = ()
    letters: Letters = field(default_factory=Letters)
    takes: tuple[Take, ...] = ()

    def take(self, take_id: str) -> Take:
        """Return the take with `take_id`; KeyError when there is none."""
        for take in self.takes:
            if take.id == take_id:
                return take
        raise KeyError(take_id)

    def with_take(self, take: Take) -> Shot:
        """Return the shot with the take of the same id replaced by `take`."""
        return replace(self, takes=tuple(take if old.id == take.id else old for old in self.takes))
