from __future__ import annotations

from pathlib import Path

import pytest

from media.conftest import RunFfmpeg
from redub.core.errors import UserError
from redub.media.verify import verify_video
from support.clips import ClipFactory


def test_verify__whole_clip__says_what_was_decoded(clip_factory: ClipFactory) -> None:
    verified = verify_video(clip_factory(seconds=2), expected_seconds=2.0, tolerance=0.001)

    assert (verified.frames, verified.codec, verified.audio_codec) == (50, "h264", "aac")
    assert (verified.width, verified.height) == (320, 240)
    assert verified.duration == pytest.approx(2.0)
    assert verified.frame_rate == pytest.approx(25)
    assert verified.audio_duration == pytest.approx(2.0, abs=0.05)
    assert verified.largest_gap == pytest.approx(0.04)
    assert "50 frames" in str(verified)


def test_verify__no_sound__is_whole_too(clip_factory: ClipFactory) -> None:
    assert verify_video(clip_factory(seconds=1, audio=False)).audio_codec == ""


def test_verify__long_last_picture__counts_it(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    clip = clip_factory(times=(0.0, 0.04, 0.08, 1.0), audio=False)

    assert verify_video(clip).duration >= 1.0


def test_verify__other_length_than_expected__says_both(clip_factory: ClipFactory) -> None:
    with pytest.raises(UserError, match=r"2\.00 seconds where 3\.00"):
        verify_video(clip_factory(seconds=2), expected_seconds=3.0, tolerance=0.1)


def test_verify__damaged_in_the_middle__is_noticed(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=3, audio=False)
    content = bytearray(clip.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = bytes(2000)
    clip.write_bytes(content)

    with pytest.raises(UserError, match="damaged"):
        verify_video(clip)


def test_verify__end_is_missing__is_noticed(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    clip = run_ffmpeg("fast.mp4", "-i", clip_factory(seconds=3), "-c", "copy", "-movflags", "+faststart")
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])

    with pytest.raises(UserError, match="damaged"):
        verify_video(clip)


def test_verify__no_clip_at_all__is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "result.mp4"
    page.write_text("<html><body>403 Forbidden</body></html>\n")

    with pytest.raises(UserError, match="not a video"):
        verify_video(page)


def test_verify__cancelled__stops(clip_factory: ClipFactory) -> None:
    with pytest.raises(UserError, match="stopped"):
        verify_video(clip_factory(seconds=2), cancelled=lambda: True)
