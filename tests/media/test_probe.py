from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from media.conftest import RunFfmpeg
from redub.core.errors import EnvironmentFault, UserError
from redub.media import packets
from redub.media.opening import unreadable
from redub.media.probe import content_key, probe, probe_photo
from support.clips import ClipFactory


def test_probe__plain_clip__says_all_that_is_in_it(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory(seconds=2, fps=25, width=320, height=240, gop=12))

    assert facts.container == "mp4"
    assert facts.duration == pytest.approx(2.0, abs=1e-6)
    assert facts.start == pytest.approx(0.0, abs=1e-6)
    assert (facts.video_streams, facts.audio_streams) == (1, 1)
    video = facts.video
    assert video is not None
    assert (video.codec, video.width, video.height, video.frames) == ("h264", 320, 240, 50)
    assert (video.frame_rate, video.variable_rate, video.rotation, video.bit_depth) == (25.0, False, 0, 8)
    assert video.keyframe_distance == pytest.approx(12 / 25)
    assert not video.interlaced
    assert facts.audio is not None
    assert (facts.audio.codec, facts.audio.sample_rate) == ("aac", 48_000)
    assert facts.audio.duration == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize(
    "name,options,container",
    [
        ("a.mkv", (), "matroska"),
        ("a.webm", ("-c:v", "libvpx-vp9", "-cpu-used", "8", "-an"), "webm"),
        ("a.mov", (), "mov"),
        ("a.ts", (), "mpegts"),
        ("a.flv", (), "flv"),
        ("a.avi", ("-c:a", "mp3"), "avi"),
        ("a.3gp", ("-c:a", "aac"), "3gp"),
        ("a.m4a", ("-vn",), "m4a"),
        ("a.wav", ("-vn", "-c:a", "pcm_s16le"), "wav"),
        ("a.mp3", ("-vn", "-c:a", "mp3"), "mp3"),
        ("a.aac", ("-vn",), "aac"),
        ("a.ogg", ("-vn", "-c:a", "libvorbis"), "ogg"),
        ("a.wma", ("-vn", "-c:a", "wmav2"), "asf"),
    ],
)
def test_probe__file_type__comes_from_the_content_not_the_name(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, name: str, options: tuple[str, ...], container: str
) -> None:
    encode = () if "-c:v" in options or "-vn" in options else ("-c:v", "copy")
    made = run_ffmpeg(name, "-i", clip_factory(seconds=1), *encode, *options)
    renamed = made.rename(made.with_name("renamed.mp4"))

    facts = probe(renamed)

    assert facts.container == container
    assert facts.duration == pytest.approx(1.0, abs=0.06)


def test_probe__rotated__says_the_size_on_screen(clip_factory: ClipFactory) -> None:
    video = probe(clip_factory(rotation=90, width=240, height=320)).video

    assert video is not None
    assert video.rotation == 90
    assert (video.width, video.height, video.shown_width, video.shown_height) == (320, 240, 240, 320)


def test_probe__wide_pixels__says_the_size_on_screen(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    video = probe(run_ffmpeg("wide.mp4", "-i", clip_factory(), "-vf", "setsar=4/3")).video

    assert video is not None
    assert video.pixel_aspect == pytest.approx(4 / 3)
    assert (video.shown_width, video.shown_height) == (427, 240)


def test_probe__varying_rate__is_noticed(clip_factory: ClipFactory) -> None:
    times = (0.0, 0.04, 0.08, 0.2, 0.24, 0.4, 0.44, 0.6, 0.64)

    video = probe(clip_factory(times=times, audio=False)).video

    assert video is not None
    assert video.variable_rate
    assert video.frames == len(times)


def test_probe__thousandths_of_a_second__are_no_varying_rate(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    video = probe(run_ffmpeg("a.mkv", "-i", clip_factory(fps=30, seconds=2), "-c", "copy")).video

    assert video is not None
    assert not video.variable_rate
    assert video.frame_rate == pytest.approx(30, abs=0.01)


def test_probe__start_offset__is_said_and_not_counted(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    late = run_ffmpeg("late.mkv", "-i", clip_factory(seconds=2), "-c", "copy", "-output_ts_offset", "5")

    facts = probe(late)

    assert facts.start == pytest.approx(5.0, abs=0.05)
    assert facts.duration == pytest.approx(2.0, abs=0.002)


def test_probe__edit_list__counts_only_what_is_shown(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    cut = run_ffmpeg("cut.mp4", "-ss", "1.3", "-i", clip_factory(seconds=3), "-c", "copy")

    facts = probe(cut)

    assert facts.video is not None
    assert facts.video.frames == pytest.approx(43, abs=1)
    assert facts.duration == pytest.approx(facts.video.frames / 25, abs=1e-3)


@pytest.mark.parametrize("pixel_format,bits", [("yuv420p10le", 10), ("yuv422p10le", 10), ("yuv444p", 8)])
def test_probe__deep_and_fine_colours__are_named(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, pixel_format: str, bits: int
) -> None:
    video = probe(run_ffmpeg("deep.mp4", "-i", clip_factory(), "-pix_fmt", pixel_format)).video

    assert video is not None
    assert (video.pixel_format, video.bit_depth) == (pixel_format, bits)


def test_probe__interlaced__is_noticed(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    made = run_ffmpeg(
        "i.mp4", "-i", clip_factory(), "-vf", "setfield=tff", "-x264opts", "tff=1", "-flags", "+ildct"
    )

    video = probe(made).video

    assert video is not None
    assert video.interlaced


def test_probe__hdr__is_noticed(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    tags = "setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc"
    made = run_ffmpeg(
        "hdr.mp4", "-i", clip_factory(), "-vf", tags, "-pix_fmt", "yuv420p10le", "-c:v", "libx265",
        "-x265-params", "log-level=error", "-preset", "ultrafast",
    )  # fmt: skip

    video = probe(made).video

    assert video is not None
    assert video.is_hdr
    assert video.colour_space == "bt2020nc"


def test_probe__cover_art__is_no_video(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, tmp_path: Path
) -> None:
    cover = tmp_path / "cover.png"
    Image.new("RGB", (64, 64), "red").save(cover)
    made = run_ffmpeg(
        "song.m4a", "-i", clip_factory(), "-i", cover, "-map", "0:a", "-map", "1:v", "-c:a", "copy", "-c:v", "png",
        "-disposition:v", "attached_pic", "-f", "mp4",
    )  # fmt: skip

    facts = probe(made)

    assert facts.video is None
    assert (facts.video_streams, facts.container) == (0, "m4a")


def test_probe__two_videos__are_counted_and_the_first_is_taken(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    first, second = clip_factory(), clip_factory(name="b.mp4", width=160, height=120)
    facts = probe(
        run_ffmpeg("two.mp4", "-i", first, "-i", second, "-map", "0:v", "-map", "1:v", "-c", "copy")
    )

    assert facts.video_streams == 2
    assert facts.video is not None
    assert facts.video.width == 320


def test_probe__large_file__is_sampled_and_says_the_same(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory(seconds=20, width=64, height=64, audio=False)
    whole = probe(clip)
    monkeypatch.setattr(packets, "_WHOLE", 0)

    sampled = probe(clip)

    assert sampled == whole


@pytest.mark.parametrize("name", ["large.mkv", "large.ts"])
def test_probe__large_file_without_an_index__has_the_right_length(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    clip = run_ffmpeg(name, "-i", clip_factory(seconds=20, width=64, height=64, audio=False), "-c", "copy")
    monkeypatch.setattr(packets, "_WHOLE", 0)

    facts = probe(clip)

    assert facts.video is not None
    assert facts.duration == pytest.approx(20, abs=0.002)
    assert facts.video.frames == 500


def test_probe__quotes_emoji_and_chinese_in_the_name__are_nothing_special(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=1)
    strange = shutil.copyfile(clip, clip.with_name("-it's “数据” 🎬 100%d.mp4"))

    assert probe(strange).duration == pytest.approx(1.0)


def test_probe__missing__says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not there"):
        probe(tmp_path / "none.mp4")


def test_probe__folder__says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a file"):
        probe(tmp_path)


def test_probe__empty__says_so(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()

    with pytest.raises(UserError, match="is empty"):
        probe(empty)


def test_probe__text_with_the_ending_of_a_video__says_so(tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("这是一个剧本。\n" * 500, encoding="utf-8")

    with pytest.raises(UserError, match="contains text"):
        probe(text)


def test_probe__playlist_with_the_ending_of_a_video__opens_nothing_else(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(seconds=1)
    playlist = tmp_path / "list.mp4"
    playlist.write_text(f"ffconcat version 1.0\nfile {clip.name}\n")

    with pytest.raises(UserError):
        probe(playlist)


def test_probe__noise__says_that_it_cannot_be_played(tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(bytes((n * n * 31 + 7) % 251 for n in range(5000)))

    with pytest.raises(UserError, match="not a video"):
        probe(noise)


def test_probe__mp4_without_its_table_of_contents__says_that_it_is_cut_off(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=2)
    clip.write_bytes(clip.read_bytes()[:5000])

    with pytest.raises(UserError, match="cut off"):
        probe(clip)


def test_probe__mp4_without_its_end__says_that_it_is_cut_off(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    clip = run_ffmpeg("fast.mp4", "-i", clip_factory(seconds=2), "-c", "copy", "-movflags", "+faststart")
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size * 2 // 3])

    with pytest.raises(UserError, match="cut off"):
        probe(clip)


def test_probe__unknown_codec__says_that_the_picture_cannot_be_decoded(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=1)
    clip.write_bytes(clip.read_bytes().replace(b"avc1", b"zzzz"))

    with pytest.raises(UserError, match="cannot be decoded"):
        probe(clip)


def test_probe__unknown_sound__is_named_so(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    clip = run_ffmpeg("a.mov", "-i", clip_factory(seconds=1), "-c:v", "copy", "-c:a", "pcm_s16le")
    clip.write_bytes(clip.read_bytes().replace(b"sowt", b"zzzz"))

    facts = probe(clip)

    assert facts.video is not None
    assert facts.audio is not None
    assert facts.audio.codec == "unknown"


def test_probe__photo__says_that_it_is_no_clip(tmp_path: Path) -> None:
    photo = tmp_path / "photo.mp4"
    Image.new("RGB", (64, 64), "red").save(photo, format="PNG")

    with pytest.raises(UserError, match="photo"):
        probe(photo)


def test_probe__subtitles_only__says_that_there_is_nothing(tmp_path: Path) -> None:
    words = tmp_path / "words.mp4"
    words.write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")

    with pytest.raises(UserError):
        probe(words)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_probe__no_permission__is_a_fault_of_this_machine(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=1)
    clip.chmod(0)

    with pytest.raises(EnvironmentFault, match="permission"):
        probe(clip)


@pytest.mark.parametrize(
    "error,kind",
    [
        (PermissionError(13, "denied"), EnvironmentFault),
        (FileNotFoundError(2, "none"), UserError),
        (OSError(5, "input/output error"), EnvironmentFault),
    ],
)
def test_unreadable__each_error__has_its_class_and_what_to_do(error: OSError, kind: type[Exception]) -> None:
    fault = unreadable(Path("clip.mp4"), error)

    assert isinstance(fault, kind)
    assert fault.why
    assert fault.next_step


def test_content_key__renamed__stays_the_same(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=1)

    assert content_key(clip) == content_key(shutil.copyfile(clip, clip.with_name("other.bin")))


def test_content_key__one_byte_at_the_end_of_a_large_file__differs(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(bytes(9 * 1024 * 1024))
    before = content_key(large)
    with large.open("r+b") as stream:
        stream.seek(-1, os.SEEK_END)
        stream.write(b"x")

    assert content_key(large) != before


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP"])
def test_probe_photo__each_format__is_known_by_its_content(tmp_path: Path, kind: str) -> None:
    photo = tmp_path / "photo.txt"
    Image.new("RGB", (200, 300), "red").save(photo, format=kind)

    facts = probe_photo(photo)

    assert (facts.format, facts.width, facts.height) == (kind.lower(), 200, 300)
    assert facts.size == photo.stat().st_size


def test_probe_photo__cut_off__is_damaged(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    Image.effect_noise((400, 400), 80).convert("RGB").save(photo)
    photo.write_bytes(photo.read_bytes()[:5000])

    with pytest.raises(UserError, match="damaged"):
        probe_photo(photo)


def test_probe_photo__clip__is_no_photo(clip_factory: ClipFactory) -> None:
    with pytest.raises(UserError, match="photo"):
        probe_photo(clip_factory(seconds=1))


def test_probe__footage__is_described_as_its_readme_says(footage: Path) -> None:
    facts = probe(footage / "presenter-bench-hevc.mp4")

    assert facts.video is not None
    assert (facts.video.codec, facts.video.shown_width, facts.video.shown_height) == ("hevc", 1080, 1920)
    assert facts.duration == pytest.approx(10.0)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1", "LA"])
def test_probe_photo__png_of_every_kind__is_whole(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "p.png"
    Image.effect_noise((301, 203), 60).convert(mode).save(path)

    assert (probe_photo(path).width, probe_photo(path).height) == (301, 203)
