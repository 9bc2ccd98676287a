from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from redub.core.conversion import Kind, decide
from redub.core.errors import EnvironmentFault, UserError
from redub.core.progress import Progress
from redub.media import sample
from redub.media.pen import HEIGHT, WIDTH
from redub.media.presenter import Pose, draw_presenter
from redub.media.probe import probe
from redub.media.studio import backdrop
from redub.media.verify import verify_video


def tone(target: Path) -> None:
    """Write a second of sound that is loud in its middle."""
    time = np.arange(22_050) / 22_050
    wave_form = np.sin(2 * np.pi * 300 * time) * np.sin(np.pi * time) * 20_000
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes(wave_form.astype(np.int16).tobytes())


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "SECONDS", 2)


def pixels(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return np.asarray(image).astype(np.int16)


@pytest.mark.usefixtures("short")
def test_sample_clip__made__is_whole_and_needs_conversion(tmp_path: Path) -> None:
    reports: list[Progress] = []

    clip = sample.sample_clip(tmp_path / "new", reports.append, speak_wav=tone)

    facts = probe(clip)
    assert decide(facts).kind is Kind.RE_ENCODE
    assert facts.video is not None
    assert (facts.video.codec, facts.video.shown_width, facts.video.shown_height) == ("hevc", 720, 1280)
    assert (facts.video.frame_rate, facts.container) == (25.0, "mp4")
    assert verify_video(clip, expected_seconds=2.0, tolerance=0.001).audio_codec == "aac"
    assert reports[-1].ratio == 1.0
    assert [path.name for path in clip.parent.iterdir()] == [sample.NAME]


@pytest.mark.usefixtures("short")
def test_sample_clip__voice_of_this_machine__is_heard(tmp_path: Path) -> None:
    track = sample._speech(sample._say)

    assert np.abs(track).max() > 0.1


@pytest.mark.usefixtures("short")
def test_sample_clip__there_already__is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / sample.NAME).write_bytes(b"there")

    assert sample.sample_clip(tmp_path).read_bytes() == b"there"


@pytest.mark.usefixtures("short")
def test_sample_clip__cancelled__leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="stopped"):
        sample.sample_clip(tmp_path, speak_wav=tone, cancelled=lambda: True)

    assert list(tmp_path.iterdir()) == []


def test_sample_clip__folder_that_is_a_file__is_a_fault_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(EnvironmentFault, match="cannot be made"):
        sample.sample_clip(tmp_path / "file" / "in", speak_wav=tone)


def test_loudness__loud_and_silent__opens_and_closes_the_mouth() -> None:
    sound = np.zeros(sample.SECONDS * 44_100, np.float32)
    sound[44_100:88_200] = 0.5

    heard = sample.loudness(sound)

    assert len(heard) == sample.SECONDS * sample.FPS
    assert heard[10] == 0
    assert heard[30] > 0.9
    assert heard[-1] == 0


def test_poses__whole_clip__blinks_speaks_and_gestures() -> None:
    poses = list(sample.poses([0.0] * 200 + [1.0] * 175))

    assert len(poses) == 375
    assert sum(pose.lids < 0.3 for pose in poses) >= 6
    assert max(pose.hand for pose in poses) == pytest.approx(1.0)
    assert poses[0].mouth == poses[0].hand == 0.0
    assert poses == list(sample.poses([0.0] * 200 + [1.0] * 175))


@pytest.mark.parametrize(
    "pose,box",
    [
        (Pose(mouth=1.0), (300, 500, 420, 600)),
        (Pose(lids=0.0), (250, 370, 470, 440)),
        (Pose(hand=1.0), (500, 750, 720, 1280)),
        (Pose(tilt=3.0), (200, 150, 520, 600)),
    ],
)
def test_draw_presenter__pose__moves_that_part(pose: Pose, box: tuple[int, int, int, int]) -> None:
    calm, moved = (pixels(draw_presenter(backdrop(0), each)) for each in (Pose(), pose))
    changed = np.abs(calm - moved).max(axis=2) > 40
    left, top, right, bottom = box

    assert changed[top:bottom, left:right].sum() > 100


def test_draw_presenter__same_pose__is_the_same_picture() -> None:
    one, other = (draw_presenter(backdrop(1.5), Pose(mouth=0.5, tilt=1)) for _ in range(2))

    assert one.size == (WIDTH, HEIGHT)
    assert one.tobytes() == other.tobytes()


def test_backdrop__time_passes__the_light_moves_slowly() -> None:
    first, next_frame, later = (pixels(backdrop(seconds)) for seconds in (0.0, 0.04, 2.25))

    assert np.abs(first - next_frame).max() <= 2
    assert np.abs(first - later).max() >= 5
