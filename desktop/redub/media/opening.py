"""Open a media file for reading, and say in plain words why it cannot be opened."""

from __future__ import annotations

import stat
from pathlib import Path

import av
import av.container
from av.stream import Discard, Disposition

from redub.core.errors import EnvironmentFault, RedubError, UserError

PHOTO_DEMUXERS = ("_pipe", "image2", "gif", "webp", "apng", "ico")
# A list of pieces could make ffmpeg read other files, or the network, than the one that was chosen.
_PLAYLISTS = frozenset({"hls", "concat", "dash", "sdp", "imf", "rtsp", "rtp"})
_OPTIONS = {"protocol_whitelist": "file"}
_HEAD = 4096
_CHOOSE = "Choose another file, or export it again from the program or camera that made it."


def open_clip(path: str | Path) -> av.container.InputContainer:
    """Open `path` read-only; close what comes back, best by ``with``.

    :raises UserError: missing, a folder, empty, no media, cut off
    :raises EnvironmentFault: no permission, or the disk does not answer
    """
    file = Path(path).absolute()
    check_file(file)
    try:
        container = av.open(str(file), mode="r", options=_OPTIONS, metadata_errors="replace")
    except av.FFmpegError as exc:
        raise not_media(file, exc) from exc
    _refuse_other_things(file, container)
    return container


def check_file(file: Path) -> None:
    """Raise unless `file` is a file with something in it that may be read."""
    try:
        status = file.stat()
        if not stat.S_ISDIR(status.st_mode):
            file.open("rb").close()
    except OSError as exc:
        raise unreadable(file, exc) from exc
    if not stat.S_ISREG(status.st_mode):
        raise UserError(
            f"“{file.name}” is not a file.",
            why="It is a folder or a device.",
            next_step="Choose a video file.",
        )
    if status.st_size == 0:
        raise UserError(
            f"“{file.name}” is empty.",
            why="The file has 0 bytes; copying or downloading it was probably interrupted.",
            next_step="Copy or download it again.",
        )


def unreadable(file: Path, exc: OSError) -> RedubError:
    """Say why the system would not let us read `file`."""
    if isinstance(exc, FileNotFoundError | NotADirectoryError):
        return UserError(
            f"“{file.name}” is not there.",
            why=f"Nothing was found at {file}; it was moved, renamed or deleted.",
            next_step="Choose the file again.",
            detail=str(exc),
        )
    if isinstance(exc, PermissionError):
        return EnvironmentFault(
            f"“{file.name}” may not be read.",
            why="This account has no permission to open the file.",
            next_step="Change the permissions of the file, or copy it to a folder of your own.",
            detail=str(exc),
        )
    return EnvironmentFault(
        f"“{file.name}” cannot be read.",
        why="The disk or the network drive that it lies on gave an error.",
        next_step="Check that the drive is connected, or copy the file to this machine.",
        detail=str(exc),
    )


def not_media(file: Path, exc: Exception) -> RedubError:
    """Say what `file` is when it cannot be opened as a clip."""
    if isinstance(exc, OSError) and exc.errno and not isinstance(exc, ValueError):
        return unreadable(file, exc)
    head = _head(file)
    why = "Its content is in no format that can be played; the ending of its name does not count."
    if head[4:8] in {b"ftyp", b"mdat", b"moov", b"wide", b"free", b"skip"}:
        why = "It is cut off: its table of contents is missing. Recording or copying it was interrupted."
    elif _is_text(head):
        why = "It contains text, whatever its name says."
    return UserError(
        f"“{file.name}” is not a video or sound file.", why=why, next_step=_CHOOSE, detail=str(exc)
    )


def damaged(path: str | Path, exc: Exception | str) -> RedubError:
    """Say that a file was opened and cannot be decoded."""
    return UserError(
        f"“{Path(path).name}” is damaged.",
        why="A part of it cannot be decoded.",
        next_step=_CHOOSE,
        detail=str(exc),
    )


def picture_stream(container: av.container.InputContainer) -> av.VideoStream | None:
    """Return the first stream of moving pictures; cover art is none."""
    return next(iter(picture_streams(container)), None)


def picture_streams(container: av.container.InputContainer) -> list[av.VideoStream]:
    """Return the streams of moving pictures, without attached ones such as cover art."""
    still = Disposition.attached_pic | Disposition.timed_thumbnails
    return [one for one in container.streams.video if not one.disposition & still]


def need_picture(container: av.container.InputContainer, path: str | Path) -> av.VideoStream:
    """Return the first stream of moving pictures, or raise UserError."""
    stream = picture_stream(container)
    if stream is None:
        raise UserError(
            f"“{Path(path).name}” has no picture.",
            why="It contains sound only.",
            next_step="Choose a video of the person who is to speak.",
        )
    if not decodable(stream):
        raise UserError(
            f"The picture of “{Path(path).name}” cannot be decoded.",
            why="It is stored in a format that is not known here.",
            next_step="Export it again as H.264 from the program or camera that made it.",
        )
    return stream


def decodable(stream: av.VideoStream | av.AudioStream) -> bool:
    """Say whether there is a decoder for `stream`; PyAV gives one without a context, against its stubs."""
    return getattr(stream, "codec_context", None) is not None


def only(container: av.container.InputContainer, stream: av.VideoStream | av.AudioStream) -> None:
    """Let the demuxer throw away everything but `stream`; it is not even read where the format allows."""
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all


def _refuse_other_things(file: Path, container: av.container.InputContainer) -> None:
    name = container.format.name
    fault = ""
    if any(part in name for part in PHOTO_DEMUXERS):
        fault = "It is a photo, not a clip."
    elif name in _PLAYLISTS:
        fault = "It is a list of other files."
    elif not container.streams.video and not container.streams.audio:
        fault = "It contains neither a picture nor sound."
    if fault:
        container.close()
        raise UserError(f"“{file.name}” cannot be used as a clip.", why=fault, next_step=_CHOOSE)


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""


def _is_text(head: bytes) -> bool:
    whole = head[: head.rfind(b"\n") + 1] or head  # a character may be cut at the end of what was read
    try:
        return whole.decode("utf-8").isprintable() or all(
            c.isprintable() or c.isspace() for c in whole.decode()
        )
    except UnicodeDecodeError:
        return False


def same_file(path: str | Path) -> tuple[int, int]:
    """Return what tells whether `path` was changed since: bytes and time of change in nanoseconds."""
    status = Path(path).stat()
    return status.st_size, status.st_mtime_ns
