"""The whole main job without a window: a clip becomes a finished video, with the real rehearsal service."""

from __future__ import annotations

import json
import signal
import wave
from pathlib import Path

import pytest

from redub.media.probe import probe
from redub.media.subtitles import parse_srt
from support.clips import ClipFactory
from support.waiting import wait_until
from terminal.calling import begun, redub

PHONE = {"name": "phone.mov", "codec": "hevc", "width": 480, "height": 640, "seconds": 6.0}
LEGAL = {"name": "legal.mp4", "width": 480, "height": 640, "seconds": 6.0}


def a_recording(folder: Path, seconds: float) -> Path:
    path = folder / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(b"\x00\x10" * round(16000 * seconds))
    return path


def jobs(home: Path) -> list[Path]:
    """Return what the rehearsal service itself has written down about jobs."""
    return sorted((home / "data" / "rehearsal" / "jobs").glob("*.json"))


@pytest.mark.slow
def test_main_job__from_a_clip_of_a_phone_to_a_video_with_subtitles(
    redub_home: Path, clip_factory: ClipFactory
) -> None:
    called = redub("main-job", clip_factory(**PHONE))

    video, subtitles, *checked = called.out.splitlines()
    facts = probe(video)
    assert called.code == 0
    assert Path(video).parent == redub_home / "results"
    assert facts.video is not None
    assert (facts.video.codec, facts.video.shown_width, facts.video.shown_height) == ("h264", 480, 640)
    assert facts.video.frame_rate == pytest.approx(25)
    assert facts.audio is not None
    assert parse_srt(Path(subtitles).read_text(encoding="utf-8"))
    assert "decoded" in checked[0]
    stages = [line.split(":")[0] for line in called.err.splitlines() if "done after" in line]
    assert stages == [
        "Checking",
        "Converting",
        "Uploading",
        "Submitting",
        "Making",
        "Downloading",
        "Verifying",
    ]


@pytest.mark.slow
def test_make__a_recording_with_an_odd_name_into_a_folder_of_ones_own(
    tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    shot, out = tmp_path / "Mein “Schuß” 100%.redub", tmp_path / "out"
    redub("new", clip_factory(**LEGAL), "-o", shot, "--audio", a_recording(tmp_path, 7.5), "--name", "a/b")

    called = redub("make", shot, "-o", out, "--json")
    again = redub("tasks", "--json")

    (task,) = called.json["tasks"]
    assert called.code == 0
    assert (task["state"], task["site"], task["subtitles"]) == ("done", "rehearsal", None)
    assert task["duration"] == pytest.approx(7.5, abs=0.05)
    assert task["checked"]["video"]["frames"] in {187, 188}
    assert [path.name for path in out.iterdir()] == ["Mein “Schuß” 100% - a b.mp4"]
    assert [one["id"] for one in again.json["tasks"]] == [task["id"]]
    assert len(jobs(redub_home)) == 1


@pytest.mark.slow
def test_make__interrupted_goes_on_with_follow(
    tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    shot = tmp_path / "shot.redub"
    redub("new", clip_factory(**LEGAL), "-o", shot, "--script", "Hello there. " * 12)
    making = begun("make", shot)
    assert wait_until(lambda: bool(jobs(redub_home)), seconds=60)
    making.send_signal(signal.SIGINT)
    out, err = making.communicate(timeout=60)

    assert (making.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert "redub follow" in err
    id = err.rpartition("redub follow ")[2].split()[0]

    followed = redub("follow", id, "--json")

    assert followed.code == 0
    assert [task["state"] for task in followed.json["tasks"]] == ["done"]
    assert len(jobs(redub_home)) == 1
    assert redub("follow").code == 0
    assert json.loads(redub("follow", "--json").out) == {"tasks": []}


@pytest.mark.slow
def test_rehearse__serves_others_by_address_and_key(
    tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    service = begun("rehearse", "--json", REDUB_HOME=str(tmp_path / "service-home"))
    try:
        assert service.stdout is not None
        address = json.loads(service.stdout.readline())
        key = {"REDUB_APPKEY": address["appkey"], "REDUB_ACCESSTOKEN": address["accesstoken"]}
        url = address["base_url"]
        voices = redub("voices", "--json", "--service", url, **key)
        made = redub("make", clip_factory(**LEGAL), "--json", "--service", url, **key)
        wrong = redub("voices", "--service", url, **(key | {"REDUB_ACCESSTOKEN": "wrong"}))
    finally:
        service.send_signal(signal.SIGINT)
        service.communicate(timeout=60)

    assert service.returncode == 130
    assert "rehearsal_en_f1" in {voice["key"] for voice in voices.json["voices"]}
    assert (made.code, made.json["tasks"][0]["site"]) == (0, "custom")
    assert len(jobs(tmp_path / "service-home")) == 1
    assert not jobs(redub_home)
    assert wrong.code == 3
    away = redub("make", clip_factory(**LEGAL), "--service", url, **key)
    assert away.code == 4
    assert address["accesstoken"] not in (away.err + made.err + made.out)


@pytest.mark.slow
def test_make__a_refusal_of_the_check_sends_nothing(
    tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    shot = tmp_path / "shot.redub"
    redub("new", clip_factory(**LEGAL), "-o", shot, "--script", "Hello there.", "--start", "1", "--end", "3")

    called = redub("make", shot, "--json")

    assert (called.code, called.json["tasks"]) == (1, [])
    assert "segment.length.low" in {one["code"] for one in called.json["findings"]}
    assert not jobs(redub_home)


@pytest.mark.slow
def test_make__two_at_once_share_one_rehearsal_service(
    tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    clip, shots = clip_factory(**LEGAL), [tmp_path / "short.redub", tmp_path / "long.redub"]
    for shot, words in zip(shots, ("Hello there.", "Hello there. " * 10), strict=True):
        redub("new", clip, "-o", shot, "--script", words)

    programs = [begun("make", shot, "--json") for shot in shots]
    answers = [program.communicate(timeout=90) for program in programs]

    assert [program.returncode for program in programs] == [0, 0], answers
    assert [json.loads(out)["tasks"][0]["state"] for out, _err in answers] == ["done", "done"]
    assert len(jobs(redub_home)) == 2
