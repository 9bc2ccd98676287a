"""A small copy of a clip in short pieces, quick to enter anywhere: what is shown while the exact picture is on its way.

A piece holds `PIECE` pictures of the clip, by number and not by time, so that whatever clock the clip has the n-th
picture of the proxy is the n-th of the clip; the times stored with them are those of the clip too. A piece is in the
folder when it is whole, or not at all: what is there can be used while the rest is being made.
"""

from __future__ import annotations

import contextlib
import logging
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import av

from redub.core.clip import ClipFacts, VideoFacts
from redub.media.picture import Picture, Shape, fit, for_screen

log = logging.getLogger(__name__)

BOX = 640
"""A picture of a proxy fits into a square of so many pixels."""
PIECE = 500
"""Pictures in one file: twenty seconds, about four MB."""
GOP = 15
"""Pictures from one keyframe to the next: the last of them is there within some milliseconds."""
BYTES_PER_PICTURE = 5_000
"""What a picture takes on disk, as measured with a moving texture; a talking head takes less."""

_LONG_WAY = 60 * 1920 * 1080
"""Pixels from a keyframe to the next from which on a proxy is worth its making: sixty pictures of 1080p."""
_LARGE = 2560 * 1440
_FEWEST = 50
_PART = "part"
_COUNT = "pictures"
_OPEN = 4


def worth_it(facts: ClipFacts) -> bool:
    """Say whether pictures of the clip take so long to reach that a proxy helps: long ways, or 4K."""
    video = facts.video
    if video is None or video.frames < _FEWEST or max(video.shown_width, video.shown_height) <= BOX:
        return False
    pixels = video.width * video.height
    return pixels > _LARGE or pixels * _way(video) >= _LONG_WAY


def _way(video: VideoFacts) -> float:
    """Return the pictures from one keyframe to the next, where that way is longest."""
    return min(float(video.frames), video.keyframe_distance * video.frame_rate)


def pieces(pictures: int) -> int:
    """Return how many pieces a clip of so many pictures has."""
    return -(-pictures // PIECE)


def piece_file(folder: Path, number: int) -> Path:
    """Return where piece `number` lies when it is whole."""
    return folder / f"{number:05}.mp4"


def part_file(folder: Path, number: int) -> Path:
    """Return where piece `number` is written."""
    return folder / f"{number:05}.{_PART}"


def parts(folder: Path) -> Iterator[Path]:
    """Yield the pieces that were begun and not finished."""
    return folder.glob(f"*.{_PART}")


def note_pictures(folder: Path, pictures: int) -> None:
    """Write down of how many pictures the clip is."""
    part = folder / f"{_COUNT}.{_PART}"
    part.write_text(str(pictures), "ascii")
    part.replace(folder / _COUNT)


def made_of(folder: Path) -> tuple[int, int, int]:
    """Return how many pieces are there, how many it will be, and the clip's pictures; zeros for an empty folder."""
    try:
        pictures = int((folder / _COUNT).read_text("ascii"))
    except (OSError, ValueError):
        return 0, 0, 0
    total = pieces(pictures)
    return sum(piece_file(folder, number).exists() for number in range(total)), total, pictures


class ProxyPictures:
    """Gives the proxy's copies of pictures from the pieces that are there by now; for one thread at a time."""

    def __init__(self, folder: Path, pictures: int) -> None:
        """Read from `folder`; the clip has `pictures` pictures."""
        self._folder, self._pictures = folder, pictures
        self._open: OrderedDict[int, _Piece] = OrderedDict()

    def picture(self, index: int, time: float, box: tuple[int, int]) -> Picture | None:
        """Return the copy of picture `index`, which is shown at `time`, no larger than `box`.

        None where it is not made, or cannot be read.
        """
        number, place = divmod(index, PIECE)
        try:
            frame = self._piece(number).frame(place)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, av.FFmpegError) as exc:
            log.info("a piece of a proxy is thrown away: %s", exc)
            self._throw_away(number)
            return None
        size = fit(frame.width, frame.height, *box)
        return for_screen(frame, Shape(), size, time=time, index=index)

    def close(self) -> None:
        """Close the pieces."""
        for number in list(self._open):
            self._let_go(number)

    def _piece(self, number: int) -> _Piece:
        piece = self._open.get(number)
        if piece is None:
            expected = min(PIECE, self._pictures - number * PIECE)
            piece = self._open[number] = _Piece(piece_file(self._folder, number), expected)
            if len(self._open) > _OPEN:
                self._let_go(next(iter(self._open)))
        self._open.move_to_end(number)
        return piece

    def _throw_away(self, number: int) -> None:
        """Remove a damaged piece, so that it is made anew the next time."""
        self._let_go(number)
        with contextlib.suppress(OSError):
            piece_file(self._folder, number).unlink()

    def _let_go(self, number: int) -> None:
        piece = self._open.pop(number, None)
        if piece is not None:
            piece.close()


class _Piece:
    """One open file of a proxy."""

    def __init__(self, path: Path, expected: int) -> None:
        self._container = av.open(str(path))
        stream = self._container.streams.video[0]
        stream.codec_context.thread_count = 1  # threads would hold the picture back until more are read
        self._stream = stream
        self._ticks = sorted(p.pts for p in self._container.demux(stream) if p.size and p.pts is not None)
        if len(self._ticks) != expected:
            self._container.close()
            raise ValueError(f"{path.name} has {len(self._ticks)} pictures instead of {expected}")
        self._flow: Iterator[av.VideoFrame] | None = None
        self._at = -1

    def frame(self, place: int) -> av.VideoFrame:
        if self._flow is None or not self._at < place <= self._at + GOP:
            self._container.seek(self._ticks[place], stream=self._stream, backward=True)
            self._flow = self._container.decode(self._stream)
        for frame in self._flow:
            if frame.pts is not None and frame.pts >= self._ticks[place]:
                self._at = place
                return frame
        self._flow = None
        raise ValueError(f"picture {place} is missing")

    def close(self) -> None:
        self._flow = None
        self._container.close()
