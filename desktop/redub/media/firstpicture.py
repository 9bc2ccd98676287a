"""The first picture of a clip at once, before its table of packets is read."""

from __future__ import annotations

from pathlib import Path

import av

from redub.media.opening import damaged, need_picture, only, open_clip
from redub.media.picture import Picture, fit, for_screen, shape_of


def first_picture(path: str | Path, width: int, height: int) -> Picture | None:
    """Return the first picture that is shown, inside `width` x `height` pixels; None when none can be decoded.

    :raises UserError: no clip, no picture, damaged
    """
    with open_clip(path) as container:
        stream = need_picture(container, path)
        only(container, stream)
        stream.thread_type = (
            "SLICE"  # threads that work on several pictures at a time hold the first one back
        )
        try:
            frame = next(iter(container.decode(stream)), None)
        except av.FFmpegError as exc:
            raise damaged(path, exc) from exc
        if frame is None:
            return None
        shape = shape_of(stream, frame)
        size = fit(*shape.shown(frame.width, frame.height), width, height)
        return for_screen(frame, shape, size, time=0.0, index=0)
