"""What is known about a media file after looking into it: the facts that checks and decisions are made from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """One video stream, as it is stored and as it is shown.

    :ivar codec: ffmpeg's codec name, "h264", "hevc" …
    :ivar width: stored width in pixels; `shown_width` has rotation and pixel shape applied
    :ivar frame_rate: average frames a second
    :ivar variable_rate: the packets' distances differ by more than a rounding
    :ivar pixel_format: ffmpeg's name, "yuv420p" …
    :ivar rotation: degrees clockwise that a player turns the picture: 0, 90, 180, 270
    :ivar pixel_aspect: width of one pixel over its height; 1.0 is square
    :ivar bit_rate: bits a second of this stream, or 0 when unknown
    :ivar keyframe_distance: the longest distance of two keyframes in seconds, or 0 when unknown
    :ivar colour_transfer: ffmpeg's name, "bt709", "smpte2084" (PQ), "arib-std-b67" (HLG), "" when unset
    :ivar colour_space: ffmpeg's name of the matrix, "bt709", "smpte170m", "bt2020nc" …, "" when unset
    """

    codec: str
    profile: str = ""
    width: int
    height: int
    shown_width: int
    shown_height: int
    frame_rate: float
    variable_rate: bool = False
    frames: int = 0
    pixel_format: str = "yuv420p"
    bit_depth: int = 8
    rotation: int = 0
    pixel_aspect: float = 1.0
    bit_rate: int = 0
    keyframe_distance: float = 0.0
    interlaced: bool = False
    colour_transfer: str = ""
    colour_space: str = ""

    @property
    def is_hdr(self) -> bool:
        """Say whether the picture needs tone mapping to be shown on an ordinary screen."""
        return self.colour_transfer in {"smpte2084", "arib-std-b67"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFacts:
    """One audio stream: ffmpeg's codec name, samples a second, channels, seconds."""

    codec: str
    sample_rate: int
    channels: int
    duration: float
    bit_rate: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFacts:
    """One media file.

    :ivar container: one plain word: "mp4", "mov", "avi", "matroska", "wav", "mp3", "m4a", "asf" …,
        from the content and never from the file's name
    :ivar duration: seconds on the clock of the picture, first frame shown to end of the last
        (of the sound, when there is no picture)
    :ivar start: PTS of the first frame in seconds; times on screen are counted from it
    :ivar content_key: hash over content (not name), the key of every cache
    :ivar changed: when the file was changed last, nanoseconds as the system counts them
    """

    path: str
    container: str
    size: int
    duration: float
    start: float = 0.0
    video: VideoFacts | None = None
    audio: AudioFacts | None = None
    video_streams: int = 0
    audio_streams: int = 0
    content_key: str = ""
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """One still picture: "jpeg", "png", "bmp", "webp" …, pixels, bytes."""

    path: str
    format: str
    width: int
    height: int
    size: int
