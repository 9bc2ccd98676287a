"""The rows of the table of limits that are about a take: script, voice, options, the part; and about the service."""

from __future__ import annotations

from redub.core.limit import FAQ, MEGABYTE, SSML_PAGE, TIMBRES_PAGE, Limit

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

TAKE_ROWS = _SCRIPT + _SPEECH + _OPTIONS + _PART + _SERVICE
