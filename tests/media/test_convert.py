from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest

from media.conftest import RunFfmpeg
from redub.core.conversion import Decision, EncodeSettings, Kind, decide
from redub.core.errors import EnvironmentFault, UserError
from redub.core.progress import Progress, Stage
from redub.media import convert, ffmpeg, recipe
from redub.media.probe import probe
from redub.media.verify import verify_video
from support.clips import ClipFactory, frame_numbers
from support.waiting import until

FAST = EncodeSettings(preset="ultrafast")


async def converted(clip: Path, name: str = "out.mp4") -> tuple[Path, Decision, list[Progress]]:
    facts = probe(clip)
    decision = decide(facts)
    reports: list[Progress] = []
    target = clip.with_name(name)
    copy = await convert.convert(
        facts, decision, target, settings=FAST, ffmpeg=ffmpeg.find(), report=reports.append
    )
    assert copy.path == str(target)
    return target, decision, reports


def assert_legal(made: Path, source: Path) -> None:
    """The result needs no conversion, is whole, and lasts as long as its source within a frame."""
    facts = probe(made)
    assert facts.video is not None
    assert decide(facts).kind is Kind.NOTHING
    assert facts.container == "mp4"
    assert facts.duration == pytest.approx(probe(source).duration, abs=1 / facts.video.frame_rate + 0.002)
    verify_video(made, expected_seconds=facts.duration, tolerance=0.001)


async def test_convert__hevc__moves_no_frame(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=2)

    made, decision, _ = await converted(clip)

    assert decision.kind is Kind.RE_ENCODE
    assert_legal(made, clip)
    assert frame_numbers(made) == list(range(50))


async def test_convert__result__has_a_keyframe_every_second_its_table_first_and_its_colours_named(
    clip_factory: ClipFactory,
) -> None:
    made, _, _ = await converted(clip_factory(codec="hevc", seconds=3))

    video = probe(made).video
    assert video is not None
    assert video.keyframe_distance <= 1.0
    assert (video.colour_transfer, video.colour_space) == ("bt709", "bt709")
    content = made.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize("name", ["a.mkv", "a.ts", "a.flv"])
async def test_convert__h264_elsewhere__is_remuxed_without_touching_a_picture(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, name: str
) -> None:
    source = clip_factory(seconds=2)
    clip = run_ffmpeg(name, "-i", source, "-c", "copy")

    made, decision, _ = await converted(clip)

    assert decision.kind is Kind.REMUX
    assert_legal(made, clip)
    assert pictures(made) == pictures(source)


def pictures(path: Path) -> list[int]:
    with av.open(str(path)) as container:
        return [hash(frame.to_ndarray().tobytes()) for frame in container.decode(video=0)]


async def test_convert__sound_that_mp4_cannot_hold__is_encoded_alone(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    source = clip_factory(seconds=2)
    clip = run_ffmpeg("a.mkv", "-i", source, "-c:v", "copy", "-c:a", "pcm_s16le")

    made, decision, _ = await converted(clip)

    assert decision.kind is Kind.AUDIO_ONLY
    assert_legal(made, clip)
    assert pictures(made) == pictures(source)
    audio = probe(made).audio
    assert audio is not None
    assert audio.codec == "aac"


@pytest.mark.parametrize(
    "options",
    [
        ("-pix_fmt", "yuv420p10le"),
        ("-pix_fmt", "yuv444p"),
        ("-vf", "scale=321:241", "-pix_fmt", "yuv444p"),
        ("-vf", "setsar=4/3"),
        ("-vf", "setfield=tff", "-x264opts", "tff=1", "-flags", "+ildct"),
        (
            "-vf",
            "setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc",
            "-pix_fmt",
            "yuv420p10le",
        ),
    ],
    ids=["10-bit", "4:4:4", "odd", "wide pixels", "interlaced", "hdr"],
)
async def test_convert__picture_that_is_not_safe__becomes_legal(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, options: tuple[str, ...]
) -> None:
    clip = run_ffmpeg("in.mp4", "-i", clip_factory(seconds=1), *options, "-preset", "ultrafast")

    made, decision, _ = await converted(clip)

    assert decision.kind is Kind.RE_ENCODE
    assert_legal(made, clip)
    assert frame_numbers(made) == list(range(25))


@pytest.mark.parametrize("rotation", [90, 180, 270])
async def test_convert__rotated__is_upright_for_good(clip_factory: ClipFactory, rotation: int) -> None:
    clip = clip_factory(rotation=rotation, width=240, height=320, seconds=1)

    made, _, _ = await converted(clip)

    assert_legal(made, clip)
    video = probe(made).video
    assert video is not None
    assert (video.width, video.height, video.rotation) == (240, 320, 0)
    assert frame_numbers(made) == list(range(25))


async def test_convert__varying_rate__shows_at_every_moment_what_the_source_shows(
    clip_factory: ClipFactory,
) -> None:
    times = tuple(index / 30 + (0.1 if index >= 20 else 0.0) for index in range(45))
    clip = clip_factory(times=times, audio=False)

    made, _, _ = await converted(clip)

    assert_legal(made, clip)
    shown = frame_numbers(made)
    video = probe(made).video
    assert video is not None
    rate = video.frame_rate
    for index, time in enumerate(times):
        assert abs(shown[min(len(shown) - 1, round(time * rate))] - index) <= 1


async def test_convert__sound_that_begins_earlier__stays_beside_its_picture(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    # The picture begins 1 s after the sound, whose loud part lasts its first second.
    clip = run_ffmpeg(
        "late.mkv", "-itsoffset", "1", "-i", clip_factory(codec="hevc", seconds=2), "-i", clip_factory(name="b.mp4"),
        "-map", "0:v", "-map", "1:a", "-c", "copy",
    )  # fmt: skip

    made, _, _ = await converted(clip)

    assert_legal(made, clip)
    assert frame_numbers(made)[0] == 0
    facts = probe(made)
    assert facts.start == pytest.approx(0.0)
    assert facts.audio is not None
    assert facts.audio.duration == pytest.approx(1.0, abs=0.1)


async def test_convert__progress__grows_to_the_whole_length(clip_factory: ClipFactory) -> None:
    _, _, reports = await converted(clip_factory(codec="hevc", seconds=2))

    done = [report.done or 0 for report in reports]
    assert done == sorted(done)
    assert done[-1] == pytest.approx(2.0)
    assert {report.stage for report in reports} == {Stage.CONVERT}
    assert reports[-1].note


async def test_convert__strange_names__are_nothing_special(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=1)
    strange = clip.rename(clip.with_name("-it's “数据” 🎬 100%d: [a],b;c.mp4"))

    made, _, _ = await converted(strange, "-结果 'x' 😀.mp4")

    assert_legal(made, strange)


async def test_convert__source__is_only_read(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=1)
    before = clip.read_bytes(), clip.stat().st_mtime_ns

    await converted(clip)

    assert (clip.read_bytes(), clip.stat().st_mtime_ns) == before


async def test_convert__cancelled__leaves_no_file_and_no_child(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=6)
    folder = clip.parent / "out"
    folder.mkdir()
    facts = probe(clip)
    reports: list[Progress] = []
    task = asyncio.get_running_loop().create_task(
        convert.convert(
            facts,
            decide(facts),
            folder / "out.mp4",
            settings=EncodeSettings(preset="veryslow"),
            ffmpeg=ffmpeg.find(),
            report=reports.append,
        )
    )
    await until(lambda: any(folder.iterdir()))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert list(folder.iterdir()) == []


async def test_convert__cancelled_while_checking__leaves_no_file(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory(codec="hevc", seconds=4)
    folder = clip.parent / "out"
    folder.mkdir()
    facts = probe(clip)
    checking = asyncio.Event()
    loop = asyncio.get_running_loop()

    def report(progress: Progress) -> None:
        if progress.note:
            loop.call_soon_threadsafe(checking.set)

    task = loop.create_task(
        convert.convert(
            facts, decide(facts), folder / "out.mp4", settings=FAST, ffmpeg=ffmpeg.find(), report=report
        )
    )
    await checking.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert list(folder.iterdir()) == []


async def test_convert__no_clip_any_more__says_so_and_leaves_nothing(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=1)
    facts = replace(probe(clip), path=str(clip))
    target = clip.parent / "out.mp4"
    program = clip.parent / "ffmpeg"
    program.write_text(f"#!/bin/sh\nrm -f '{clip}'\nexit 1\n")
    program.chmod(0o755)

    with pytest.raises(UserError, match="no longer there"):
        await convert.convert(
            facts, decide(facts), target, settings=FAST, ffmpeg=program, report=lambda progress: None
        )

    assert not target.exists()
    assert not list(clip.parent.glob(".out*"))


async def test_convert__clip_changed_meanwhile__is_not_published(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=1)

    def touch(progress: Progress) -> None:
        os.utime(clip, ns=(1, 1))

    facts = probe(clip)
    with pytest.raises(UserError, match="was changed"):
        await convert.convert(
            facts, decide(facts), clip.parent / "out.mp4", settings=FAST, ffmpeg=ffmpeg.find(), report=touch
        )

    assert not (clip.parent / "out.mp4").exists()


async def test_convert__source_shorter_than_it_says__is_not_published(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=1)
    facts = replace(probe(clip), duration=3.0)

    with pytest.raises(UserError, match="right length"):
        await convert.convert(
            facts,
            decide(facts),
            clip.parent / "out.mp4",
            settings=FAST,
            ffmpeg=ffmpeg.find(),
            report=lambda p: None,
        )

    assert not (clip.parent / "out.mp4").exists()


async def test_convert__folder_that_is_not_there__cannot_be_saved(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=1)
    facts, target = probe(clip), clip.parent / "no" / "o.mp4"

    with pytest.raises(EnvironmentFault, match="cannot be saved"):
        await convert.convert(
            facts, decide(facts), target, settings=FAST, ffmpeg=ffmpeg.find(), report=lambda p: None
        )


async def test_convert__disk_full__says_so_and_keeps_the_words_of_ffmpeg(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=1)
    program = clip.with_name("ffmpeg")
    program.write_text(
        "#!/bin/sh\necho 'av_interleaved_write_frame(): No space left on device' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    facts = probe(clip)

    with pytest.raises(EnvironmentFault, match="cannot be saved") as caught:
        await convert.convert(
            facts,
            decide(facts),
            clip.with_name("o.mp4"),
            settings=FAST,
            ffmpeg=program,
            report=lambda p: None,
        )

    assert "No space left" in caught.value.detail


def command(clip: Path, **settings: Any) -> list[str]:
    facts = probe(clip)
    return recipe.arguments(
        facts, decide(facts), clip.with_name("o.mp4"), EncodeSettings(**settings), Path("/bin/ffmpeg")
    )


def test_arguments__re_encode__are_the_recipe_of_the_page_made_safe(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", fps=30, seconds=1)

    argv = command(clip)

    pairs = dict(pairwise(argv))
    assert argv[0] == "/bin/ffmpeg"
    assert pairs["-i"] == str(clip)
    assert (pairs["-c:v"], pairs["-preset"], pairs["-crf"]) == ("libx264", "medium", "23")
    assert (pairs["-pix_fmt"], pairs["-movflags"], pairs["-g"]) == ("yuv420p", "+faststart", "30")
    assert (pairs["-c:a"], pairs["-b:a"]) == ("aac", "128000")
    assert pairs["-progress"] == "pipe:1"


def test_arguments__settings__are_followed(clip_factory: ClipFactory) -> None:
    argv = command(clip_factory(codec="hevc", seconds=1), preset="slow", crf=18, audio_bitrate=96_000)

    pairs = dict(pairwise(argv))
    assert (pairs["-preset"], pairs["-crf"], pairs["-b:a"]) == ("slow", "18", "96000")


def test_arguments__no_zscale__leave_the_tone_mapping_out(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory(codec="hevc", seconds=1))
    assert facts.video is not None
    facts = replace(facts, video=replace(facts.video, colour_transfer="smpte2084"))
    made = [
        recipe.arguments(
            facts, decide(facts), Path("o.mp4"), EncodeSettings(), Path("ffmpeg"), available=available
        )
        for available in (frozenset[str](), recipe.TONE_MAPPING)
    ]

    assert ["tonemap" in " ".join(argv) for argv in made] == [False, True]


def test_arguments__nothing_to_do__is_refused(clip_factory: ClipFactory) -> None:
    with pytest.raises(UserError, match="nothing to convert"):
        command(clip_factory(seconds=1))


def test_command_line__can_be_pasted(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=1)
    clip = clip.rename(clip.with_name("it's.mp4"))
    facts = probe(clip)

    line = recipe.command_line(facts, decide(facts), Path("o.mp4"), EncodeSettings(), Path("/bin/ffmpeg"))

    assert """it'"'"'s.mp4""" in line


async def test_convert__footage__becomes_legal(footage: Path, tmp_path: Path) -> None:
    facts = probe(footage / "presenter-bench-hevc.mp4")

    copy = await convert.convert(
        facts, decide(facts), tmp_path / "p.mp4", settings=FAST, ffmpeg=ffmpeg.find(), report=lambda p: None
    )

    assert_legal(Path(copy.path), footage / "presenter-bench-hevc.mp4")
