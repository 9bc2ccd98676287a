"""FCPXML (Final Cut Pro, and whoever reads it): the clip on a timeline of its own, with the marks as markers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path

from redub.core.errors import UserError
from redub.core.marklist import Marked, MarkList

_VERSION = "1.9"


def write_marks(marks: MarkList) -> bytes:
    """Return the document; times are whole frames."""
    frame = 1 / Fraction(marks.rate).limit_denominator(1001)
    name, length = Path(marks.path).stem, _time(marks.seconds, frame)
    root = ET.Element("fcpxml", version=_VERSION)
    resources = ET.SubElement(root, "resources")
    ET.SubElement(resources, "format", id="r1", frameDuration=_fraction(frame))
    asset = ET.SubElement(resources, "asset", id="r2", name=name, start="0s", duration=length)
    asset.attrib |= {"hasVideo": "1", "format": "r1"}
    address = Path(marks.path).as_uri() if marks.path else ""
    ET.SubElement(asset, "media-rep", kind="original-media", src=address)
    project = ET.SubElement(
        ET.SubElement(ET.SubElement(root, "library"), "event", name=name), "project", name=name
    )
    spine = ET.SubElement(ET.SubElement(project, "sequence", format="r1", duration=length), "spine")
    clip = ET.SubElement(spine, "asset-clip", ref="r2", name=name, offset="0s", start="0s", duration=length)
    for mark in marks.marks:
        reach = {"start": _time(mark.start, frame), "duration": _time(mark.end - mark.start, frame)}
        ET.SubElement(clip, "marker", {**reach, "value": mark.name})
    ET.indent(root)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'
    body: bytes = ET.tostring(root, encoding="utf-8")
    return head + body + b"\n"


def read_marks(data: bytes) -> tuple[Marked, ...]:
    """Return every marker of the document.

    :raises UserError: it is no FCPXML
    """
    try:
        if b"<!ENTITY" in data:
            raise ValueError("entities")
        root = ET.fromstring(data)  # without entities there is nothing in it that could grow
        if root.tag != "fcpxml":
            raise ValueError(root.tag)
        return tuple(_marked(one) for one in root.iter() if one.tag in {"marker", "chapter-marker"})
    except (ET.ParseError, ValueError, ZeroDivisionError) as exc:
        raise UserError("This is not an FCPXML file.", detail=str(exc)) from exc


def _marked(element: ET.Element) -> Marked:
    start = Fraction(element.get("start", "0s").removesuffix("s"))
    length = Fraction(element.get("duration", "0s").removesuffix("s"))
    return Marked(element.get("value", ""), float(start), float(start + length))


def _time(seconds: float, frame: Fraction) -> str:
    return _fraction(round(Fraction(seconds) / frame) * frame)


def _fraction(time: Fraction) -> str:
    return f"{time.numerator}s" if time.denominator == 1 else f"{time.numerator}/{time.denominator}s"
