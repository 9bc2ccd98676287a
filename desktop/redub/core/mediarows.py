"""The rows of the table of limits that are about files: the reference, the recording, the letters."""

from __future__ import annotations

from redub.core.limit import GIGABYTE, MEGABYTE, Limit

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

MEDIA_ROWS = _REFERENCE + _MEDIA
