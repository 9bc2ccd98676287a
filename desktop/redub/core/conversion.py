"""What has to be done to a clip so that the service takes it: nothing, little, or a new encode.

To add a reason: write a function ``VideoFacts, Limit -> str | None`` that returns a sentence for the creator,
and put it into `_PICTURE_REASONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from redub.core.clip import ClipFacts, VideoFacts
from redub.core.errors import UserError
from redub.core.limits import REFERENCE_CODEC, REFERENCE_CONTAINERS, Limit, SiteLimits, limits_for

_LIMITS = limits_for("international")
HIGHEST_RATE = int(_LIMITS["output.rate"].high or 60)
"""The service never shows more pictures a second than this (VideoParametersConsistent, rule 2)."""
_RATES = tuple(
    Fraction(rate)
    for rate in (
        "12",
        "12.5",
        "15",
        "20",
        "24000/1001",
        "24",
        "25",
        "30000/1001",
        "30",
        "48",
        "50",
        "60000/1001",
        "60",
    )
)
_SAME_RATE = 2e-4
_LITTLE_UNDER = 0.98
_PLAIN_FORMATS = frozenset({"yuv420p", "yuvj420p"})
_MP4_SOUND = frozenset({"aac", "mp3", "ac3", "eac3", "alac"})
_CODEC_NAMES = {
    "hevc": "HEVC (H.265)", "av1": "AV1", "vp9": "VP9", "vp8": "VP8", "prores": "ProRes",
    "mpeg2video": "MPEG-2", "mpeg4": "MPEG-4 Visual", "mjpeg": "Motion JPEG", "dnxhd": "DNxHD",
    "wmv3": "Windows Media", "vc1": "VC-1",
}  # fmt: skip


class Kind(StrEnum):
    """What is done to a clip, from the cheapest to the dearest."""

    NOTHING = "nothing"
    REMUX = "remux"
    AUDIO_ONLY = "audio_only"
    RE_ENCODE = "re_encode"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodeSettings:
    """How a clip is encoded anew.

    :ivar preset: x264's, from "ultrafast" to "veryslow"
    :ivar crf: the quality, lower is better and larger (x264's CRF, or the like of a hardware encoder)
    :ivar audio_bitrate: bits a second of the sound
    :ivar encoder: ffmpeg's name of the H.264 encoder
    :ivar longest: pixels of the longer side at most; 0 leaves the size as it is
    :ivar rate: pictures a second; 0 chooses them from the clip
    """

    preset: str = "medium"
    crf: int = 23
    audio_bitrate: int = 128_000
    encoder: str = "libx264"
    longest: int = 0
    rate: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be done to one clip, and why.

    :ivar reasons: whole sentences for the creator; empty when there is nothing to do
    :ivar width: pixels of the result
    :ivar height: as `width`
    :ivar rate: constant pictures a second of the result; 0 when the pictures stay as they are
    :ivar deinterlace: lines of two moments are made into whole pictures
    :ivar tone_map: an HDR picture is brought to an ordinary screen
    :ivar keep_sound: the sound is copied, not encoded
    """

    kind: Kind
    reasons: tuple[str, ...] = ()
    width: int = 0
    height: int = 0
    rate: Fraction = Fraction(0)
    deinterlace: bool = False
    tone_map: bool = False
    keep_sound: bool = True

    @property
    def needed(self) -> bool:
        """Say whether anything has to be done."""
        return self.kind is not Kind.NOTHING


def decide(
    facts: ClipFacts,
    limits: SiteLimits | None = None,
    *,
    settings: EncodeSettings | None = None,
    encode_anyway: bool = False,
) -> Decision:
    """Choose the cheapest way to a clip that the service takes.

    :param limits: the site's; the international ones when left out
    :param settings: size and rate of a new encode, where one is needed
    :param encode_anyway: make a new encode even when the pictures could stay as they are
    :raises UserError: the clip has no picture
    """
    video = facts.video
    if video is None:
        raise UserError(
            "A clip without a picture cannot be converted.",
            why="The file contains sound only.",
            next_step="Choose a video of the person who is to speak.",
        )
    pixels = (limits or limits_for("international"))["reference.pixels"]
    reasons = tuple(reason for check in _PICTURE_REASONS if (reason := check(video, pixels)))
    if reasons or encode_anyway:
        return _re_encode(video, reasons, pixels, settings or EncodeSettings())
    return _keep_pictures(facts, video)


def constant_rate(video: VideoFacts) -> Fraction:
    """Choose the constant pictures a second for a new encode.

    It is the clip's own exact rate, or for a varying one the usual rate that is not lower; at most 60, because
    the service never shows more.
    """
    if video.frame_rate <= 0:
        return Fraction(25)
    if not video.variable_rate:
        near = min(_RATES, key=lambda rate: abs(rate - video.frame_rate))
        same = abs(near - video.frame_rate) <= _SAME_RATE * video.frame_rate
        rate = near if same else Fraction(video.frame_rate).limit_denominator(1001)
        return min(rate, Fraction(HIGHEST_RATE))
    usual = [rate for rate in _RATES if rate >= video.frame_rate * _LITTLE_UNDER and rate.denominator == 1]
    return usual[0] if usual else Fraction(HIGHEST_RATE)


def _re_encode(
    video: VideoFacts, reasons: tuple[str, ...], pixels: Limit, settings: EncodeSettings
) -> Decision:
    width, height = _size(video, pixels, settings.longest)
    return Decision(
        kind=Kind.RE_ENCODE,
        reasons=reasons + tuple(_side_effects(video)),
        width=width,
        height=height,
        rate=_wished_rate(video, settings.rate),
        deinterlace=video.interlaced,
        tone_map=video.is_hdr,
        keep_sound=False,
    )


def _keep_pictures(facts: ClipFacts, video: VideoFacts) -> Decision:
    """Decide about a clip whose pictures the service takes as they are."""
    reasons = tuple(_container_reasons(facts))
    kind, keep_sound = Kind.NOTHING, True
    if reasons:
        kind = Kind.REMUX
        keep_sound = facts.audio is None or facts.audio.codec in _MP4_SOUND
        if not keep_sound and facts.audio is not None:
            kind = Kind.AUDIO_ONLY
            reasons += (
                f"Its sound ({facts.audio.codec}) does not fit into an mp4 file and is encoded as AAC.",
            )
    size = (video.shown_width, video.shown_height)
    return Decision(kind=kind, reasons=reasons, width=size[0], height=size[1], keep_sound=keep_sound)


def _container_reasons(facts: ClipFacts) -> Iterator[str]:
    if facts.container not in REFERENCE_CONTAINERS:
        yield f"The file is of the type {facts.container}. {_LIMITS['reference.container'].rule}"
    if facts.video_streams > 1:
        yield f"The file holds {facts.video_streams} videos; only the first one is kept."


def _wished_rate(video: VideoFacts, wish: float) -> Fraction:
    if wish <= 0:
        return constant_rate(video)
    return min(Fraction(wish).limit_denominator(1001), Fraction(HIGHEST_RATE))


def _size(video: VideoFacts, pixels: Limit, wish: int = 0) -> tuple[int, int]:
    """Return the pixels of the result: as shown, even, scaled down to the longest edge allowed or wished, never up.

    A wish never makes the shorter edge smaller than the service takes.
    """
    shortest, longest = sorted((video.shown_width, video.shown_height))
    scale = min(1.0, (pixels.high or longest) / longest)
    if wish > 0:
        scale = min(scale, max(wish / longest, (pixels.low or 0) / shortest))
    return _even(video.shown_width * scale), _even(video.shown_height * scale)


def _even(pixels: float) -> int:
    """Round down: a scaled edge must stay within the limit."""
    return max(2, int(pixels + 1e-6) // 2 * 2)


def _wrong_codec(video: VideoFacts, _pixels: Limit) -> str | None:
    if video.codec == REFERENCE_CODEC:
        return None
    return f"The clip is {_CODEC_NAMES.get(video.codec, video.codec)}. {_LIMITS['reference.codec'].rule}"


def _hdr(video: VideoFacts, _pixels: Limit) -> str | None:
    return "The clip is HDR; it is brought to the colours of ordinary screens." if video.is_hdr else None


def _deep(video: VideoFacts, _pixels: Limit) -> str | None:
    if video.bit_depth <= 8:
        return None
    return f"The clip has {video.bit_depth}-bit colour, which many decoders of H.264 refuse; 8 bits are safe."


def _fine_colour(video: VideoFacts, _pixels: Limit) -> str | None:
    if video.bit_depth > 8 or video.pixel_format in _PLAIN_FORMATS:
        return None
    return f"Its colours are stored as {video.pixel_format}, which many decoders refuse; yuv420p is safe."


def _interlaced(video: VideoFacts, _pixels: Limit) -> str | None:
    return "The clip is interlaced; lips need whole pictures." if video.interlaced else None


def _rotated(video: VideoFacts, _pixels: Limit) -> str | None:
    if not video.rotation:
        return None
    return f"The clip is stored turned by {video.rotation} degrees; it is turned upright for good."


def _stretched(video: VideoFacts, _pixels: Limit) -> str | None:
    return "The clip has pixels that are not square." if abs(video.pixel_aspect - 1) > 1e-3 else None


def _uneven_rate(video: VideoFacts, _pixels: Limit) -> str | None:
    if not video.variable_rate:
        return None
    return (
        "The clip has a varying frame rate, with which picked times and lips drift; a constant one is safe."
    )


def _odd_size(video: VideoFacts, _pixels: Limit) -> str | None:
    if video.width % 2 == 0 and video.height % 2 == 0:
        return None
    return f"Its size of {video.width}x{video.height} is odd; H.264 needs even numbers."


def _too_large(video: VideoFacts, pixels: Limit) -> str | None:
    longest = max(video.shown_width, video.shown_height)
    if not pixels.too_high(longest):
        return None
    size = f"{video.shown_width}x{video.shown_height}"
    return f"The clip has {size} pixels; the service takes at most {pixels.high:g} a side."


_PICTURE_REASONS: tuple[Callable[[VideoFacts, Limit], str | None], ...] = (
    _wrong_codec,
    _hdr,
    _deep,
    _fine_colour,
    _interlaced,
    _rotated,
    _stretched,
    _uneven_rate,
    _odd_size,
    _too_large,
)


def _side_effects(video: VideoFacts) -> Iterator[str]:
    """Yield what a new encode changes besides, which alone would be no reason for one."""
    if video.frame_rate > HIGHEST_RATE * 1.001:
        yield f"Its {video.frame_rate:g} frames a second become 60; the service never shows more."
