"""The photo of a face that a request may carry (RefPhotoUrl): cut out of the clip, in the size that the page wants."""

from __future__ import annotations

import io

from PIL import Image

from redub.core.faces import Box, Person
from redub.core.limits import limits_for
from redub.media.frames import FrameReader

_ROOM = 0.55
_COMFORTABLE = 512
"""Pixels that a small face is enlarged to: it is then recognised by everybody's detectors."""
_QUALITIES = (95, 88, 75, 60)


def photo_of(clip: str, person: Person) -> bytes:
    """Return a JPEG of the best picture of `person`: head and shoulders, 192 to 4096 pixels, within 10 MB.

    :raises UserError: the clip cannot be decoded
    """
    limits = limits_for("international")
    least, most = (int(edge or 0) for edge in (limits["photo.pixels"].low, limits["photo.pixels"].high))
    with FrameReader(clip) as reader:
        shown = reader.frame_at(person.best.time)
        whole = Image.frombuffer("RGB", (shown.width, shown.height), shown.rgb, "raw", "RGB", shown.stride, 1)
        image = _cut(whole, person.face.box)
    side = max(image.size)
    wanted = min(most, max(side, _COMFORTABLE, least))
    if wanted != side:
        image = image.resize((wanted, wanted), Image.Resampling.LANCZOS)
    packed = (_jpeg(image, quality) for quality in _QUALITIES)
    return next((data for data in packed if not limits["photo.size"].too_high(len(data))), b"") or _jpeg(
        image, 40
    )


def _jpeg(image: Image.Image, quality: int) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality)
    return data.getvalue()


def _cut(whole: Image.Image, face: Box) -> Image.Image:
    """Return a square around the face, as large as the picture allows."""
    width, height = whole.size
    room = face.grown(_ROOM)
    side = min(width, height, round(max(room.width * width, room.height * height)))
    x, y = face.middle
    left = min(max(0, round(x * width - side / 2)), width - side)
    top = min(max(0, round(y * height - side / 2)), height - side)
    return whole.crop((left, top, left + side, top + side))
