"""The commands that need no service: new, check, plan, request, convert, tasks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redub.core.limittable import limit_table
from redub.core.scripttext import as_ssml
from redub.core.shot import (
    ConcurrencyType,
    DriverType,
    MakeType,
    Selection,
    Shot,
    Source,
    StillInterval,
    Take,
    VideoLoop,
)
from redub.media.probe import probe
from redub.store import shotfile
from support.clips import ClipFactory, frame_numbers
from terminal.calling import redub

LEGAL = {"width": 640, "height": 480, "seconds": 8.0}


def test_new__says_everything_that_a_request_can_say(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(name="-strange clip.mp4", **LEGAL)
    for name in ("face.png", "letter.pdf", "letter.mp4"):
        (tmp_path / name).touch()
    line = (
        "--timbre v1 --speed 1.25 --volume 3 --emotion tc_happy --emotion-intensity 150 --language zh-CN "
        "--make-type Custom --start 0:01.5 --end 7,25 --still 2-2.5 3-3.5 --still 5-6 --loop forward --match-input "
        "--concurrency Exclusive --no-face-tracking --ignore-occlusion --new-teeth --callback https://a.example/cb"
    )
    files = [f"--ref-photo={tmp_path / 'face.png'}", f"--identity-pdf={tmp_path / 'letter.pdf'}"]
    files.append(f"--identity-video={tmp_path / 'letter.mp4'}")

    called = redub("new", clip, "-o", tmp_path / "all", "--script", "Hello & you", *line.split(), *files)

    shot = shotfile.load(Path(called.out.strip()))
    take = shot.takes[0]
    assert called.code == 0
    assert called.out.strip() == str(tmp_path / "all.redub")
    assert shot.reference is not None
    assert shot.reference.path == str(clip)
    assert (shot.selection.make_type, shot.selection.start, shot.selection.end) == (
        MakeType.CUSTOM,
        1.5,
        7.25,
    )
    assert shot.still_intervals == (StillInterval(2, 2.5), StillInterval(3, 3.5), StillInterval(5, 6))
    assert (take.driver, take.script) == (DriverType.TEXT, "Hello &amp; you")
    assert (take.speech.timbre_key, take.speech.speed, take.speech.volume) == ("v1", 1.25, 3)
    assert (take.speech.emotion, take.speech.emotion_intensity, take.speech.language) == (
        "tc_happy",
        150,
        "zh-CN",
    )
    options = take.options
    assert (options.loop, options.match_input, options.concurrency) == (
        VideoLoop.FORWARD,
        True,
        ConcurrencyType.EXCLUSIVE,
    )
    assert (options.track_face, options.detect_occlusion, options.new_teeth) == (False, False, True)
    assert (options.callback_url, options.ref_photo is not None) == ("https://a.example/cb", True)
    assert shot.letters.written is not None
    assert shot.letters.video is not None


def test_new__from_a_script_file_and_from_a_recording(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory()
    script = tmp_path / "script.txt"
    script.write_text("第一行\n第二行\n", encoding="utf-8-sig")

    redub("new", clip, "-o", tmp_path / "text.redub", "--script-file", script)
    redub("new", clip, "-o", tmp_path / "voice.redub", "--audio", clip)

    text, voice = (shotfile.load(tmp_path / f"{name}.redub").takes[0] for name in ("text", "voice"))
    assert (text.script, text.speech.timbre_key) == ("第一行 第二行", "rehearsal_zh_f1")
    assert voice.driver is DriverType.ORIGINAL_VOICE
    assert voice.recording is not None
    assert voice.recording.path == str(clip)


@pytest.mark.parametrize(
    "text, ssml",
    [
        ("Tom & <Jerry>", "Tom &amp; &lt;Jerry&gt;"),
        ("Tom &amp; Jerry", "Tom &amp; Jerry"),
        ("<prosody>hm</prosody> & so", "<prosody>hm</prosody> &amp; so"),
        ('Wait<break time="1s"/> & go\nnow', 'Wait<break time="1s"/> &amp; go now'),
    ],
)
def test_as_ssml__keeps_marks_and_escapes_the_rest(text: str, ssml: str) -> None:
    assert as_ssml(text) == ssml


def test_check__json_and_exit_code(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(**LEGAL)
    shot = tmp_path / "shot.redub"
    redub("new", clip, "-o", shot, "--script", "Hi", "--speed", "9")
    text = tmp_path / "text.mp4"
    text.write_text("no clip")

    good, bad, broken = (
        redub("check", clip, "--json"),
        redub("check", shot, "--json"),
        redub("check", text, "--json"),
    )

    assert (good.code, good.json["ok"]) == (0, True)
    assert (bad.code, bad.json["ok"]) == (1, False)
    assert {"script.length.low", "speech.speed.high"} <= {one["code"] for one in bad.json["findings"]}
    assert set(bad.json["findings"][0]) == {"level", "code", "field", "message", "fix", "take"}
    assert (broken.code, broken.json["findings"][0]["code"]) == (1, "media.unreadable")


def test_plan__json(tmp_path: Path, clip_factory: ClipFactory) -> None:
    shot = tmp_path / "shot.redub"
    redub(
        "new",
        clip_factory(**LEGAL),
        "-o",
        shot,
        "--script",
        "Hello there.",
        "--start",
        "1",
        "--end",
        "7",
        "--still",
        "2-3",
    )

    called = redub("plan", shot, "--audio-seconds", "9", "--json")

    plan = called.json
    assert set(plan) == {"duration", "fps", "width", "height", "spans", "assumptions"}
    assert (plan["duration"], plan["fps"], plan["width"], plan["height"]) == (9, 25, 640, 480)
    assert [
        (one["out_start"], one["ref_start"], one["ref_end"], one["direction"], one["still"])
        for one in plan["spans"]
    ] == [
        (0, 1, 2, 1, False),
        (1, 2, 3, 1, True),
        (2, 3, 7, 1, False),
        (6, 7, 4, -1, False),
    ]
    assert redub("plan", shot).out.startswith(f"{redub('plan', shot, '--json').json['duration']:.3f} s")


def test_request__is_the_body(tmp_path: Path, clip_factory: ClipFactory) -> None:
    shot = tmp_path / "shot.redub"
    redub("new", clip_factory(**LEGAL), "-o", shot, "--script", "Hello there.", "--timbre", "v1")

    given = redub("request", shot, "--ref-video-url", "https://a.example/clip.mp4?sign=x")
    example = redub("request", shot, "--compact")

    assert given.json["Header"] == {}
    assert given.json["Payload"]["RefVideoUrl"] == "https://a.example/clip.mp4?sign=x"
    assert given.json["Payload"]["SpeechParam"] == {"Speed": 1.0, "TimbreKey": "v1"}
    assert given.err == ""
    assert example.out.count("\n") == 1
    assert "an example stands in its place" in example.err


def test_convert__makes_what_the_service_takes(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip, legal = clip_factory(name="phone.mov", codec="hevc", width=400, height=640), clip_factory(**LEGAL)

    made = redub("convert", clip, "-o", tmp_path / "out.mp4", "--json")
    kept = redub("convert", legal, "--json")
    itself = redub("convert", clip, "-o", clip)

    facts = probe(tmp_path / "out.mp4")
    assert made.code == 0
    assert facts.video is not None
    assert facts.video.codec == "h264"
    assert (made.json["converted"], made.json["kind"], made.json["result"]) == (
        True,
        "re_encode",
        str(tmp_path / "out.mp4"),
    )
    assert made.json["reasons"]
    assert (kept.json["converted"], kept.json["result"]) == (False, str(legal))
    assert itself.code == 2


def test_tasks__of_a_new_home(tmp_path: Path) -> None:
    assert json.loads(redub("tasks", "--json").out) == {"tasks": []}
    assert not (tmp_path / "redub-home" / "data").exists()


def test_a_shot_of_the_future__is_refused_in_a_sentence(tmp_path: Path) -> None:
    shot = tmp_path / "future.redub"
    shot.write_text('{"format": "redub-shot", "version": 99}')

    called = redub("check", shot)

    assert called.code == 2
    assert "newer version" in called.err


def test_rehearse__lists_what_it_can_simulate() -> None:
    listed = json.loads(redub("rehearse", "--scenarios", "--json").out)
    assert {"name", "title", "sentence"} == set(listed[0])
    assert "slow-queue" in {one["name"] for one in listed}
    plain = redub("rehearse", "--scenarios")
    assert plain.code == 0
    assert "A slow queue" in plain.out


def test_request__of_a_part__has_the_times_that_are_sent(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(width=360, height=640, seconds=16.0)
    shot = tmp_path / "part.redub"
    used = Selection(make_type=MakeType.CUSTOM, start=8.0, end=14.0, only_part=True)
    shotfile.save(
        Shot(
            reference=Source(path=str(clip)),
            selection=used,
            takes=(Take(id="t", name="One", script="Hello."),),
        ),
        shot,
    )

    called = redub("request", shot)

    video = called.json["Payload"]["VideoParam"]
    assert (video["StartTime"], video["EndTime"]) == (2.0, 8.0)
    assert "6.000 to 16.000 s" in called.err


def test_check__limits__is_the_table_of_the_readme() -> None:
    called = redub("check", "--limits")

    assert called.code == 0
    assert called.out.strip() == limit_table()


def test_convert__a_part_and_its_command(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(name="phone.mov", codec="hevc", width=360, height=640, seconds=3.0)

    command = redub("convert", clip, "--from", "1", "--to", "2", "--command", "--preset", "ultrafast")
    made = redub("convert", clip, "--from", "1", "--to", "2", "--preset", "ultrafast", "--json")

    assert "trim=end_frame=25" in command.out
    assert "-preset ultrafast" in command.out
    assert "No frame has moved." in made.json["proof"]
    assert frame_numbers(Path(made.json["result"])) == list(range(25, 50))
    assert redub("convert", clip, "--from", "5").code == 2


def test_check__a_broken_frame__is_found_by_decoding(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(name="b.mp4", width=360, height=640, seconds=12.0, audio=False)
    content = bytearray(clip.read_bytes())
    middle = content.index(b"mdat") + (len(content) - content.index(b"mdat")) * 2 // 3
    content[middle : middle + 3000] = b"\xff" * 3000
    clip.write_bytes(content)

    quick, whole = redub("check", clip, "--quick", "--json"), redub("check", clip, "--json")

    assert "reference.broken" not in [one["code"] for one in quick.json["findings"]]
    assert "reference.broken" in [one["code"] for one in whole.json["findings"]]
    assert whole.code == 1
