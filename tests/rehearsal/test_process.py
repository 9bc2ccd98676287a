"""The service as a process: started, found, stopped, killed and started again."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from rehearsal.caller import PROGRESS, SUBMIT, text_payload, voice_payload, write_tone
from rehearsal.processes import Process, Start
from support.clips import ClipFactory
from support.waiting import wait_until


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_process__starts_and_ends_in_order(start: Start, tmp_path: Path, number: signal.Signals) -> None:
    process = start()
    assert set(process.address) == {"base_url", "appkey", "accesstoken", "pid"}
    assert process.address["pid"] == process.child.pid
    assert process.base_url.startswith("http://127.0.0.1:")
    assert httpx.get(f"{process.base_url}/health").json()["service"] == "redub-rehearsal"
    folder = tmp_path / "home" / "rehearsal"
    assert (folder / "key.json").stat().st_mode & 0o777 == 0o600
    assert (folder / "address.json").stat().st_mode & 0o777 == 0o600
    process.child.send_signal(number)
    assert process._stdout.read() == ""
    assert process.wait() == 0
    assert not (folder / "address.json").exists()


def test_process__second_one_names_the_first(start: Start) -> None:
    first = start()
    second = start()
    assert second.wait() == 0
    assert second.address == first.address
    assert first.end() == 0


def test_process__same_key_and_port_again(start: Start) -> None:
    first = start()
    first.end()
    assert {**start().address, "pid": 0} == {**first.address, "pid": 0}


def test_process__port_in_use(start: Start, tmp_path: Path) -> None:
    first = start()
    port = first.base_url.rpartition(":")[2]
    other = Process(tmp_path / "another", "--port", port)
    assert other.wait() == 1
    assert other.address == {}


def test_process__lifeline(start: Start) -> None:
    process = start("--lifeline")
    assert httpx.get(f"{process.base_url}/health").is_success
    assert process.child.stdin is not None
    process.child.stdin.close()
    begun = time.monotonic()
    assert process.wait() == 0
    assert time.monotonic() - begun < 15


def test_process__lifeline_with_somebody_else(start: Start) -> None:
    process = start("--lifeline")
    assert process.child.stdin is not None
    process.child.stdin.write("q")
    with httpx.Client() as other:
        other.get(f"{process.base_url}/health")
        process.child.stdin.close()
        with pytest.raises(subprocess.TimeoutExpired):
            process.child.wait(timeout=1.5)
        assert other.get(f"{process.base_url}/health").is_success
    assert process.end() == 0


@pytest.mark.slow
def test_process__killed_job_goes_on(start: Start, clip_factory: ClipFactory, tmp_path: Path) -> None:
    first = start()
    clip = first.put(clip_factory(width=480, height=360, seconds=6))
    sound = first.put(write_tone(tmp_path / "voice.wav", 30))
    task = first.call(SUBMIT, voice_payload(RefVideoUrl=clip, InputAudioUrl=sound))
    waiting = first.call(SUBMIT, text_payload(RefVideoUrl=clip, InputSsml="Hello."))
    assert first.call(PROGRESS, waiting)["Status"] == "COMMIT"
    assert first.call(PROGRESS, waiting)["ArrayCount"] == 1
    assert wait_until(lambda: first.call(PROGRESS, task)["Progress"] > 8, seconds=30)
    first.end(signal.SIGKILL)

    second = start("--port", "0")
    assert wait_until(lambda: second.call(PROGRESS, waiting)["Status"] == "SUCCESS", seconds=90)
    report = second.call(PROGRESS, task)
    assert (report["Status"], report["Duration"]) == ("SUCCESS", 30_000)
    assert httpx.get(report["MediaUrl"]).headers["content-type"] == "video/mp4"
    assert list((tmp_path / "home" / "rehearsal" / "work").iterdir()) == []
    assert second.end() == 0
