"""Clips of the presenter that the program draws: small ones, with something in them that a test asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from redub.media.faces import parts
from redub.media.presenter import Pose, draw_presenter
from redub.media.studio import backdrop

FPS = 25
WIDTH, HEIGHT = 360, 640
MOUTH = (180, 271)
"""Where the middle of her mouth is, in pixels."""


def presenter(**pose: float) -> Image.Image:
    """Return the presenter as she stands, 360 x 640."""
    drawn = draw_presenter(backdrop(0.0).copy(), Pose(**pose))
    return drawn.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def with_hand(picture: Image.Image) -> Image.Image:
    """Return `picture` with something dark before the mouth."""
    covered = picture.copy()
    x, y = MOUTH
    ImageDraw.Draw(covered).ellipse((x - 42, y - 30, x + 42, y + 36), fill=(30, 34, 40))
    return covered


def empty() -> Image.Image:
    """Return the room without the presenter."""
    return backdrop(0.0).resize((WIDTH, HEIGHT))


def write_clip(path: Path, pictures: Sequence[Image.Image]) -> Path:
    """Write `pictures` at 25 a second."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height = pictures[0].size
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": "14", "preset": "veryfast"}
        for picture in pictures:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(picture), "rgb24")))
        out.mux(stream.encode(None))
    return path


@pytest.fixture(scope="session")
def faces_part() -> None:
    """Skip the test with a sentence where the optional part that finds faces is not installed."""
    if parts.missing():
        pytest.skip(
            f"The optional part that finds faces is not installed ({', '.join(parts.missing())} missing)."
        )


@pytest.fixture(scope="session")
def calm_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clip of 4 s in which she only sways."""
    here = [presenter(sway=number / 5) for number in range(10)]
    shown = [here[abs(number % 18 - 9)] for number in range(100)]
    return write_clip(tmp_path_factory.mktemp("calm") / "clip.mp4", shown)


@pytest.fixture(scope="session")
def eventful_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clip: 2 s of her, 0.6 s with the mouth covered, 0.6 s of an empty room, 0.8 s of her again."""
    here = [presenter(sway=number / 5, mouth=0.1 * (number % 3)) for number in range(10)]
    shown = [here[number % 10] for number in range(50)]
    shown += [with_hand(here[number % 10]) for number in range(15)]
    shown += [empty()] * 15
    shown += [here[number % 10] for number in range(20)]
    return write_clip(tmp_path_factory.mktemp("eventful") / "clip.mp4", shown)
