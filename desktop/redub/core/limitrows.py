"""The rows of the table of limits: the API page's rules, one each, with field, bounds and sentences.

To add one: 1. add a row to `ROWS` (and, where the China site differs, to `CHINA`); 2. use it by its key in
`redub.core.checks`; 3. give a row with numbers its case in tests/core/test_limit_table.py, which asks for one;
4. run ``redub check --limits``, and put what it prints into the README (a test compares them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from redub.core.shot import ConcurrencyType

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE

PAGE = "Video Production API - No Training Video"
SSML_PAGE = "Digital Human SSML Markup Language Specification"
TIMBRES_PAGE = "Paginated Query Timbre List"
FAQ = "FAQs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One rule.

    :ivar key: its name in the checks
    :ivar field: the API page's field
    :ivar rule: what the page says, in the creator's words
    :ivar said: what the page says, in its own
    :ivar low: the lowest value that is accepted, or None
    :ivar high: the highest value that is accepted, or None
    :ivar exclusive_high: the highest value with ConcurrencyType Exclusive, where that differs
    :ivar unit: "s", "ms", "px", "bytes", "characters", "intervals", "kbps", "fps", "days" or ""
    :ivar values: the only words that are accepted, () where it is no matter of words
    :ivar below: `high` itself is already too much ("less than")
    :ivar above: `low` itself is not yet enough ("greater than")
    :ivar source: the page that says it
    """

    key: str
    field: str
    rule: str
    said: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    exclusive_high: float | None = None
    values: tuple[str, ...] = ()
    below: bool = False
    above: bool = False
    source: str = PAGE

    @property
    def has_numbers(self) -> bool:
        """Say whether the rule is a matter of numbers."""
        return self.low is not None or self.high is not None

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


_REFERENCE = (
    Limit(
        key="reference.missing",
        field="RefVideoUrl",
        rule="A reference clip is needed.",
        said="Template video URL. This field is required.",
    ),
    Limit(
        key="reference.container",
        field="RefVideoUrl",
        values=("mp4", "mov", "avi"),
        rule="The service takes mp4, mov and avi only.",
        said="Support muxing formats: mp4, mov, avi",
    ),
    Limit(
        key="reference.codec",
        field="RefVideoUrl",
        values=("h264",),
        rule="The service takes H.264 only.",
        said="The video itself requires the encoding format to be H.264.",
    ),
    Limit(
        key="reference.size",
        field="RefVideoUrl",
        unit="bytes",
        high=5 * GIGABYTE,
        rule="The reference clip may have up to 5 GB.",
        said="File size: up to 5G.",
    ),
    Limit(
        key="reference.pixels",
        field="RefVideoUrl",
        unit="px",
        low=360,
        high=4096,
        rule="Width and height of the reference clip must lie between 360 and 4096 pixels.",
        said="Video resolution: pixel requirement between 360 and 4096.",
    ),
    Limit(
        key="reference.duration",
        field="RefVideoUrl",
        unit="s",
        low=1,
        high=600,
        exclusive_high=1200,
        rule="The reference clip must last 1 to 600 seconds (1200 with Exclusive).",
        said="Video duration: supports 1-600 seconds (when ConcurrencyType is Exclusive, supports 20-minute).",
    ),
    Limit(
        key="reference.recommended",
        field="RefVideoUrl",
        unit="s",
        low=10,
        high=120,
        rule="A reference clip of 10 to 120 seconds is recommended.",
        said="Recommended duration is 10-120 seconds.",
    ),
)

_MEDIA = (
    Limit(
        key="driver",
        field="DriverType",
        values=("Text", "OriginalVoice"),
        rule="The lips follow a script or a voice recording.",
        said="Driver type. This field is required. Text-driven, or OriginalVoice: original voice audio-driven.",
    ),
    Limit(
        key="letter.format",
        field="IdentityWrittenUrl",
        values=("pdf",),
        rule="The letter of authorization must be a PDF.",
        said="PDF authorization letter in PDF format.",
    ),
    Limit(
        key="letter.size",
        field="IdentityWrittenUrl",
        unit="bytes",
        high=10 * MEGABYTE,
        below=True,
        rule="The letter of authorization must have less than 10 MB.",
        said="File size less than 10 MB.",
    ),
    Limit(
        key="letter_video.format",
        field="IdentityVideoUrl",
        values=("mp4",),
        rule="The authorization video must be an mp4.",
        said="Video format authorization letter in mp4 format.",
    ),
    Limit(
        key="letter_video.size",
        field="IdentityVideoUrl",
        unit="bytes",
        high=5 * GIGABYTE,
        below=True,
        rule="The authorization video must have less than 5 GB.",
        said="File size less than 5 GB.",
    ),
    Limit(
        key="recording.missing",
        field="InputAudioUrl",
        rule="A take that is driven by a voice recording needs one.",
        said="This field is required when DriverType is OriginalVoice.",
    ),
    Limit(
        key="recording.format",
        field="InputAudioUrl",
        values=("wav", "mp3", "wma", "m4a", "aac", "ogg"),
        rule="The service takes recordings as wav, mp3, wma, m4a, aac or ogg.",
        said="Supported formats: wav, mp3, wma, m4a, aac, ogg",
    ),
    Limit(
        key="recording.duration",
        field="InputAudioUrl",
        unit="s",
        low=1,
        high=600,
        exclusive_high=1200,
        rule="The voice recording must last 1 second to 10 minutes (20 with Exclusive).",
        said="Duration cannot exceed 10 minutes, no less than 1 second (Exclusive: supports 20-minute).",
    ),
    Limit(
        key="recording.size",
        field="InputAudioUrl",
        unit="bytes",
        high=100 * MEGABYTE,
        rule="The voice recording may have up to 100 MB.",
        said="Size requirements: no more than 100 MB",
    ),
)

_SCRIPT = (
    Limit(
        key="script.empty",
        field="InputSsml",
        rule="A take that is driven by a script needs one.",
        said="This field is required when DriverType is empty or Text.",
    ),
    Limit(
        key="script.length",
        field="InputSsml",
        unit="characters",
        low=4,
        high=2000,
        rule="The script must have 4 to 2000 characters, marks included.",
        said="The upper limit is 2000 characters, at least 4 characters (counted as unicode characters).",
    ),
    Limit(
        key="script.line_break",
        field="InputSsml",
        rule="The script must not contain line breaks.",
        said="Content must not include line breaks.",
    ),
    Limit(
        key="script.bare_sign",
        field="InputSsml",
        values=("&lt;", "&gt;", "&amp;", "&quot;", "&apos;"),
        rule="The signs <, > and & must be written in their coded form.",
        said="Symbols must be escaped.",
    ),
    Limit(
        key="script.unknown_mark",
        field="InputSsml",
        values=("phoneme", "break", "word", "sub", "say-as", "insert-action", "speak"),
        rule="Only the marks that the service knows may be used.",
        said="Supported tag types refer to Digital Human SSML Markup Language Specification.",
        source=SSML_PAGE,
    ),
    Limit(
        key="script.break_seconds",
        field="InputSsml",
        unit="s",
        low=1,
        high=9,
        rule="A pause in seconds is a whole number from 1 to 9.",
        said="break, time: s, integer 1-9.",
        source=SSML_PAGE,
    ),
    Limit(
        key="script.break_milliseconds",
        field="InputSsml",
        unit="ms",
        low=50,
        high=9000,
        rule="A pause in milliseconds is a whole number from 50 to 9000.",
        said="break, time: ms, integer 50-9000.",
        source=SSML_PAGE,
    ),
)

_SPEECH = (
    Limit(
        key="speech.speed",
        field="SpeechParam.Speed",
        low=0.5,
        high=1.5,
        rule="The speed of the voice must lie between 0.5 and 1.5.",
        said="The speech rate (1.0 is normal speed, range [0.5-1.5]).",
    ),
    Limit(
        key="voice.missing",
        field="SpeechParam.TimbreKey",
        rule="A script needs a voice.",
        said="Voice type key. This field is required when DriverType is Text.",
    ),
    Limit(
        key="speech.volume",
        field="SpeechParam.Volume",
        low=0,
        high=10,
        rule="The volume must lie between 0 (normal) and 10.",
        said="Volume level, ranging from 0 to 10. The default is 0, which represents normal volume.",
    ),
    Limit(
        key="voice.volume.void",
        field="SpeechParam.Volume",
        values=("male_1 … male_20", "female_1 … female_23"),
        rule="The volume of male_1 to male_20 and female_1 to female_23 cannot be set.",
        said="TimbreKey does not support audio volume adjustment between male_1-20 and female_1-23.",
    ),
    Limit(
        key="voice.emotion",
        field="SpeechParam.EmotionCategory",
        rule="Only a voice with emotions takes one, and only one of its own.",
        said="Controls the emotion of the synthesized audio, supported only for multi-emotion timbres.",
    ),
    Limit(
        key="speech.emotion_intensity",
        field="SpeechParam.EmotionIntensity",
        low=50,
        high=200,
        rule="The strength of an emotion must lie between 50 and 200.",
        said="Controls the intensity of the synthesized audio emotion, with a range of [50,200].",
    ),
    Limit(
        key="voice.intensity.void",
        field="SpeechParam.EmotionIntensity",
        rule="The strength of an emotion has an effect only when an emotion is chosen.",
        said="This is only effective when EmotionCategory is not empty.",
    ),
    Limit(
        key="voice.language",
        field="SpeechParam.TimbreLanguage",
        rule="For a voice with several languages one of them must be chosen.",
        said="A corresponding language must be selected when synthesizing multilingual voice types.",
    ),
    Limit(
        key="voice.expired",
        field="SpeechParam.TimbreKey",
        rule="A voice can be used until it expires.",
        said="ExpireDate yyyy-MM-dd HH:mm:ss; empty: long-term.",
        source=TIMBRES_PAGE,
    ),
)

_OPTIONS = (
    Limit(
        key="concurrency",
        field="ConcurrencyType",
        values=("Exclusive", "Shared"),
        rule="A task takes an own slot (Exclusive) or hours (Shared); left out, the service chooses.",
        said="Leave blank: if you purchase concurrency it will be Exclusive, otherwise Shared.",
    ),
    Limit(
        key="loop.void",
        field="VideoLoop",
        rule="With Circle and CustomOnlyStart the clip always goes there and back.",
        said="Circle, CustomOnlyStart: VideoLoop parameter is disabled.",
    ),
    Limit(
        key="output.bitrate",
        field="VideoParametersConsistent",
        unit="kbps",
        low=1000,
        high=9000,
        rule="A result that follows the clip has 1000 to 9000 kbps.",
        said="Input bitrate < 1000kbps: 1000kbps. > 9000kbps: 9000kbps. Within: matches the input.",
    ),
    Limit(
        key="output.rate",
        field="VideoParametersConsistent",
        unit="fps",
        low=15,
        high=60,
        rule="A result that follows the clip has 15 to 60 frames a second; otherwise it has 25.",
        said="Input frame rate < 15fps: 15fps. > 60fps: 60fps. The default frame rate is 25fps.",
    ),
    Limit(
        key="callback.length",
        field="CallbackUrl",
        unit="characters",
        high=1000,
        below=True,
        rule="A callback address must have fewer than 1000 characters.",
        said="Limit CallbackUrl length less than 1000.",
    ),
    Limit(
        key="photo.size",
        field="VideoParam.RefPhotoUrl",
        unit="bytes",
        high=10 * MEGABYTE,
        rule="The photo of the face may have up to 10 MB.",
        said="File size: ≤10 MB",
    ),
    Limit(
        key="photo.pixels",
        field="VideoParam.RefPhotoUrl",
        unit="px",
        low=192,
        high=4096,
        rule="Width and height of the photo must lie between 192 and 4096 pixels.",
        said="Image size: resolution requirement between 192 and 4096.",
    ),
    Limit(
        key="photo.format",
        field="VideoParam.RefPhotoUrl",
        values=("jpg", "jpeg", "png", "bmp", "webp"),
        rule="The photo must be jpg, png, bmp or webp.",
        said="Format support: jpg, jpeg, png, bmp, webp",
    ),
    Limit(
        key="photo.void",
        field="VideoParam.RefPhotoUrl",
        rule="With face tracking off, every face is driven and the photo of the face has no effect.",
        said="After disabling, the face ID parameter (VideoParam.RefPhotoUrl) becomes invalid.",
    ),
)

_PART = (
    Limit(
        key="make_type",
        field="VideoParam.MakeType",
        values=("Default", "Custom", "Circle", "CustomOnlyStart"),
        rule="The whole clip, a segment, a circle, or from a start on.",
        said="Video customization type.",
    ),
    Limit(
        key="segment.length",
        field="VideoParam.StartTime",
        unit="s",
        low=5,
        above=True,
        rule="A segment that you pick must be longer than 5 seconds.",
        said="Custom: fill in StartTime and EndTime to select a recording clip (must be greater than 5s).",
    ),
    Limit(
        key="segment.start.void",
        field="VideoParam.StartTime",
        rule="With Default the result always begins at the start of the clip; the picked start has no effect.",
        said="Default: StartTime and EndTime are disabled.",
    ),
    Limit(
        key="segment.end.void",
        field="VideoParam.EndTime",
        rule="The picked end has an effect with Custom only.",
        said="EndTime: this parameter is valid only when MakeType is Custom.",
    ),
    Limit(
        key="segment.outside",
        field="VideoParam.EndTime",
        rule="A segment must lie inside the clip.",
        said="Specify video segment.",
    ),
    Limit(
        key="stills.count",
        field="VideoParam.DisableIntervals",
        unit="intervals",
        high=5,
        rule="There may be at most five still intervals.",
        said="A list of time segments in the video (currently support a maximum of 5 segments).",
    ),
    Limit(
        key="stills.order",
        field="VideoParam.DisableIntervals",
        rule="The still intervals must be in the order of time.",
        said="The list must be in chronological order, otherwise task submission fails.",
    ),
)

_SERVICE = (
    Limit(
        key="output.long_side",
        field="ConcurrencyType",
        unit="px",
        high=2560,
        exclusive_high=4096,
        rule="The longer side of a result has at most 2560 pixels (4096 with Exclusive).",
        said="Shared: the maximum output is 2560*1440. Exclusive: the maximum output is 4096*4096.",
    ),
    Limit(
        key="output.short_side",
        field="ConcurrencyType",
        unit="px",
        high=1440,
        exclusive_high=4096,
        rule="The shorter side of a result has at most 1440 pixels (4096 with Exclusive).",
        said="Shared: the maximum output is 2560*1440. Exclusive: the maximum output is 4096*4096.",
    ),
    Limit(
        key="result.kept",
        field="MediaUrl",
        unit="days",
        high=7,
        rule="The service keeps a result for 7 days.",
        said="Audio and video resources are retained for only 7 days.",
    ),
    Limit(
        key="tasks.at_once",
        field="TaskId",
        unit="tasks",
        high=5,
        rule="The service takes at most five tasks at a time, unless more were bought.",
        said="Each account has 5 concurrent video tasks by default.",
        source=FAQ,
    ),
)

ROWS = _REFERENCE + _MEDIA + _SCRIPT + _SPEECH + _OPTIONS + _PART + _SERVICE

CHINA: Mapping[str, Mapping[str, object]] = {
    "reference.duration": {
        "high": 1200,
        "exclusive_high": None,
        "rule": "The reference clip must last 1 second to 20 minutes.",
    },
    "recording.duration": {
        "high": 1200,
        "exclusive_high": None,
        "rule": "The voice recording must last 1 second to 20 minutes.",
    },
}
"""What the China page (January 2026) says otherwise."""
