from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault
from redub.media.ffmpeg import find
from redub.media.microphones import (
    Microphone,
    avfoundation_in,
    dshow_in,
    record,
    recording_arguments,
    sources_in,
)
from redub.media.probe import probe

TONE = Microphone("lavfi", "sine=frequency=440:duration=2", "A tone")

PULSE = """Auto-detected sources for pulse:
  alsa_output.pci.monitor [Monitor of Built-in Audio] (audio)
  alsa_input.usb-Blue [Yeti Stereo Microphone] (audio)
* alsa_input.pci-0000 [Built-in Audio Analogue Stereo] (audio)
""".splitlines()

AVFOUNDATION = """[AVFoundation indev @ 0x1] AVFoundation video devices:
[AVFoundation indev @ 0x1] [0] FaceTime HD Camera
[AVFoundation indev @ 0x1] AVFoundation audio devices:
[AVFoundation indev @ 0x1] [0] MacBook Pro Microphone
[AVFoundation indev @ 0x1] [1] Scarlett 2i2
""".splitlines()

DSHOW = """[dshow @ 0x1] "Integrated Camera" (video)
[dshow @ 0x1]   Alternative name "@device_pnp"
[dshow @ 0x1] "Mikrofon (Realtek)" (audio)
""".splitlines()


def test_sources__the_usual_one_first_and_no_loudspeakers() -> None:
    found = sources_in(PULSE, "pulse")

    assert [one.title for one in found] == ["Built-in Audio Analogue Stereo", "Yeti Stereo Microphone"]
    assert found[0] == Microphone("pulse", "alsa_input.pci-0000", "Built-in Audio Analogue Stereo")


def test_sources__alsa_without_any() -> None:
    lines = [
        "Auto-detected sources for alsa:",
        "  null [Discard all samples (playback) or generate zero samples (capture)] (none)",
    ]

    assert sources_in(lines, "alsa") == []


def test_avfoundation__only_what_stands_under_audio() -> None:
    assert [(one.name, one.title) for one in avfoundation_in(AVFOUNDATION)] == [
        (":0", "MacBook Pro Microphone"),
        (":1", "Scarlett 2i2"),
    ]


def test_dshow__only_audio() -> None:
    assert dshow_in(DSHOW) == [Microphone("dshow", "audio=Mikrofon (Realtek)", "Mikrofon (Realtek)")]


async def test_record__writes_and_tells_levels(tmp_path: Path) -> None:
    levels: list[tuple[float, float]] = []

    await record(TONE, tmp_path / "a.wav", find(), lambda seconds, level: levels.append((seconds, level)))

    assert probe(tmp_path / "a.wav").duration == pytest.approx(2.0, abs=0.01)
    assert len(levels) == 20
    assert levels[10][0] == pytest.approx(1.0)
    assert levels[10][1] == pytest.approx(0.125, abs=0.01)


async def test_record__stopping_closes_the_file(tmp_path: Path) -> None:
    endless = Microphone("lavfi", "sine=frequency=440,arealtime", "Endless")
    heard = asyncio.Event()
    target = tmp_path / "a.wav"
    recording = asyncio.create_task(
        record(endless, target, find(), lambda seconds, _level: heard.set() if seconds > 0.5 else None)
    )
    await asyncio.wait_for(heard.wait(), 20)

    recording.cancel()
    await asyncio.wait((recording,))

    assert 0.5 < probe(target).duration < 20


async def test_record__a_device_that_is_not_there(tmp_path: Path) -> None:
    gone = Microphone("lavfi", "no_such_source", "Gone")

    with pytest.raises(EnvironmentFault, match="“Gone” cannot be recorded from"):
        await record(gone, tmp_path / "a.wav", find(), lambda *_level: None)


def test_recording__never_longer_than_the_service_takes(tmp_path: Path) -> None:
    arguments = recording_arguments(TONE, tmp_path / "a.wav", Path("/ffmpeg"))

    assert arguments[arguments.index("-t") + 1] == "1200"
