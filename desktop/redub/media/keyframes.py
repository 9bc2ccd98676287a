"""Keyframes alone: each is decoded without any other picture, and given out at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import av

from redub.core.errors import RedubError
from redub.media.opening import damaged, need_picture, only, open_clip


class KeyframeDecoder:
    """Jumps from keyframe to keyframe of a clip; for one thread at a time.

    :ivar container: the open clip; `stream` its picture
    """

    def __init__(self, path: str | Path, options: Mapping[str, str] | None = None) -> None:
        """Open the clip; `options` are the decoder's (ffmpeg's ``-skip_loop_filter`` and such).

        :raises UserError: no clip, no picture
        """
        self._path = path
        self.container = open_clip(path)
        try:
            self.stream = need_picture(self.container, path)
        except RedubError:
            self.container.close()
            raise
        context = self.stream.codec_context
        context.skip_frame, context.thread_count, context.options = "NONKEY", 1, dict(options or {})
        only(self.container, self.stream)

    def close(self) -> None:
        """Close the file."""
        self.container.close()

    def packet(self, tick: int) -> av.Packet[av.VideoStream] | None:
        """Return the keyframe, not yet decoded, that seeking to `tick` leads to."""
        try:
            self.container.seek(tick, stream=self.stream, backward=True)
            for packet in self.container.demux(self.stream):
                if packet.is_keyframe and packet.pts is not None:
                    return packet
        except av.InvalidDataError:
            return None
        except av.FFmpegError as exc:
            raise damaged(self._path, exc) from exc
        return None

    def picture(self, packet: av.Packet[av.VideoStream]) -> av.VideoFrame | None:
        """Decode what `packet` returned last; None when it is damaged.

        Told that nothing follows, the decoder gives the picture out at once, and not some keyframes later.
        """
        try:
            frames = packet.decode() or self.stream.codec_context.decode(None)
        except av.InvalidDataError:
            return None
        except av.FFmpegError as exc:
            raise damaged(self._path, exc) from exc
        return next(iter(frames), None)
