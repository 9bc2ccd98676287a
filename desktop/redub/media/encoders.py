"""The encoders of H.264: how each is told the quality, and which of them really work on this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from redub.core.conversion import EncodeSettings
from redub.media import process

SOFTWARE = "libx264"
_PICTURE = "color=c=gray:s=640x360:r=25"

Quality = Callable[[EncodeSettings], dict[str, Any]]
_QUALITY: Mapping[str, Quality] = {
    SOFTWARE: lambda wish: {"preset": wish.preset, "crf": wish.crf},
    "h264_nvenc": lambda wish: {"preset": "p4", "rc": "vbr", "cq": wish.crf, "b:v": 0},
    "h264_qsv": lambda wish: {"preset": "medium", "global_quality": wish.crf},
    "h264_amf": lambda wish: {"rc": "cqp", "qp_i": wish.crf, "qp_p": wish.crf},
    "h264_videotoolbox": lambda wish: {"q:v": max(1, min(100, 110 - 2 * wish.crf))},
}
HARDWARE = tuple(name for name in _QUALITY if name != SOFTWARE)


def quality_options(settings: EncodeSettings) -> dict[str, Any]:
    """Return the options that tell the encoder of `settings` how good the result shall be."""
    return _QUALITY.get(settings.encoder, _QUALITY[SOFTWARE])(settings)


async def working_encoders(ffmpeg: Path) -> tuple[str, ...]:
    """Return the encoders that can be offered: libx264, and each hardware encoder that has just encoded a picture.

    What a driver promises does not count; each is tried once for each ffmpeg.
    """
    key = str(ffmpeg)
    if key not in _tried:
        listed = await _listed(ffmpeg)
        _tried[key] = (
            SOFTWARE,
            *[name for name in HARDWARE if name in listed and await _works(ffmpeg, name)],
        )
    return _tried[key]


_tried: dict[str, tuple[str, ...]] = {}


async def _listed(ffmpeg: Path) -> frozenset[str]:
    lines: list[str] = []
    await process.run(
        [str(ffmpeg), "-hide_banner", "-encoders"],
        on_line=lines.append,
        label="Asking ffmpeg for its encoders",
    )
    return frozenset(words[1] for line in lines if len(words := line.split()) > 1)


async def _works(ffmpeg: Path, encoder: str) -> bool:
    """Encode one picture with exactly the options of a conversion."""
    options = [
        part
        for name, value in quality_options(EncodeSettings(encoder=encoder)).items()
        for part in (f"-{name}", str(value))
    ]
    argv = [str(ffmpeg), "-hide_banner", "-loglevel", "error", "-f", "lavfi", "-i", _PICTURE]
    argv += ["-frames:v", "1", "-pix_fmt", "yuv420p", "-c:v", encoder, *options, "-f", "null", "-"]
    return (await process.run(argv, label=f"Trying the encoder {encoder}")).ok
