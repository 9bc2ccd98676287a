"""Whole jobs, in the service's own lanes: real clips in, real results out."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import msgspec
import pytest
from PIL import Image

from redub.media.subtitles import parse_srt
from redub.media.verify import verify_video
from redub.rehearsal.service import Service
from rehearsal.caller import CHINESE, ENGLISH, text_payload, voice_payload, write_tone
from rehearsal.conftest import BASE, Calling, Clock
from rehearsal.test_content import PDF
from support.clips import ClipFactory, frame_numbers
from support.waiting import wait_until

Report = dict[str, Any]


async def put(service: Service, path: Path) -> str:
    """Put a file on the shelf and return its address."""
    content = await asyncio.to_thread(path.read_bytes)

    async def pieces() -> Any:
        yield content

    return BASE + await service.shelf.put(path.name, pieces())


def finished(service: Service, task: dict[str, object]) -> Report:
    """Wait for the end of a task and return its last report."""

    def report() -> Report:
        return service.getprogress(task)

    assert wait_until(lambda: report()["Status"] in ("SUCCESS", "FAIL"), seconds=60)
    return report()


def result(service: Service, url: str) -> Path:
    place, name = url.removeprefix(f"{BASE}/results/").split("/")
    found = service.results.find(place, name)
    assert found is not None
    return found[1]


@pytest.fixture
def running(make_service: Callable[..., Service]) -> Service:
    service = make_service()
    service.start()
    return service


@pytest.fixture
def clip(clip_factory: ClipFactory) -> Path:
    return clip_factory(width=480, height=360, seconds=6, gop=25)


async def test_video__of_a_script(running: Service, clip: Path) -> None:
    script = 'Hello, this is a rehearsal.<break time="500ms"/> It speaks <sub alias="by itself">alone</sub>.'
    task = running.videomakenotrain(text_payload(RefVideoUrl=await put(running, clip), InputSsml=script))
    report = finished(running, task)
    assert (report["Status"], report["Progress"], report["FailCode"]) == ("SUCCESS", 100, 0)
    path = result(running, report["MediaUrl"])
    with av.open(str(path)) as out:
        assert abs(out.streams.video[0].frames - report["Duration"] * 25 / 1000) <= 1
    assert frame_numbers(path)[:50] == list(range(50))
    cues = parse_srt(result(running, report["SubtitlesUrl"]).read_text(encoding="utf-8"))
    assert "rehearsal" in str(cues)
    assert not list(path.parent.glob("*.part"))


async def test_video__speed_and_language(running: Service, clip: Path) -> None:
    url = await put(running, clip)

    def seconds(speed: float) -> int:
        speech = {"TimbreKey": CHINESE, "Speed": speed}
        script = '大家好，今天<phoneme alphabet="py" ph="tian1">天</phoneme>气很好。'
        task = running.videomakenotrain(text_payload(RefVideoUrl=url, InputSsml=script, SpeechParam=speech))
        report = finished(running, task)
        assert report["Status"] == "SUCCESS", report
        return int(report["Duration"])

    assert seconds(0.5) > 1.3 * seconds(1.5)


async def test_video__of_a_recording(running: Service, clip: Path, tmp_path: Path) -> None:
    recording = write_tone(tmp_path / "voice.wav", 7.36)
    video = {
        "MakeType": "Custom",
        "StartTime": 0.4,
        "EndTime": 5.6,
        "DisableIntervals": [{"StartTime": 1, "EndTime": 2}],
    }
    task = running.videomakenotrain(
        voice_payload(
            RefVideoUrl=await put(running, clip),
            InputAudioUrl=await put(running, recording),
            VideoParam=video,
            VideoLoop=1,
        )
    )
    report = finished(running, task)
    assert (report["Status"], report["Duration"], report["SubtitlesUrl"]) == ("SUCCESS", 7360, "")
    numbers = frame_numbers(result(running, report["MediaUrl"]))
    assert len(numbers) == 184
    assert numbers[:130] == list(range(10, 140))
    assert numbers[130:] == list(range(10, 64))


async def test_video__follows_its_input(running: Service, clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory(name="thirty.mp4", width=480, height=360, seconds=2, fps=30)
    task = running.videomakenotrain(
        voice_payload(
            RefVideoUrl=await put(running, clip),
            InputAudioUrl=await put(running, write_tone(tmp_path / "voice.wav", 3.0)),
            VideoParametersConsistent=1,
        )
    )
    path = result(running, finished(running, task)["MediaUrl"])
    with av.open(str(path)) as out:
        assert out.streams.video[0].average_rate == Fraction(30)
        assert out.streams.video[0].frames == 90


async def test_video__with_photo_and_letters(running: Service, clip: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(PDF)
    Image.new("RGB", (300, 300), "gray").save(tmp_path / "face.png")
    url = await put(running, clip)
    payload = text_payload(
        RefVideoUrl=url,
        IdentityWrittenUrl=await put(running, tmp_path / "letter.pdf"),
        IdentityVideoUrl=url,
        VideoParam={"RefPhotoUrl": await put(running, tmp_path / "face.png")},
    )
    assert finished(running, running.videomakenotrain(payload))["Status"] == "SUCCESS"
    (tmp_path / "letter.pdf").write_bytes(b"no letter")
    payload["IdentityWrittenUrl"] = await put(running, tmp_path / "letter.pdf")
    failed = finished(running, running.videomakenotrain(payload))
    assert (failed["Status"], failed["FailCode"]) == ("FAIL", 801009)
    assert "PDF" in failed["FailMessage"]


async def test_video__clip_that_breaks_a_rule(running: Service, clip_factory: ClipFactory) -> None:
    clip = clip_factory(name="hevc.mp4", codec="hevc", width=480, height=360, seconds=2)
    report = finished(running, running.videomakenotrain(text_payload(RefVideoUrl=await put(running, clip))))
    assert report == {
        "Progress": -1, "MediaUrl": "", "SubtitlesUrl": "", "Status": "FAIL", "ArrayCount": 0,
        "FailCode": 801009, "FailMessage": "RefVideoUrl is encoded as hevc, not H.264", "Duration": 0,
    }  # fmt: skip


async def test_video__script_without_words(running: Service, clip: Path) -> None:
    payload = text_payload(RefVideoUrl=await put(running, clip), InputSsml="……。。")
    report = finished(running, running.videomakenotrain(payload))
    assert report["Status"] in ("SUCCESS", "FAIL")
    assert report["FailCode"] in (0, 801009)


async def test_results__range_and_seven_days(
    running: Service, calling: Calling, clip: Path, clock: Clock
) -> None:
    task = running.videomakenotrain(text_payload(RefVideoUrl=await put(running, clip), InputSsml="Hello."))
    url = finished(running, task)["MediaUrl"]
    async with calling(running) as caller:
        whole = await caller.http.get(url)
        part = await caller.http.get(url, headers={"Range": "bytes=1000-1999"})
        assert (await caller.http.get(url.replace("/results/", "/results/0"))).status_code == 404
        clock.now += 7 * 24 * 3600
        assert (await caller.http.get(url)).status_code == 404
    assert whole.headers["content-type"] == "video/mp4"
    assert part.content == whole.content[1000:2000]
    assert running.getprogress(task)["Status"] == "SUCCESS"


async def test_audio__word_times_and_formats(running: Service) -> None:
    asked = {"TimbreKey": ENGLISH, "InputSsml": "Hello world. It works.", "Speed": 1.0}
    report = finished(running, running.tts({**asked, "Codec": "wav", "SampleRate": 16000}))
    with av.open(str(result(running, report["MediaUrl"]))) as out:
        stream = out.streams.audio[0]
        assert (stream.codec_context.name, stream.rate) == ("pcm_s16le", 16000)
        assert float((stream.duration or 0) * (stream.time_base or 0)) == pytest.approx(
            report["Duration"] / 1000, abs=0.01
        )
    sentences = msgspec.to_builtins(report["TextTimestampResult"])
    assert [one["Sentence"] for one in sentences] == ["Hello world.", "It works."]
    words = [word for one in sentences for word in one["Words"]]
    assert [word["Word"] for word in words] == ["Hello", "world", "It", "works"]
    times = [word[edge] for word in words for edge in ("StartTimestamp", "EndTimestamp")]
    assert times == sorted(times)
    assert times[-1] <= report["Duration"] * 10_000 + 10_000
    mp3 = finished(running, running.tts(asked))
    assert mp3["MediaUrl"].endswith(".mp3")
    with av.open(str(result(running, mp3["MediaUrl"]))) as out:
        assert (out.streams.audio[0].codec_context.name, out.streams.audio[0].rate) == ("mp3float", 24000)


class Elsewhere:
    """A web server of somebody else: gives files, notes what is posted."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.promised = 0
        self.posted: list[bytes] = []
        elsewhere = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = elsewhere.files.get(self.path)
                self.send_response(200 if content is not None else 403)
                self.send_header("Content-Length", str(len(content or b"") + elsewhere.promised))
                self.end_headers()
                self.wfile.write(content or b"")

            def do_POST(self) -> None:
                elsewhere.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(500)
                self.end_headers()

            def log_message(self, *_parts: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    other = Elsewhere()
    thread = threading.Thread(target=other.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield other
    other.server.shutdown()
    other.server.server_close()
    thread.join()


def test_video__clip_from_elsewhere_and_callback(running: Service, elsewhere: Elsewhere, clip: Path) -> None:
    elsewhere.files["/clip?sign=secret"] = clip.read_bytes()
    payload = text_payload(
        RefVideoUrl=f"{elsewhere.url}/clip?sign=secret",
        InputSsml="Hello.",
        CallbackUrl=f"{elsewhere.url}/done",
    )
    task = running.videomakenotrain(payload)
    report = finished(running, task)
    assert report["Status"] == "SUCCESS"
    assert wait_until(lambda: len(elsewhere.posted) == 1)
    assert msgspec.json.decode(elsewhere.posted[0]) == {
        "Payload": {
            "Progress": 100, "MediaUrl": report["MediaUrl"], "SubtitlesUrl": report["SubtitlesUrl"],
            "Status": "SUCCESS", "FailMessage": "", "TaskId": task["TaskId"],
        }
    }  # fmt: skip


def test_video__clip_that_cannot_be_fetched(running: Service, elsewhere: Elsewhere) -> None:
    payload = text_payload(
        RefVideoUrl=f"{elsewhere.url}/clip?sign=secret", CallbackUrl=f"{elsewhere.url}/done"
    )
    report = finished(running, running.videomakenotrain(payload))
    assert (report["Status"], report["FailCode"]) == ("FAIL", 801010)
    assert "403" in report["FailMessage"]
    assert "secret" not in report["FailMessage"]
    assert wait_until(lambda: len(elsewhere.posted) == 1)
    assert msgspec.json.decode(elsewhere.posted[0])["Payload"]["Progress"] == -1


def test_video__clip_that_breaks_off(running: Service, elsewhere: Elsewhere) -> None:
    elsewhere.files["/clip"], elsewhere.promised = b"half a clip", 1000
    report = finished(running, running.videomakenotrain(text_payload(RefVideoUrl=f"{elsewhere.url}/clip")))
    assert (report["Status"], report["FailCode"]) == ("FAIL", 801008)
    assert "broke off" in report["FailMessage"]


def test_video__nobody_listens_there(running: Service) -> None:
    report = finished(running, running.videomakenotrain(text_payload()))
    assert (report["Status"], report["FailCode"]) == ("FAIL", 801010)


async def test_stop__unfinished_job_goes_on_at_the_next_start(
    make_service: Callable[..., Service], clip: Path, tmp_path: Path
) -> None:
    first = make_service()
    first.start()
    recording = write_tone(tmp_path / "voice.wav", 120)
    task = first.videomakenotrain(
        voice_payload(RefVideoUrl=await put(first, clip), InputAudioUrl=await put(first, recording))
    )
    assert wait_until(lambda: first.getprogress(task)["Progress"] > 8)  # type: ignore[operator]  # an int
    first.stop()
    assert first.getprogress(task)["Status"] == "MAKING"
    second = make_service()
    assert second.getprogress(task)["Status"] == "COMMIT"
    assert not list((second.settings.folder / "results").rglob("*.part"))
    second.start()
    assert wait_until(lambda: second.getprogress(task)["Status"] == "MAKING")


def test_lanes__audio_does_not_wait_for_video(running: Service) -> None:
    running.videomakenotrain(text_payload())
    task = running.tts({"TimbreKey": ENGLISH, "InputSsml": "Hello.", "Speed": 1.0})
    assert finished(running, task)["Status"] == "SUCCESS"


@pytest.mark.slow
@pytest.mark.parametrize(
    "voice,script",
    [
        (ENGLISH, "Good morning! This clip was filmed on a phone, and now it says something else."),
        (CHINESE, '大家好，我是虚拟主播。<break time="300ms"/>今天的天气很好，我们一起出去走走吧。'),
    ],
)
async def test_video__of_real_footage(running: Service, footage: Path, voice: str, script: str) -> None:
    url = await put(running, footage / "selfie-portrait.mp4")
    speech = {"TimbreKey": voice, "Speed": 1.0}
    task = running.videomakenotrain(text_payload(RefVideoUrl=url, InputSsml=script, SpeechParam=speech))
    report = finished(running, task)
    assert report["Status"] == "SUCCESS", report
    found = verify_video(
        result(running, report["MediaUrl"]), expected_seconds=report["Duration"] / 1000, tolerance=0.1
    )
    assert (found.width, found.height, found.frame_rate) == (720, 1280, 25)
