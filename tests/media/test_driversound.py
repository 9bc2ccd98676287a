from __future__ import annotations

import wave
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from redub.core.errors import UserError
from redub.media import driversound
from redub.media.ffmpeg import find
from redub.media.probe import probe
from support.clips import ClipFactory

RATE = 48_000


def a_tone(path: Path, seconds: float, level: float = 0.05, silent_until: float = 0.0) -> Path:
    times = np.arange(round(seconds * RATE)) / RATE
    samples = np.sin(2 * np.pi * 440 * times) * level * (times >= silent_until)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


def samples_of(path: Path) -> npt.NDArray[np.float64]:
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    return np.concatenate(parts).astype(np.float64) / 32768


async def test_make__the_part_sample_for_sample(tmp_path: Path) -> None:
    source, target = a_tone(tmp_path / "a.wav", 5.0, silent_until=2.0), tmp_path / "b.wav"
    before = source.read_bytes()

    seconds = await driversound.make(source, target, 1.5, 4.0, even=False, ffmpeg_program=find())

    found = samples_of(target)
    assert seconds == pytest.approx(2.5, abs=0.001)
    assert len(found) == 2.5 * RATE
    assert np.abs(found[: round(0.49 * RATE)]).max() == 0
    assert np.abs(found[round(0.51 * RATE) :]).max() == pytest.approx(0.05, abs=0.002)
    assert source.read_bytes() == before


@pytest.mark.parametrize("level", [0.02, 0.9])
async def test_make__soft_and_loud_become_alike(tmp_path: Path, level: float) -> None:
    source, target = a_tone(tmp_path / "a.wav", 4.0, level), tmp_path / "b.wav"

    await driversound.make(source, target, 0.0, 4.0, even=True, ffmpeg_program=find())

    middle = samples_of(target)[RATE : 3 * RATE]
    assert 20 * np.log10(np.sqrt((middle**2).mean())) == pytest.approx(driversound.LOUDNESS, abs=1.5)


async def test_make__out_of_a_clip(tmp_path: Path, clip_factory: ClipFactory) -> None:
    target = tmp_path / "b.wav"

    await driversound.make(clip_factory(seconds=3.0), target, 0.5, 2.0, even=False, ffmpeg_program=find())

    facts = probe(target)
    assert (facts.container, facts.video) == ("wav", None)
    assert facts.duration == pytest.approx(1.5, abs=0.03)


async def test_make__silence_is_said(tmp_path: Path) -> None:
    source = a_tone(tmp_path / "a.wav", 3.0, level=0.0)

    with pytest.raises(UserError, match="nothing to hear"):
        await driversound.make(source, tmp_path / "b.wav", 0.0, 3.0, even=True, ffmpeg_program=find())


@pytest.mark.parametrize("content", [b"", b"no sound at all"])
async def test_make__what_is_no_sound(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "a.wav"
    source.write_bytes(content)

    with pytest.raises(UserError, match="cannot be prepared"):
        await driversound.make(source, tmp_path / "b.wav", 0.0, 3.0, even=False, ffmpeg_program=find())


async def test_make__a_file_that_is_shorter_than_it_says(tmp_path: Path) -> None:
    source = a_tone(tmp_path / "a.wav", 3.0)

    with pytest.raises(UserError, match="ends earlier"):
        await driversound.make(source, tmp_path / "b.wav", 1.0, 9.0, even=False, ffmpeg_program=find())


def test_ending__long_ones_are_packed() -> None:
    assert (driversound.ending_for(900), driversound.ending_for(901)) == ("wav", "m4a")


def test_loudness_in__nothing_measured() -> None:
    assert driversound.loudness_in(["frame=1", "{}"]) is None
