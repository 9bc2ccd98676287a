"""Makes a proxy in a process of its own that takes only what others leave: ``python -m redub.media.proxymaking``.

Arguments: the clip, the folder, and the number of the picture around which to begin. A line on stdout after each piece
says how many are there, how many it will be, and how many pictures the clip has. It ends when stdin says anything or is
closed; what is whole by then is kept.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import av

from redub.core.errors import RedubError
from redub.media import proxy
from redub.media.decoding import PictureDecoder
from redub.media.modesty import hold_back_process
from redub.media.picture import fit, for_rendering

_ENCODER = {"preset": "superfast", "tune": "fastdecode", "crf": "26", "bf": "0", "threads": "1"}

Tell = Callable[[int, int, int], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the proxy and return the exit code: 0 when it is whole, 1 when the clip or the disk refuses."""
    clip, folder, near = sys.argv[1:] if arguments is None else arguments
    hold_back_process()
    threading.Thread(target=_end_with_stdin, name="redub-lifeline", daemon=True).start()
    try:
        make(Path(clip), Path(folder), int(near), _say)
    except (RedubError, OSError, av.FFmpegError) as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    return 0


def make(clip: Path, folder: Path, near: int, tell: Tell) -> None:
    """Make the pieces that are missing, the one with picture `near` first, and `tell` after each.

    :raises UserError: the clip cannot be read
    :raises OSError: the folder cannot be written
    """
    for part in proxy.parts(folder):
        part.unlink(missing_ok=True)
    with closing(PictureDecoder(clip)) as decoder:
        pictures = len(decoder.table.pts)
        proxy.note_pictures(folder, pictures)
        count = proxy.pieces(pictures)
        first = min(max(0, near // proxy.PIECE), count - 1)
        done = sum(proxy.piece_file(folder, number).exists() for number in range(count))
        tell(done, count, pictures)
        for number in (*range(first, count), *range(first)):
            if not proxy.piece_file(folder, number).exists():
                _make_piece(decoder, folder, number)
                done += 1
                tell(done, count, pictures)


def _make_piece(decoder: PictureDecoder, folder: Path, number: int) -> None:
    """Write one piece under another name, and give it its own when it is whole."""
    part = proxy.part_file(folder, number)
    begin = number * proxy.PIECE
    end = min(begin + proxy.PIECE, len(decoder.table.pts))
    try:
        with av.open(str(part), "w", format="mp4") as container:
            _write(decoder, container, range(begin, end))
        part.replace(proxy.piece_file(folder, number))
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _write(decoder: PictureDecoder, container: av.container.OutputContainer, places: range) -> None:
    size = fit(decoder.width, decoder.height, proxy.BOX, proxy.BOX)
    table = decoder.table
    base, factor = _clock(table.time_base)
    stream = container.add_stream("libx264", options=_ENCODER)
    stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
    stream.codec_context.gop_size = proxy.GOP
    stream.codec_context.time_base = stream.time_base = base
    for place in places:
        frame = decoder.frame(place)
        assert frame is not None  # only a cancelled search finds nothing, and this one cannot be cancelled
        small = for_rendering(frame, decoder.shape, size)
        if place == places[0]:  # the encoder is opened with it
            stream.codec_context.colorspace = small.colorspace
        small.pts, small.time_base = (table.pts[place] - table.pts[places[0]]) * factor, base
        small.pict_type = av.video.frame.PictureType.NONE
        container.mux(stream.encode(small))
    container.mux(stream.encode(None))


def _clock(base: Fraction) -> tuple[Fraction, int]:
    """Return the time base that mp4 can store, and by what the clip's ticks are multiplied for it."""
    return Fraction(1, base.denominator), base.numerator


def _say(done: int, count: int, pictures: int) -> None:
    sys.stdout.write(f"{done} {count} {pictures}\n")
    sys.stdout.flush()


def _end_with_stdin() -> None:
    os.read(0, 1)  # not through sys.stdin, whose lock would hang the end of the interpreter
    os._exit(1)  # at once, wherever the encoder is: what is half-made has a name that nobody reads


if __name__ == "__main__":
    sys.exit(main())
