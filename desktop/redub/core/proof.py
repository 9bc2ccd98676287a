"""What was found out about a converted clip by decoding it, as a value that can say itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from redub.core.timemap import SAME, TimeMap

_NAMES = {"h264": "H.264"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The proof that a conversion is whole and has moved nothing.

    :ivar kind: what was done: "remux", "audio_only", "re_encode"
    :ivar frames: pictures of the result, all of them looked at
    :ivar duration: seconds of the result; `wanted` are those of the source (or of its part)
    :ivar turned: degrees by which the picture was turned upright for good
    :ivar size: bytes of the result
    :ivar seconds: how long the conversion took
    :ivar clock: seconds of the source -> seconds of the result
    """

    kind: str
    codec: str
    width: int
    height: int
    rate: float
    frames: int
    duration: float
    wanted: float
    size: int
    turned: int = 0
    audio: str = ""
    seconds: float = 0.0
    clock: TimeMap = field(default=SAME)

    def __str__(self) -> str:
        """Say it in whole sentences."""
        sound = f"sound {self.audio.upper()}" if self.audio else "no sound"
        looked = "decoded" if self.kind == "re_encode" else "compared, none is changed"
        parts = [
            f"{_NAMES.get(self.codec, self.codec)} {self.width}x{self.height}, {self.rate:g} frames a second, {sound}.",
            f"All {self.frames} frames were {looked}; it lasts {self.duration:.3f} s (wanted: {self.wanted:.3f} s).",
            self._moved(),
        ]
        if self.turned:
            parts.insert(1, f"It was turned upright by {self.turned} degrees.")
        return " ".join(parts)

    def _moved(self) -> str:
        move = self.clock.largest_move
        if move <= 0:
            return "No frame has moved."
        return f"Frames have moved by up to {move * 1000:.0f} ms; picked times are moved with them when it is sent."


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A converted copy of a clip: where it lies, and the proof."""

    path: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Verdict:
    """What decoding a clip from end to end has shown: seconds at which it is broken, None when it is whole."""

    broken_at: float | None = None
