"""Every kind of clip that people bring: what is found in it, what is done to it, and that the result is legal.

All of them are made here, by ffmpeg or byte by byte; nothing may be believed by its name.
"""

from __future__ import annotations

import errno
import shutil
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from redub.core.conversion import EncodeSettings, Kind, decide
from redub.core.errors import RedubError
from redub.core.findings import Level
from redub.core.limits import GIGABYTE
from redub.core.shot import Letters, Shot, Source, Take
from redub.media import ffmpeg
from redub.media.probe import probe, probe_photo
from redub.services import conversionfiles
from redub.services.conversions import Conversions
from redub.services.preflight import Preflight
from redub.services.wholeness import Wholeness
from services.stand import silent
from support.clips import ClipFactory

FAST = EncodeSettings(preset="ultrafast")
SIZE = "360x640"


@dataclass(frozen=True)
class Made:
    """What makes a clip has at hand: a folder, the clip factory, ffmpeg."""

    folder: Path
    clips: ClipFactory

    def run(self, name: str, *arguments: str | Path) -> Path:
        target = self.folder / name
        command = [str(ffmpeg.find()), "-v", "error", "-nostdin", "-y", *map(str, arguments), str(target)]
        subprocess.run(command, check=True, capture_output=True)
        return target

    def drawn(
        self, name: str, *options: str, size: str = SIZE, seconds: float = 1.0, sound: bool = True
    ) -> Path:
        inputs = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=25:d={seconds}"]
        if sound:
            inputs += ["-f", "lavfi", "-i", f"sine=d={seconds}"]
        return self.run(name, *inputs, "-preset", "ultrafast", *(options or ("-pix_fmt", "yuv420p")))

    def still(self, name: str, seconds: int) -> Path:
        """A long clip that costs little: one picture a second of a plain colour."""
        plain = f"color=c=gray:s={SIZE}:r=1:d={seconds}"
        return self.run(name, "-f", "lavfi", "-i", plain, "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def _bytes(content: bytes, name: str) -> Callable[[Made], Path]:
    def make(made: Made) -> Path:
        path = made.folder / name
        path.write_bytes(content)
        return path

    return make


def _cut(name: str, part: float, *options: str) -> Callable[[Made], Path]:
    """A clip whose end is missing."""

    def make(made: Made) -> Path:
        whole = made.drawn(name, "-pix_fmt", "yuv420p", *options, seconds=3)
        content = whole.read_bytes()
        whole.write_bytes(content[: int(len(content) * part)])
        return whole

    return make


def _two_videos(made: Made) -> Path:
    one, other = (
        made.clips(name="one.mp4", width=360, height=640, seconds=1.0),
        made.clips(name="b.mp4", seconds=1.0),
    )
    return made.run(
        "two.mp4", "-i", one, "-i", other, "-map", "0:v", "-map", "1:v", "-map", "0:a", "-c", "copy"
    )


def _varying(made: Made) -> Path:
    times = tuple(place / 30 + (0.11 if place >= 12 else 0.0) for place in range(30))
    return made.clips(name="vfr.mp4", width=360, height=640, times=times, audio=False)


def _offset(made: Made) -> Path:
    plain = made.clips(name="plain.mp4", width=360, height=640, seconds=1.0)
    return made.run("late.mkv", "-i", plain, "-c", "copy", "-output_ts_offset", "5")


def _edit_list(made: Made) -> Path:
    plain = made.clips(name="plain.mp4", width=360, height=640, seconds=3.0, gop=50)
    return made.run("edited.mp4", "-ss", "0.52", "-i", plain, "-c", "copy")


def _huge(made: Made) -> Path:
    """A legal clip of 6 GB, most of which is a hole in an mp4 box that players skip."""
    path = made.clips(name="huge.mp4", width=360, height=640, seconds=1.0)
    begin, size = path.stat().st_size, 6 * GIGABYTE
    with path.open("r+b") as file:
        file.seek(begin)
        file.write((1).to_bytes(4, "big") + b"free" + (size - begin).to_bytes(8, "big"))
        file.truncate(size)
    return path


def _rotated(turn: int) -> Callable[[Made], Path]:
    return lambda made: made.clips(name="turned.mp4", width=360, height=640, seconds=1.0, rotation=turn)


def _hdr(made: Made) -> Path:
    tags = "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
    options = ("-vf", tags, "-c:v", "libx265", "-x265-params", "log-level=error", "-pix_fmt", "yuv420p10le")
    return made.drawn("hdr.mp4", *options)


def _named(name: str) -> Callable[[Made], Path]:
    return lambda made: made.clips(name="plain.mp4", codec="hevc", width=360, height=640, seconds=1.0).rename(
        made.folder / name
    )


REFUSED: dict[str, tuple[Callable[[Made], Path], str, str]] = {
    "0 bytes": (_bytes(b"", "empty.mp4"), "media.unreadable", "0 bytes"),
    "text renamed mp4": (_bytes(b"Dear diary, " * 99, "diary.mp4"), "media.unreadable", "text"),
    "truncated mp4": (_cut("cut.mp4", 0.6), "media.unreadable", "cut off"),
    "truncated fast-start mp4": (
        _cut("cut2.mp4", 0.6, "-movflags", "+faststart"),
        "media.unreadable",
        "cut off",
    ),
    "audio only": (
        lambda made: made.run("a.mp4", "-f", "lavfi", "-i", "sine=d=2"),
        "reference.no_picture",
        "picture",
    ),
    "1x1": (
        lambda made: made.drawn("dot.mov", "-vf", "scale=1:1", "-c:v", "png"),
        "reference.pixels.low",
        "1 x 1",
    ),
    "8192 wide and flat": (
        lambda made: made.drawn("flat.mov", "-c:v", "mjpeg", "-strict", "-1", size="8192x512", seconds=1),
        "reference.pixels.low",
        "4096 x 256",
    ),
    "0.5 s": (lambda made: made.drawn("short.mp4", seconds=0.48), "reference.duration.low", "0.48"),
    "21 minutes": (lambda made: made.still("long21.mp4", 1260), "reference.duration.high", "1260"),
    "6 GB": (_huge, "reference.size.high", "6 GB"),
}

CONVERTED: dict[str, tuple[Callable[[Made], Path], Kind, str]] = {
    "two videos": (_two_videos, Kind.REMUX, "2 videos"),
    "8192 wide": (
        lambda made: made.drawn("wide.mov", "-c:v", "mjpeg", "-strict", "-1", size="8192x1024", seconds=0.2),
        Kind.RE_ENCODE,
        "8192x1024",
    ),
    "odd size": (
        lambda made: made.drawn(
            "odd.mkv", "-vf", "format=yuv444p,crop=1281:721", "-c:v", "ffv1", size="1290x730", seconds=0.4
        ),
        Kind.RE_ENCODE,
        "1281x721 is odd",
    ),
    "10 bits, 4:2:2": (
        lambda made: made.drawn("deep.mp4", "-pix_fmt", "yuv422p10le"),
        Kind.RE_ENCODE,
        "10-bit",
    ),
    "4:4:4": (lambda made: made.drawn("fine.mp4", "-pix_fmt", "yuv444p"), Kind.RE_ENCODE, "yuv444p"),
    "varying rate": (_varying, Kind.RE_ENCODE, "varying frame rate"),
    "rotated 90": (_rotated(90), Kind.RE_ENCODE, "turned by 90"),
    "rotated 180": (_rotated(180), Kind.RE_ENCODE, "turned by 180"),
    "rotated 270": (_rotated(270), Kind.RE_ENCODE, "turned by 270"),
    "start offset": (_offset, Kind.REMUX, "matroska"),
    "interlaced": (
        lambda made: made.drawn(
            "lines.mp4", "-vf", "interlace", "-flags", "+ildct+ilme", "-pix_fmt", "yuv420p"
        ),
        Kind.RE_ENCODE,
        "interlaced",
    ),
    "HDR10": (_hdr, Kind.RE_ENCODE, "HDR"),
    "path with everything": (_named('-数据 🎬 it\'s "so", [a];b 100%.mp4'), Kind.RE_ENCODE, "HEVC"),
}

TAKEN: dict[str, Callable[[Made], Path]] = {
    "picture only": lambda made: made.drawn("mute.mp4", sound=False),
    "edit list": _edit_list,
    "renamed": lambda made: made.drawn("plain.mp4").rename(made.folder / "plain.txt"),
}


@pytest.fixture
def made(tmp_path: Path, clip_factory: ClipFactory) -> Made:
    return Made(tmp_path, clip_factory)


@pytest.mark.parametrize("name", REFUSED)
async def test_refused__with_the_reason_and_a_way_out(made: Made, name: str) -> None:
    make, code, said = REFUSED[name]

    found = {one.code: one for one in await Preflight().clip_findings(make(made), "international")}

    assert code in found
    assert found[code].level is Level.ERROR
    assert said in found[code].message
    assert found[code].fix


@pytest.mark.parametrize("name", CONVERTED)
async def test_converted__cheaply_with_a_reason_and_the_result_is_legal(made: Made, name: str) -> None:
    make, kind, said = CONVERTED[name]
    clip = make(made)
    before = (clip.read_bytes(), clip.stat().st_mtime_ns)
    preflight = Preflight()
    conversions = Conversions(made.folder / "cache", preflight, settings=FAST)
    finding = next(
        one
        for one in await preflight.clip_findings(clip, "international")
        if one.code == "reference.conversion"
    )
    try:
        facts, decision = await conversions.decision(clip)
        result = await conversions.legal_reference(clip, silent)
    finally:
        await conversions.aclose()

    legal = probe(result)
    assert decision.kind is kind
    assert said in finding.message
    assert decide(legal).kind is Kind.NOTHING
    assert legal.video is not None
    assert legal.start == pytest.approx(0.0, abs=0.05)
    assert legal.duration == pytest.approx(facts.duration, abs=1 / legal.video.frame_rate + 0.002)
    assert (clip.read_bytes(), clip.stat().st_mtime_ns) == before


@pytest.mark.parametrize("name", TAKEN)
async def test_taken__as_it_is(made: Made, name: str) -> None:
    clip = TAKEN[name](made)
    preflight = Preflight()
    conversions = Conversions(made.folder / "cache", preflight, settings=FAST)

    found = await preflight.clip_findings(clip, "international")

    assert not [one for one in found if one.level is not Level.INFO]
    assert await conversions.legal_reference(clip, silent) == clip


async def test_eleven_minutes__is_a_matter_of_what_was_bought(made: Made) -> None:
    clip = made.still("long11.mp4", 660)

    abroad = {one.code: one.level for one in await Preflight().clip_findings(clip, "international")}
    china = {one.code for one in await Preflight().clip_findings(clip, "china")}

    assert abroad["reference.duration.high"] is Level.ERROR
    assert "reference.duration.high" not in china


async def test_truncated_mkv__ends_early_and_that_is_found_by_decoding(made: Made) -> None:
    clip = _cut("cut.mkv", 0.7)(made)
    preflight = Preflight()
    wholeness = Wholeness(made.folder / "cache", preflight)
    try:
        await wholeness.begin(await preflight.look_at_clip(clip))
        found = {one.code for one in await preflight.clip_findings(clip, "international")}
    finally:
        await wholeness.aclose()

    assert "reference.broken" in found


async def test_no_permission__is_a_finding(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = made.drawn("secret.mp4")
    clip.chmod(0)
    plain = Path.open

    def as_others(path: Path, *arguments: Any, **named: Any) -> Any:
        """Open a file as an ordinary person does: root may read everything."""
        if path == clip:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return plain(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", as_others)

    found = await Preflight().clip_findings(clip, "international")

    assert [one.code for one in found] == ["media.unreadable"]
    assert "permission" in found[0].message


async def test_vanishing_while_it_is_converted__says_so_and_leaves_nothing(made: Made) -> None:
    clip = made.clips(name="gone.mov", codec="hevc", width=360, height=640, seconds=4.0)
    conversions = Conversions(made.folder / "cache", Preflight(), settings=FAST)

    def unplug(_progress: object) -> None:
        clip.unlink(missing_ok=True)

    try:
        with pytest.raises(RedubError, match=r"changed|no longer there|not there"):
            await conversions.legal_reference(clip, unplug)
    finally:
        await conversions.aclose()

    assert not list((made.folder / "cache").rglob("*.mp4"))


async def test_disk_full__is_said_and_leaves_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = made.clips(name="a.mov", codec="hevc", width=360, height=640, seconds=1.0)
    conversions = Conversions(made.folder / "cache", Preflight(), settings=FAST)
    full = shutil.disk_usage(made.folder)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    try:
        with pytest.raises(RedubError, match="space"):
            await conversions.legal_reference(clip, silent)
    finally:
        await conversions.aclose()

    assert conversionfiles.SPARE > 1000
    assert not list((made.folder / "cache").rglob("*.mp4"))


async def test_photo__whose_header_lies__is_found(made: Made) -> None:
    honest, lying = made.folder / "p.png", made.folder / "lying.png"
    Image.new("RGB", (400, 400), "grey").save(honest)
    content = bytearray(honest.read_bytes())
    content[16:24] = (400).to_bytes(4, "big") + (4000).to_bytes(4, "big")  # more lines than there are
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    lying.write_bytes(content)
    renamed = honest.rename(made.folder / "p.jpg")

    assert probe_photo(renamed).format == "png"
    with pytest.raises(RedubError):
        probe_photo(lying)


async def test_letters__that_are_none__are_found(made: Made) -> None:
    text = made.folder / "letter.pdf"
    text.write_text("Dear sirs")
    clip = made.drawn("letter.mkv")
    shot = Shot(
        reference=Source(path=str(made.drawn("legal.mp4"))),
        letters=Letters(written=Source(path=str(text)), video=Source(path=str(clip))),
        takes=(Take(id="t", name="One", script="Hello there."),),
    )

    found = {one.code: one for one in await Preflight().findings(shot, shot.takes[0], "international")}

    assert "PDF" in found["letter.format"].message
    assert "matroska" in found["letter_video.format"].message
