"""OpenTimelineIO: marks over a clip, and takes one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import opentimelineio as otio

from redub.core.errors import UserError
from redub.core.marklist import Marked, MarkList


@dataclass(frozen=True, slots=True)
class Placed:
    """One video of a timeline: its name, where it lies, frames a second, length in seconds."""

    name: str
    path: str
    rate: float
    seconds: float


def write_marks(marks: MarkList) -> bytes:
    """Return a timeline with the clip, and the marks on it."""
    clip = _clip(Placed(Path(marks.path).stem, marks.path, marks.rate, marks.seconds))
    for mark in marks.marks:
        colour = otio.schema.MarkerColor.GREEN if mark.is_segment else otio.schema.MarkerColor.RED
        reach = _range(mark.start, mark.end - mark.start, marks.rate)
        clip.markers.append(otio.schema.Marker(name=mark.name, marked_range=reach, color=colour))
    return _written(Path(marks.path).stem, [clip])


def write_takes(name: str, takes: Sequence[Placed]) -> bytes:
    """Return a timeline on which the takes follow each other."""
    return _written(name, [_clip(take) for take in takes])


def read_marks(data: bytes) -> tuple[Marked, ...]:
    """Return the marks of every clip and of the timeline itself, in its order.

    :raises UserError: it is no OpenTimelineIO file
    """
    try:
        whole = otio.core.deserialize_json_from_string(data.decode("utf-8"))
        places = [whole, *whole.find_children()] if isinstance(whole, otio.schema.Timeline) else [whole]
        markers = [mark for place in places for mark in _markers(place)]
    except (ValueError, KeyError, TypeError, otio.exceptions.OTIOError) as exc:
        raise UserError("This is not an OpenTimelineIO file.", detail=str(exc)) from exc
    return tuple(_marked(marker) for marker in markers)


def _markers(place: object) -> Iterable[otio.schema.Marker]:
    stack = [place.tracks] if isinstance(place, otio.schema.Timeline) else [place]
    return [mark for one in stack for mark in getattr(one, "markers", ())]


def _marked(marker: otio.schema.Marker) -> Marked:
    reach = marker.marked_range
    start = reach.start_time.to_seconds()
    return Marked(marker.name, start, start + reach.duration.to_seconds())


def _clip(placed: Placed) -> otio.schema.Clip:
    reach = _range(0.0, placed.seconds, placed.rate)
    address = Path(placed.path).as_uri() if placed.path else ""
    medium = otio.schema.ExternalReference(target_url=address, available_range=reach)
    return otio.schema.Clip(name=placed.name, media_reference=medium, source_range=reach)


def _range(start: float, seconds: float, rate: float) -> otio.opentime.TimeRange:
    begin, length = round(start * rate), max(1, round(seconds * rate))
    return otio.opentime.TimeRange(
        otio.opentime.RationalTime(begin, rate), otio.opentime.RationalTime(length, rate)
    )


def _written(name: str, clips: Sequence[otio.schema.Clip]) -> bytes:
    timeline = otio.schema.Timeline(name=name)
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    track.extend(clips)
    timeline.tracks.append(track)
    return str(otio.core.serialize_json_to_string(timeline, indent=2)).encode() + b"\n"
