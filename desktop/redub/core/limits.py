"""The one table of limits, per site and per ConcurrencyType, each row with its field and the page's rule.

To add one: 1. add a row to `_ROWS` (and, where the China site differs, to `_CHINA`); 2. use it by its key in
`redub.core.checks`; 3. the README table and the tests at, below and above the limit come from the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from redub.core.shot import ConcurrencyType

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE

REFERENCE_CONTAINERS = frozenset({"mp4", "mov", "avi"})
REFERENCE_CODEC = "h264"
RECORDING_CONTAINERS = frozenset({"wav", "mp3", "wma", "asf", "m4a", "mp4", "aac", "ogg"})
PHOTO_FORMATS = frozenset({"jpeg", "jpg", "png", "bmp", "webp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One rule with a number in it.

    :ivar key: its name in the checks
    :ivar field: the API page's field
    :ivar low: the lowest value that is accepted, or None
    :ivar high: the highest value that is accepted, or None
    :ivar exclusive_high: the highest value with ConcurrencyType Exclusive, where that differs
    :ivar unit: "s", "px", "bytes", "characters", "intervals", "%" or ""
    :ivar rule: what the page says, in the creator's words
    :ivar below: `high` itself is already too much ("less than")
    :ivar above: `low` itself is not yet enough ("greater than")
    """

    key: str
    field: str
    rule: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    exclusive_high: float | None = None
    below: bool = False
    above: bool = False

    def highest(self, concurrency: ConcurrencyType | None) -> float | None:
        """Return the upper limit under `concurrency`."""
        if concurrency is ConcurrencyType.EXCLUSIVE and self.exclusive_high is not None:
            return self.exclusive_high
        return self.high

    def too_low(self, value: float) -> bool:
        """Say whether `value` lies under the limit."""
        return self.low is not None and (value <= self.low if self.above else value < self.low)

    def too_high(self, value: float, concurrency: ConcurrencyType | None = None) -> bool:
        """Say whether `value` lies over the limit."""
        high = self.highest(concurrency)
        return high is not None and (value >= high if self.below else value > high)


_ROWS = (
    Limit(
        key="reference.size",
        field="RefVideoUrl",
        unit="bytes",
        high=5 * GIGABYTE,
        rule="The reference clip may have up to 5 GB.",
    ),
    Limit(
        key="reference.pixels",
        field="RefVideoUrl",
        unit="px",
        low=360,
        high=4096,
        rule="Width and height of the reference clip must lie between 360 and 4096 pixels.",
    ),
    Limit(
        key="reference.duration",
        field="RefVideoUrl",
        unit="s",
        low=1,
        high=600,
        exclusive_high=1200,
        rule="The reference clip must last 1 to 600 seconds (1200 with Exclusive).",
    ),
    Limit(
        key="reference.recommended",
        field="RefVideoUrl",
        unit="s",
        low=10,
        high=120,
        rule="A reference clip of 10 to 120 seconds is recommended.",
    ),
    Limit(
        key="recording.duration",
        field="InputAudioUrl",
        unit="s",
        low=1,
        high=600,
        exclusive_high=1200,
        rule="The voice recording must last 1 second to 10 minutes (20 with Exclusive).",
    ),
    Limit(
        key="recording.size",
        field="InputAudioUrl",
        unit="bytes",
        high=100 * MEGABYTE,
        rule="The voice recording may have up to 100 MB.",
    ),
    Limit(
        key="script.length",
        field="InputSsml",
        unit="characters",
        low=4,
        high=2000,
        rule="The script must have 4 to 2000 characters, marks included.",
    ),
    Limit(
        key="speech.speed",
        field="SpeechParam.Speed",
        low=0.5,
        high=1.5,
        rule="The speed of the voice must lie between 0.5 and 1.5.",
    ),
    Limit(
        key="speech.volume",
        field="SpeechParam.Volume",
        low=0,
        high=10,
        rule="The volume must lie between 0 (normal) and 10.",
    ),
    Limit(
        key="speech.emotion_intensity",
        field="SpeechParam.EmotionIntensity",
        low=50,
        high=200,
        rule="The strength of an emotion must lie between 50 and 200.",
    ),
    Limit(
        key="callback.length",
        field="CallbackUrl",
        unit="characters",
        high=1000,
        below=True,
        rule="A callback address must have fewer than 1000 characters.",
    ),
    Limit(
        key="segment.length",
        field="VideoParam.StartTime",
        unit="s",
        low=5,
        above=True,
        rule="A segment that you pick must be longer than 5 seconds.",
    ),
    Limit(
        key="stills.count",
        field="VideoParam.DisableIntervals",
        unit="intervals",
        high=5,
        rule="There may be at most five still intervals.",
    ),
    Limit(
        key="photo.size",
        field="VideoParam.RefPhotoUrl",
        unit="bytes",
        high=10 * MEGABYTE,
        rule="The photo of the face may have up to 10 MB.",
    ),
    Limit(
        key="photo.pixels",
        field="VideoParam.RefPhotoUrl",
        unit="px",
        low=192,
        high=4096,
        rule="Width and height of the photo must lie between 192 and 4096 pixels.",
    ),
    Limit(
        key="letter.size",
        field="IdentityWrittenUrl",
        unit="bytes",
        high=10 * MEGABYTE,
        below=True,
        rule="The letter of authorization must be a PDF of less than 10 MB.",
    ),
    Limit(
        key="letter_video.size",
        field="IdentityVideoUrl",
        unit="bytes",
        high=5 * GIGABYTE,
        below=True,
        rule="The authorization video must be an mp4 of less than 5 GB.",
    ),
)

_CHINA = {
    "reference.duration": {"high": 1200, "rule": "The reference clip must last 1 second to 20 minutes."},
    "recording.duration": {"high": 1200, "rule": "The voice recording must last 1 second to 20 minutes."},
}


_VERSIONS = {"international": "INT 73472, 2025-10-10", "china": "CN 116222, 2026-01-30"}


@dataclass(frozen=True, slots=True)
class SiteLimits:
    """The limits of one site, by key."""

    site: str
    rows: Mapping[str, Limit]

    def __getitem__(self, key: str) -> Limit:
        """Return the row `key`."""
        return self.rows[key]


def limits_for(site: str) -> SiteLimits:
    """Return the limits of `site`; every site but China has those of the international page."""
    changes = _CHINA if site == "china" else {}
    rows = {row.key: _changed(row, changes.get(row.key, {})) for row in _ROWS}
    return SiteLimits(site, MappingProxyType(rows))


def version_of(site: str) -> str:
    """Return which edition of which page the limits of `site` were taken from, for the record of a take."""
    return _VERSIONS.get(site, _VERSIONS["international"])


def _changed(row: Limit, change: Mapping[str, object]) -> Limit:
    return replace(row, **change) if change else row  # type: ignore[arg-type]  # the table names fields of Limit
