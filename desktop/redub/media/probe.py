"""Look into a media file or a photo and say what is in it; the name of the file is never believed."""

from __future__ import annotations

import hashlib
import warnings
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
from av.container import InputContainer
from PIL import Image, UnidentifiedImageError

from redub.core.clip import AudioFacts, ClipFacts, PhotoFacts, VideoFacts
from redub.core.errors import UserError
from redub.media.opening import (
    check_file,
    damaged,
    decodable,
    need_picture,
    open_clip,
    picture_streams,
    unreadable,
)
from redub.media.packets import Timing, timing
from redub.media.picture import shape_of
from redub.media.pnglength import has_all_lines

_WHOLE_HASH = 8 * 1024 * 1024
_PIECE = 1024 * 1024
_RATE_LIKENESS = 0.005
_PHOTO_FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "GIF", "TIFF")
_TRANSFERS = {
    1: "bt709", 4: "gamma22", 5: "gamma28", 6: "smpte170m", 7: "smpte240m", 8: "linear", 11: "iec61966-2-4",
    13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12", 16: "smpte2084", 18: "arib-std-b67",
}  # fmt: skip
"""ffmpeg's names of AVColorTransferCharacteristic (ISO/IEC 23091-2, TransferCharacteristics)."""
_SPACES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc", 10: "bt2020c"}
"""ffmpeg's names of AVColorSpace (ISO/IEC 23091-2, MatrixCoefficients)."""
_INTERLACED_ORDERS = frozenset({2, 3, 4, 5})
"""AVFieldOrder: 1 is progressive, 0 unknown."""
_QUICKTIME = "mov,mp4,m4a,3gp,3g2,mj2"
_EXACT_SOUND = frozenset({"wav", "flac", "w64", "aiff", _QUICKTIME})
_SOUND_TO_MEASURE = 128 * 1024 * 1024
_CONTAINERS = {"matroska,webm": "matroska", "asf_o": "asf", "mpegtsraw": "mpegts"}


def probe(path: str | Path) -> ClipFacts:
    """Return what is known about the clip at `path` without decoding more than one picture.

    :raises UserError: the file is missing, no media, cut off or has neither picture nor sound
    :raises EnvironmentFault: the file may not be read, or the disk gives an error
    """
    file = Path(path).absolute()
    with open_clip(file) as container:
        size = file.stat().st_size
        pictures = picture_streams(container)
        _refuse_cut_off(file, container, size)
        try:
            stream = need_picture(container, file) if pictures else None
            video, clock = _video(container, stream, size) if stream else (None, None)
        except av.FFmpegError as exc:
            raise damaged(file, exc) from exc
        audio = _audio(container, size)
        return ClipFacts(
            path=str(file),
            container=_container(container, file, bool(pictures)),
            size=size,
            duration=clock.duration if clock else audio.duration if audio else 0.0,
            start=clock.start if clock else 0.0,
            video=video,
            audio=audio,
            video_streams=len(pictures),
            audio_streams=len(container.streams.audio),
            content_key=content_key(file),
            changed=file.stat().st_mtime_ns,
        )


def content_key(path: str | Path) -> str:
    """Return a hash that stays the same when the file is renamed or moved.

    Small files are hashed whole; of large ones the size, the beginning, the middle and the end.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        digest = hashlib.sha256(size.to_bytes(8, "big"))
        with file.open("rb") as stream:
            for start, length in _pieces(size):
                _feed(digest, stream, start, length)
    except OSError as exc:
        raise unreadable(file, exc) from exc
    return digest.hexdigest()[:40]


def probe_photo(path: str | Path) -> PhotoFacts:
    """Return what is known about the still picture at `path`, after decoding all of it.

    :raises UserError: missing, no photo, damaged
    """
    file = Path(path).absolute()
    check_file(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=_PHOTO_FORMATS) as image:
                kind = (image.format or "").lower()
                image.load()
                width, height = image.size
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise _not_a_photo(file, exc) from exc
    except (OSError, SyntaxError, ValueError, EOFError) as exc:  # what Pillow's decoders raise on broken data
        raise damaged(file, exc) from exc
    if not has_all_lines(file):
        raise damaged(file, "the picture has fewer lines than its header says")
    return PhotoFacts(path=str(file), format=kind, width=width, height=height, size=file.stat().st_size)


def _video(container: InputContainer, stream: av.VideoStream, size: int) -> tuple[VideoFacts, Timing]:
    frame = _first_frame(container, stream)
    container.seek(0, backward=True, any_frame=False)
    clock = timing(container, stream, size)
    context = stream.codec_context
    shape = shape_of(stream, frame)
    shown = shape.shown(frame.width, frame.height)
    return VideoFacts(
        codec=context.codec.canonical_name,
        profile=str(context.profile or ""),
        width=frame.width,
        height=frame.height,
        shown_width=shown[0],
        shown_height=shown[1],
        frame_rate=_rate(stream, clock),
        variable_rate=clock.variable,
        frames=clock.frames,
        pixel_format=frame.format.name,
        bit_depth=max((part.bits for part in frame.format.components), default=8),
        rotation=shape.rotation,
        pixel_aspect=shape.pixel_aspect,
        bit_rate=stream.bit_rate or 0,
        keyframe_distance=clock.keyframe_distance,
        interlaced=frame.interlaced_frame or context.field_order in _INTERLACED_ORDERS,
        colour_transfer=_TRANSFERS.get(int(frame.color_trc), ""),
        colour_space=_SPACES.get(int(frame.colorspace), ""),
    ), clock


def _first_frame(container: InputContainer, stream: av.VideoStream) -> av.VideoFrame:
    for frame in container.decode(stream):
        return frame
    raise UserError(
        "The clip has no picture that can be shown.",
        why="Its video part is empty or in a format that cannot be decoded.",
        next_step="Export it again as H.264, or choose another clip.",
    )


def _rate(stream: av.VideoStream, clock: Timing) -> float:
    """Return the stored rate where it agrees with the measured one (it is exact), else the measured one."""
    if not clock.variable:
        for stored in (stream.average_rate, stream.guessed_rate, stream.base_rate):
            if stored and abs(float(stored) - clock.rate) <= _RATE_LIKENESS * clock.rate:
                return float(stored)
    return clock.rate


def _audio(container: InputContainer, size: int) -> AudioFacts | None:
    if not container.streams.audio:
        return None
    stream = container.streams.audio[0]
    if not decodable(stream):
        return AudioFacts(codec="unknown", sample_rate=0, channels=0, duration=0.0)
    return AudioFacts(
        codec=stream.codec_context.codec.canonical_name,
        sample_rate=stream.rate,
        channels=stream.codec_context.channels,
        duration=_sound_duration(container, size),
        bit_rate=stream.bit_rate or 0,
    )


def _sound_duration(container: InputContainer, size: int) -> float:
    """Return the length of the first sound; what the header of a stream format says is an estimate only."""
    stream = container.streams.audio[0]
    if container.format.name in _EXACT_SOUND and stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if not picture_streams(container) and size <= _SOUND_TO_MEASURE:
        return _measured(container, stream)
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return float(Fraction((container.duration or 0) - (container.start_time or 0), av.time_base))


def _measured(container: InputContainer, stream: av.AudioStream) -> float:
    packets = [p for p in container.demux(stream) if p.pts is not None and p.size]
    if not packets or not stream.time_base:
        return 0.0
    end = max((p.pts or 0) + (p.duration or 0) for p in packets)
    return float((end - min(p.pts or 0 for p in packets)) * stream.time_base)


def _container(container: InputContainer, file: Path, has_picture: bool) -> str:
    name = container.format.name
    if name != _QUICKTIME:
        if name == "matroska,webm" and _is_webm(file):
            return "webm"
        return _CONTAINERS.get(name, name.split(",")[0])
    brand = container.metadata.get("major_brand", "").strip().lower()
    if brand in {"", "qt"}:  # without a brand it is older than mp4
        return "mov"
    if brand.startswith(("3gp", "3g2")):
        return brand[:3]
    return "mp4" if has_picture else "m4a"


def _is_webm(file: Path) -> bool:
    with file.open("rb") as stream:
        return b"webm" in stream.read(64)  # DocType of the EBML header


def _refuse_cut_off(file: Path, container: InputContainer, size: int) -> None:
    """Raise when the file's own index points behind its end: the copy was interrupted."""
    if container.format.name != _QUICKTIME:
        return
    for stream in container.streams:
        entries = stream.index_entries
        if len(entries) and entries[-1].pos + entries[-1].size > size:
            raise UserError(
                f"“{file.name}” is cut off.",
                why="The end of the file is missing; copying or downloading it was interrupted.",
                next_step="Copy or download it again.",
            )


def _pieces(size: int) -> list[tuple[int, int]]:
    if size <= _WHOLE_HASH:
        return [(0, size)]
    return [(0, _PIECE), ((size - _PIECE) // 2, _PIECE), (size - _PIECE, _PIECE)]


def _feed(digest: hashlib._Hash, stream: BinaryIO, start: int, length: int) -> None:
    stream.seek(start)
    digest.update(stream.read(length))


def _not_a_photo(file: Path, exc: Exception) -> UserError:
    return UserError(
        f"“{file.name}” cannot be used as a photo.",
        why="Its content is no JPEG, PNG, BMP or WebP picture of a usable size, whatever its name says.",
        next_step="Choose a photo in one of these formats.",
        detail=str(exc),
    )
