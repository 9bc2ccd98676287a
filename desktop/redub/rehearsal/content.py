"""The documented rules about what the fetched media are: container, codec, pixels, seconds, bytes.

They are checked when a task is made, and a task that breaks one fails with FailCode 801009 and the detail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from redub.core.clip import ClipFacts, PhotoFacts, VideoFacts
from redub.core.errors import RedubError
from redub.media.probe import probe, probe_photo
from redub.rehearsal.codes import FailCode
from redub.rehearsal.refusal import JobFailed

MEGABYTE = 1024**2
GIGABYTE = 1024**3

_SOUND_CONTAINERS = frozenset({"wav", "mp3", "asf", "m4a", "mp4", "aac", "ogg"})  # asf is what wma lies in
_PHOTO_FORMATS = frozenset({"jpeg", "jpg", "png", "bmp", "webp"})
_PDF_HEAD, _PDF_END = b"%PDF-", b"%%EOF"


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """Most bytes of each medium, as the page has them (1 GB is 1024 MB)."""

    reference: int = 5 * GIGABYTE
    recording: int = 100 * MEGABYTE
    photo: int = 10 * MEGABYTE
    letter: int = 10 * MEGABYTE - 1
    letter_video: int = 5 * GIGABYTE - 1


def check_reference(path: Path, *, exclusive: bool) -> ClipFacts:
    """Check the template video (RefVideoUrl) and return what it is.

    :raises JobFailed: PARAMETER
    """
    field = "RefVideoUrl"
    facts = _facts(path, field)
    video = _need_picture(facts, field)
    _need(facts.container in {"mp4", "mov", "avi"}, f"{field} is {facts.container}, not mp4, mov or avi")
    _need(video.codec == "h264", f"{field} is encoded as {video.codec}, not H.264")
    sides = (video.shown_width, video.shown_height)
    _need(
        all(360 <= side <= 4096 for side in sides),
        f"{field} has {sides[0]}x{sides[1]} pixels, not 360 to 4096",
    )
    _need_seconds(facts.duration, exclusive, field)
    return facts


def check_recording(path: Path, *, exclusive: bool) -> ClipFacts:
    """Check the driving audio (InputAudioUrl) and return what it is.

    :raises JobFailed: PARAMETER
    """
    field = "InputAudioUrl"
    facts = _facts(path, field)
    _need(facts.video is None, f"{field} has a picture; it is a video")
    known = facts.container in _SOUND_CONTAINERS and facts.audio is not None
    _need(known, f"{field} is {facts.container}, not wav, mp3, wma, m4a, aac or ogg")
    _need_seconds(facts.audio.duration if facts.audio else 0.0, exclusive, field)
    return facts


def check_photo(path: Path) -> PhotoFacts:
    """Check the photo of the face to drive (RefPhotoUrl).

    :raises JobFailed: PARAMETER
    """
    field = "VideoParam.RefPhotoUrl"
    try:
        photo = probe_photo(path)
    except RedubError as exc:
        raise _broken(field, exc) from exc
    _need(photo.format in _PHOTO_FORMATS, f"{field} is {photo.format}, not jpg, jpeg, png, bmp or webp")
    sides = (photo.width, photo.height)
    _need(
        all(192 <= side <= 4096 for side in sides),
        f"{field} has {sides[0]}x{sides[1]} pixels, not 192 to 4096",
    )
    return photo


def check_letter(path: Path) -> None:
    """Check the written letter of authorization (IdentityWrittenUrl): a PDF from its first to its last line.

    :raises JobFailed: PARAMETER
    """
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(max(0, path.stat().st_size - 2048))
        tail = file.read()
    _need(_PDF_HEAD in head and _PDF_END in tail, "IdentityWrittenUrl is not a whole PDF")


def check_letter_video(path: Path) -> None:
    """Check the filmed letter of authorization (IdentityVideoUrl): an mp4 with a picture.

    :raises JobFailed: PARAMETER
    """
    field = "IdentityVideoUrl"
    facts = _facts(path, field)
    _need_picture(facts, field)
    _need(facts.container == "mp4", f"{field} is {facts.container}, not mp4")


def check_segment(payload_video: Mapping[str, object], facts: ClipFacts) -> None:
    """Check the times that need the length of the clip: the segment begins in it and is longer than 5 s.

    :raises JobFailed: PARAMETER
    """
    make_type = payload_video.get("MakeType", "Default")
    start, end = payload_video.get("StartTime", 0.0), payload_video.get("EndTime", facts.duration)
    if make_type == "Default" or not isinstance(start, (int, float)) or not isinstance(end, (int, float)):
        return
    _need(
        start < facts.duration, f"StartTime {start} is not before the end of the video, {facts.duration:.3f}"
    )
    if make_type == "Custom":
        length = round(min(end, facts.duration) - start, 3)
        _need(length > 5, f"the segment lasts {length:g} s, not more than 5 s")


def _facts(path: Path, field: str) -> ClipFacts:
    try:
        return probe(path)
    except RedubError as exc:
        raise _broken(field, exc) from exc


def _need_picture(facts: ClipFacts, field: str) -> VideoFacts:
    if facts.video is None:
        raise JobFailed(FailCode.PARAMETER, f"{field} has no picture")
    return facts.video


def _need_seconds(seconds: float, exclusive: bool, field: str) -> None:
    longest = 1200 if exclusive else 600
    _need(1 <= round(seconds, 3) <= longest, f"{field} lasts {seconds:.3f} s, not 1 to {longest}")


def _need(holds: bool, trouble: str) -> None:
    if not holds:
        raise JobFailed(FailCode.PARAMETER, trouble)


def _broken(field: str, exc: RedubError) -> JobFailed:
    return JobFailed(FailCode.PARAMETER, f"{field} cannot be read: {exc.what} {exc.why}".strip())
