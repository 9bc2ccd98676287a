"""A photo that the service would refuse becomes a copy that it takes; the photo itself stays as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from redub.core.errors import UserError
from redub.core.limits import limits_for
from redub.media.probe import probe_photo
from redub.services.fittingphoto import fitting_copy

ROWS = limits_for("international")


def photo(path: Path, width: int, height: int) -> Path:
    pixels = np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def test_fitting_copy__too_large__fits_in_pixels_and_bytes(tmp_path: Path) -> None:
    large = photo(tmp_path / "large.png", 5000, 2500)
    before = large.read_bytes()

    made = probe_photo(fitting_copy(large, tmp_path / "photos" / "p.jpg"))

    assert (made.format, made.width, made.height) == ("jpeg", 4096, 2048)
    assert made.size <= (ROWS["photo.size"].high or 0)
    assert large.read_bytes() == before


def test_fitting_copy__other_format__becomes_jpg(tmp_path: Path) -> None:
    made = probe_photo(fitting_copy(photo(tmp_path / "p.gif", 300, 400), tmp_path / "p.jpg"))

    assert (made.format, made.width, made.height) == ("jpeg", 300, 400)


def test_fitting_copy__no_photo__says_so(tmp_path: Path) -> None:
    (tmp_path / "p.jpg").write_text("no photo")

    with pytest.raises(UserError):
        fitting_copy(tmp_path / "p.jpg", tmp_path / "out.jpg")
    assert not (tmp_path / "out.jpg").exists()
