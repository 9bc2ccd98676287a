"""Make a copy of a photo that the service takes: upright, jpg, not too large."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from redub.core.limits import limits_for
from redub.media.opening import damaged
from redub.store.files import make_folder, write_atomically

_QUALITIES = (92, 85, 75, 60)


def fitting_copy(path: Path, target: Path) -> Path:
    """Write a copy of the photo at `path` to `target` (jpg) whose sides and bytes are within the limits.

    :raises UserError: no photo, or damaged
    :raises EnvironmentFault: `target` cannot be written
    """
    limits = limits_for("international")
    side, size = int(limits["photo.pixels"].high or 0), limits["photo.size"].high or 0
    try:
        with warnings.catch_warnings(), Image.open(path) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as exc:
        raise damaged(path, exc) from exc
    upright.thumbnail((side, side))
    versions = (_written(upright, quality) for quality in _QUALITIES)
    made = next((version for version in versions if len(version) <= size), b"")
    make_folder(target.parent)
    write_atomically(target, made or _written(upright, _QUALITIES[-1]))
    return target


def _written(image: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()
