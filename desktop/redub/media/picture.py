"""One picture ready for the screen, and how a stored one is brought upright, into square pixels and sRGB."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from redub.media.tonemap import HDR_TRANSFERS, to_ordinary

_BILINEAR = Interpolation.BILINEAR
_own = threading.local()
_UNSET = 2
_HD_LINES = 720


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as it is shown: 8-bit RGB rows, upright, square pixels.

    :ivar time: seconds from the first picture of the clip
    :ivar index: its place in the order of showing, from 0
    :ivar rgb: `height` rows of `stride` bytes, of which 3 times `width` count
    """

    time: float
    index: int
    width: int
    height: int
    rgb: bytes
    stride: int

    @property
    def size(self) -> int:
        """Return the bytes that it takes in memory."""
        return len(self.rgb)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a stored picture is to be shown: degrees clockwise, width of a pixel over its height."""

    rotation: int = 0
    pixel_aspect: float = 1.0

    def shown(self, width: int, height: int) -> tuple[int, int]:
        """Return the size on screen in square pixels: no stored pixel is lost, then the picture is turned."""
        if self.pixel_aspect > 1:
            width = round(width * self.pixel_aspect)
        elif self.pixel_aspect < 1:
            height = round(height / self.pixel_aspect)
        return (height, width) if self.rotation % 180 else (width, height)


def shape_of(stream: av.VideoStream, frame: av.VideoFrame) -> Shape:
    """Read the display matrix (ffmpeg's counts anticlockwise) and the pixel shape."""
    return Shape(round(-frame.rotation / 90) * 90 % 360, float(stream.sample_aspect_ratio or 1) or 1.0)


def fit(width: int, height: int, box_width: int | None, box_height: int | None) -> tuple[int, int]:
    """Return the largest even size of the same shape inside the box; never larger than the original."""
    scale = min(1.0, (box_width or width) / width, (box_height or height) / height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def for_screen(
    frame: av.VideoFrame, shape: Shape, size: tuple[int, int], *, time: float, index: int
) -> Picture:
    """Scale `frame` to `size` as shown and turn it upright; HDR is mapped to an ordinary screen."""
    turned = shape.rotation % 180 != 0
    width, height = (size[1], size[0]) if turned else size
    scaled = _reformat(_one_moment(frame), width, height, "rgb24")
    if shape.rotation == 0:
        plane = scaled.planes[0]
        return Picture(time, index, width, height, bytes(plane), plane.line_size)
    pixels = np.ascontiguousarray(np.rot90(scaled.to_ndarray(), -shape.rotation // 90))
    return Picture(time, index, size[0], size[1], pixels.tobytes(), size[0] * 3)


def for_rendering(frame: av.VideoFrame, shape: Shape, size: tuple[int, int] | None = None) -> av.VideoFrame:
    """Return `frame` upright in 8-bit 4:2:0, square pixels, of `size` or its own even size; itself when it is so."""
    plain = shape.rotation == 0 and shape.pixel_aspect == 1.0 and frame.format.name == "yuv420p"
    if plain and size is None and frame.width % 2 == 0 and frame.height % 2 == 0:
        return frame
    shown = size or fit(*shape.shown(frame.width, frame.height), None, None)
    width, height = (shown[1], shown[0]) if shape.rotation % 180 else shown
    flat = _reformat(frame if size is None else _one_moment(frame), width, height, "yuv420p")
    upright = _turned(flat, shape.rotation) if shape.rotation else flat
    upright.colorspace = Colorspace.ITU709 if frame.color_trc in HDR_TRANSFERS else _matrix(frame)
    upright.pts, upright.time_base = frame.pts, frame.time_base
    return upright


def _one_moment(frame: av.VideoFrame) -> av.VideoFrame:
    """Return every other line of an interlaced picture: the two halves show two moments, which look like a comb."""
    if not frame.interlaced_frame or frame.height < 4 or not frame.format.is_planar:
        return frame
    field = av.VideoFrame(frame.width, frame.height // 4 * 2, frame.format.name)
    for whole, half in zip(frame.planes, field.planes, strict=True):
        lines = np.frombuffer(memoryview(whole), np.uint8).reshape(-1, whole.line_size)[::2]
        kept = np.zeros((half.height, half.line_size), np.uint8)
        width = min(whole.line_size, half.line_size)
        kept[:, :width] = lines[: half.height, :width]
        half.update(kept.tobytes())
    field.colorspace, field.color_range, field.color_trc = _matrix(frame), frame.color_range, frame.color_trc
    return field


def _reformat(frame: av.VideoFrame, width: int, height: int, pixel_format: str) -> av.VideoFrame:
    if frame.color_trc in HDR_TRANSFERS:
        deep = _scaler().reformat(
            frame,
            width,
            height,
            "rgb48le",
            Colorspace.BT2020,
            None,
            _BILINEAR,
            dst_color_range=ColorRange.JPEG,
        )
        deep.color_trc = frame.color_trc
        return _converted(to_ordinary(deep), width, height, pixel_format, Colorspace.ITU709)
    return _converted(frame, width, height, pixel_format, _matrix(frame))


def _converted(
    frame: av.VideoFrame, width: int, height: int, pixel_format: str, matrix: int
) -> av.VideoFrame:
    to_yuv = pixel_format == "yuv420p"
    return _scaler().reformat(
        frame,
        width,
        height,
        pixel_format,
        matrix,
        matrix if to_yuv else Colorspace.ITU709,
        _BILINEAR,
        dst_color_range=ColorRange.MPEG if to_yuv else ColorRange.JPEG,
    )


def _scaler() -> VideoReformatter:
    """Return this thread's scaler: it keeps its tables as long as sizes stay the same (0.2 ms for 2 ms)."""
    scaler = getattr(_own, "scaler", None)
    if scaler is None:
        scaler = _own.scaler = VideoReformatter()
    return scaler


def _matrix(frame: av.VideoFrame) -> int:
    """Return the matrix of a picture; one that says nothing is BT.709 from 720 lines on, as in players."""
    if frame.colorspace not in {0, _UNSET}:
        return frame.colorspace
    return Colorspace.ITU709 if min(frame.width, frame.height) >= _HD_LINES else Colorspace.ITU601


def _turned(frame: av.VideoFrame, rotation: int) -> av.VideoFrame:
    """Turn an 8-bit 4:2:0 picture plane by plane."""
    quarter = -rotation // 90
    planes = [np.rot90(_plane(plane), quarter) for plane in frame.planes]
    height, width = planes[0].shape
    turned = av.VideoFrame(width, height, "yuv420p")
    for plane, pixels in zip(turned.planes, planes, strict=True):
        padded = np.zeros((plane.height, plane.line_size), np.uint8)
        padded[:, : plane.width] = pixels
        plane.update(padded.tobytes())
    turned.colorspace, turned.color_range = frame.colorspace, frame.color_range
    return turned


def _plane(plane: av.video.plane.VideoPlane) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]
