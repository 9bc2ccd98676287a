"""A sound as the driver: parts of recordings, and the microphone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from media.test_driversound import a_tone
from redub.core.errors import EnvironmentFault, UserError
from redub.media.microphones import Microphone
from redub.media.probe import probe
from redub.services.driving import FOLDER, DrivingSound


async def test_part__is_made_once_and_named_after_its_source(tmp_path: Path) -> None:
    driving = DrivingSound(tmp_path / "data")
    source = a_tone(tmp_path / "Interview.wav", 4.0)

    first = await driving.part(source, 0.5, 2.5, even=False)
    stamp = first.stat().st_mtime_ns
    again = await driving.part(source, 0.5, 2.5, even=False)
    other = await driving.part(source, 0.5, 3.0, even=False)

    assert again == first
    assert again.stat().st_mtime_ns == stamp
    assert other != first
    assert first.name.startswith("Interview ")
    assert probe(first).duration == pytest.approx(2.0, abs=0.01)
    assert sorted(file.name for file in (tmp_path / "data" / FOLDER).iterdir()) == sorted(
        (first.name, other.name)
    )


async def test_part__a_changed_source_is_another_sound(tmp_path: Path) -> None:
    driving = DrivingSound(tmp_path)
    first = await driving.part(a_tone(tmp_path / "a.wav", 4.0), 0.0, 2.0, even=False)

    assert await driving.part(a_tone(tmp_path / "a.wav", 5.0), 0.0, 2.0, even=False) != first


async def test_part__shorter_than_the_service_takes(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too short"):
        await DrivingSound(tmp_path).part(a_tone(tmp_path / "a.wav", 4.0), 1.0, 1.9, even=False)


async def test_part__gone_meanwhile(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no longer there"):
        await DrivingSound(tmp_path).part(tmp_path / "gone.wav", 0.0, 2.0, even=False)


async def test_record__until_it_is_stopped(tmp_path: Path) -> None:
    driving, stop = DrivingSound(tmp_path), asyncio.Event()
    endless = Microphone("lavfi", "sine=frequency=440,arealtime", "Endless")

    made = await driving.record(endless, stop, lambda seconds, _level: stop.set() if seconds > 1.3 else None)

    assert made.name.startswith("Recording ")
    assert 1.3 < probe(made).duration < 30
    assert [file.name for file in (tmp_path / FOLDER).iterdir()] == [made.name]


@pytest.mark.parametrize("name, error", [("nothing", EnvironmentFault), ("sine=duration=0.3", UserError)])
async def test_record__what_goes_wrong_leaves_nothing(
    tmp_path: Path, name: str, error: type[Exception]
) -> None:
    driving = DrivingSound(tmp_path)

    with pytest.raises(error):
        await driving.record(Microphone("lavfi", name, "M"), asyncio.Event(), lambda *_level: None)

    assert list((tmp_path / FOLDER).iterdir()) == []


async def test_close__ends_a_recording(tmp_path: Path) -> None:
    driving, heard = DrivingSound(tmp_path), asyncio.Event()
    endless = Microphone("lavfi", "sine=frequency=440,arealtime", "Endless")
    recording = asyncio.create_task(driving.record(endless, asyncio.Event(), lambda *_level: heard.set()))
    await heard.wait()

    recording.cancel()
    await asyncio.wait((recording,))
    await driving.aclose()

    assert list((tmp_path / FOLDER).iterdir()) == []


async def test_microphones__none_is_an_answer(tmp_path: Path) -> None:
    found = await DrivingSound(tmp_path).microphones()

    assert all(one.title for one in found)
