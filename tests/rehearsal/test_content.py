from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import pytest
from PIL import Image

from redub.core.clip import AudioFacts, ClipFacts, VideoFacts
from redub.rehearsal import content
from redub.rehearsal.codes import FailCode
from redub.rehearsal.refusal import JobFailed
from rehearsal.caller import write_tone
from support.clips import ClipFactory

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def refused(check: Callable[[], object], trouble: str) -> None:
    with pytest.raises(JobFailed, match=trouble) as failure:
        check()
    assert failure.value.code is FailCode.PARAMETER


def facts(seconds: float = 20.0, width: int = 720, height: int = 1280, **video: Any) -> ClipFacts:
    stream: dict[str, Any] = {"codec": "h264", "frame_rate": 25.0, "width": width, "height": height, **video}
    shown = VideoFacts(shown_width=width, shown_height=height, **stream)
    sound = AudioFacts(codec="aac", sample_rate=48_000, channels=2, duration=seconds)
    return ClipFacts(path="clip.mp4", container="mp4", size=1000, duration=seconds, video=shown, audio=sound)


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.avi"])
def test_reference__containers(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name=name, width=360, height=360, seconds=2, b_frames=0)
    assert content.check_reference(clip, exclusive=False).duration == pytest.approx(2, abs=0.1)


def test_reference__by_its_content_not_its_name(clip_factory: ClipFactory) -> None:
    clip = clip_factory(name="a.mkv", width=360, height=360, seconds=1)
    refused(
        lambda: content.check_reference(clip.rename(clip.with_suffix(".mp4")), exclusive=False), "matroska"
    )


def test_reference__codec(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", width=360, height=360, seconds=1)
    refused(lambda: content.check_reference(clip, exclusive=False), "hevc, not H.264")


def test_reference__no_media(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"nothing")
    refused(lambda: content.check_reference(tmp_path / "a.mp4", exclusive=False), "cannot be read")


@pytest.mark.parametrize(
    "given,exclusive,trouble",
    [
        (facts(1.0), False, ""),
        (facts(0.999), False, "lasts 0.999"),
        (facts(600.0), False, ""),
        (facts(600.04), False, "lasts 600.04"),
        (facts(600.04), True, ""),
        (facts(1200.0), True, ""),
        (facts(1200.04), True, "lasts 1200.04"),
        (facts(width=360, height=4096), False, ""),
        (facts(width=359, height=700), False, "359x700"),
        (facts(width=700, height=4097), False, "700x4097"),
    ],
)
def test_reference__limits(
    monkeypatch: pytest.MonkeyPatch, given: ClipFacts, exclusive: bool, trouble: str
) -> None:
    monkeypatch.setattr(content, "probe", lambda path: given)
    if trouble:
        refused(lambda: content.check_reference(Path("x"), exclusive=exclusive), trouble)
    else:
        assert content.check_reference(Path("x"), exclusive=exclusive) is given


def _encoded(path: Path, codec: str, seconds: float = 1.2) -> Path:
    with av.open(str(path), "w") as out:
        stream = cast(av.AudioStream, out.add_stream(codec, rate=48_000, layout="stereo"))
        stream.codec_context.bit_rate = 128_000
        stream.codec_context.open()
        resampler = av.AudioResampler(
            stream.format.name, "stereo", 48_000, stream.codec_context.frame_size or 1024
        )
        samples = (np.sin(np.arange(round(seconds * 48_000)) / 20) * 8000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.repeat(samples, 2)[None, :], format="s16", layout="stereo")
        frame.sample_rate = 48_000
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    "name,codec",
    [
        ("a.wav", "pcm_s16le"),
        ("a.mp3", "libmp3lame"),
        ("a.wma", "wmav2"),
        ("a.m4a", "aac"),
        ("a.aac", "aac"),
        ("a.ogg", "libopus"),
    ],
)
def test_recording__formats(tmp_path: Path, name: str, codec: str) -> None:
    content.check_recording(_encoded(tmp_path / name, codec), exclusive=False)


def test_recording__another_format(tmp_path: Path) -> None:
    path = _encoded(tmp_path / "a.flac", "flac").rename(tmp_path / "a.wav")
    refused(lambda: content.check_recording(path, exclusive=False), "flac")


def test_recording__too_short(tmp_path: Path) -> None:
    path = write_tone(tmp_path / "a.wav", 0.99)
    refused(lambda: content.check_recording(path, exclusive=False), "lasts 0.990")
    content.check_recording(write_tone(tmp_path / "b.wav", 1.0), exclusive=False)


def test_recording__a_video_is_none(clip_factory: ClipFactory) -> None:
    refused(lambda: content.check_recording(clip_factory(), exclusive=False), "has a picture")


@pytest.mark.parametrize("ending", ["jpg", "png", "bmp", "webp"])
def test_photo__formats(tmp_path: Path, ending: str) -> None:
    Image.new("RGB", (192, 200), "gray").save(tmp_path / f"a.{ending}")
    content.check_photo(tmp_path / f"a.{ending}")


@pytest.mark.parametrize(
    "name,size,trouble",
    [("a.gif", (200, 200), "gif"), ("a.png", (191, 200), "191x200"), ("a.png", (200, 4097), "200x4097")],
)
def test_photo__refused(tmp_path: Path, name: str, size: tuple[int, int], trouble: str) -> None:
    Image.new("RGB", size, "gray").save(tmp_path / name)
    refused(lambda: content.check_photo(tmp_path / name), trouble)


def test_photo__damaged(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff nothing")
    refused(lambda: content.check_photo(tmp_path / "a.jpg"), "cannot be read")


@pytest.mark.parametrize("data,right", [(PDF, True), (PDF[:20], False), (b"%%EOF", False), (b"", False)])
def test_letter__is_a_pdf(tmp_path: Path, data: bytes, right: bool) -> None:
    (tmp_path / "letter.pdf").write_bytes(data)
    if right:
        content.check_letter(tmp_path / "letter.pdf")
    else:
        refused(lambda: content.check_letter(tmp_path / "letter.pdf"), "not a whole PDF")


def test_letter_video__is_an_mp4(tmp_path: Path, clip_factory: ClipFactory) -> None:
    content.check_letter_video(clip_factory(name="a.mp4"))
    refused(lambda: content.check_letter_video(clip_factory(name="a.mov", seconds=1)), "mov, not mp4")
    refused(lambda: content.check_letter_video(write_tone(tmp_path / "a.wav", 1)), "no picture")


@pytest.mark.parametrize(
    "video,trouble",
    [
        ({}, ""),
        ({"MakeType": "Default", "StartTime": 50.0}, ""),
        ({"MakeType": "Circle", "StartTime": 19.9}, ""),
        ({"MakeType": "Circle", "StartTime": 20.0}, "not before the end"),
        ({"MakeType": "CustomOnlyStart", "StartTime": 21.0}, "not before the end"),
        ({"MakeType": "Custom", "StartTime": 14.9}, ""),
        ({"MakeType": "Custom", "StartTime": 15.0}, "not more than 5 s"),
        ({"MakeType": "Custom", "StartTime": 14.0, "EndTime": 90.0}, ""),
        ({"MakeType": "Custom", "StartTime": 16.0, "EndTime": 90.0}, "not more than 5 s"),
    ],
)
def test_segment__needs_the_length_of_the_clip(video: dict[str, Any], trouble: str) -> None:
    if trouble:
        refused(lambda: content.check_segment(video, facts(20.0)), trouble)
    else:
        content.check_segment(video, facts(20.0))
