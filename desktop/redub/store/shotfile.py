"""The shot document (`.redub`): a shot as a JSON file, strict, versioned, the same bytes for the same shot.

The format, version 1 (a field that may be left out has its default behind it)::

    {
      "format": "redub-shot",
      "version": 1,
      "reference": {"path": "clips/interview.mp4", "url": "https://…"},   either, both, or no reference at all
      "segment": {"make_type": "Default", "start": 1.5, "end": 9.25,      or Custom, Circle, CustomOnlyStart
                  "only_part": true},                                     convert and send only this part
      "still_intervals": [{"start": 2.0, "end": 2.5}],                    seconds of the reference
      "letters": {"written": {"path": …}, "video": {"path": …}},          letters of authorization
      "takes": [
        {
          "id": "…",                                                      unique in the shot, never changed
          "name": "Intro",
          "driver": "Text",                                               Text, OriginalVoice
          "script": "…",                                                  InputSsml
          "recording": {"path": …, "url": …},                             for OriginalVoice
          "speech": {"timbre_key": "", "speed": 1.0, "volume": 0, "emotion": "…",
                     "emotion_intensity": 100, "language": "en-US"},
          "options": {"loop": "reverse",                                  reverse, forward
                      "match_input": false, "concurrency": "Shared",      Exclusive, Shared
                      "callback_url": "…", "ref_photo": {"path": …},
                      "track_face": true, "detect_occlusion": true, "new_teeth": false}
        }
      ]
    }

A path is written relative to the shot, with "/", when the medium lies in the shot's folder or beneath it;
otherwise it is absolute. An unknown or mistyped field is
refused and named with its JSON path. The accesstoken is never part of a shot.

To change the format: 1. raise VERSION; 2. write the migration from the last version into MIGRATIONS;
3. keep a file of the last version in tests/store/data and a test that opens it.
"""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Literal

import msgspec

from redub.core.errors import UserError
from redub.core.shot import (
    ConcurrencyType,
    DriverType,
    Letters,
    MakeType,
    Options,
    Selection,
    Shot,
    Source,
    Speech,
    StillInterval,
    Take,
    VideoLoop,
)
from redub.store import jsonfiles
from redub.store.files import disk_errors, write_atomically

SUFFIX = ".redub"
VERSION = 1
MIGRATIONS: dict[int, jsonfiles.Migration] = {}
FORMAT = jsonfiles.Format(name="redub-shot", noun="a shot", version=VERSION, migrations=MIGRATIONS)

_HEAD = 1024 * 1024
_LOOPS: dict[VideoLoop, Literal["reverse", "forward"]] = {
    VideoLoop.REVERSE: "reverse",
    VideoLoop.FORWARD: "forward",
}


class _Strict(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object of the document: unknown fields are refused."""


class _Source(_Strict):
    path: str | None = None
    url: str | None = None


class _Segment(_Strict):
    make_type: MakeType = MakeType.DEFAULT
    start: float | None = None
    end: float | None = None
    only_part: bool | None = None


class _Still(_Strict):
    start: float
    end: float


class _Letters(_Strict):
    written: _Source | None = None
    video: _Source | None = None


class _Speech(_Strict):
    timbre_key: str = ""
    speed: float = 1.0
    volume: int | None = None
    emotion: str | None = None
    emotion_intensity: int | None = None
    language: str | None = None


class _Options(_Strict):
    loop: Literal["reverse", "forward"] = "reverse"
    match_input: bool = False
    concurrency: ConcurrencyType | None = None
    callback_url: str | None = None
    ref_photo: _Source | None = None
    track_face: bool = True
    detect_occlusion: bool = True
    new_teeth: bool = False


class _Take(_Strict):
    id: str
    name: str = ""
    driver: DriverType = DriverType.TEXT
    script: str = ""
    recording: _Source | None = None
    speech: _Speech = msgspec.field(default_factory=_Speech)
    options: _Options = msgspec.field(default_factory=_Options)


class _Document(_Strict):
    format: Literal["redub-shot"]
    version: int
    reference: _Source | None = None
    segment: _Segment = msgspec.field(default_factory=_Segment)
    still_intervals: list[_Still] = []
    letters: _Letters = msgspec.field(default_factory=_Letters)
    takes: list[_Take] = []


def load(path: Path) -> Shot:
    """Open the shot at `path`.

    :raises UserError: it is not a shot, or a field of it is wrong (named by its JSON path)
    :raises EnvironmentFault: it cannot be read
    """
    data = jsonfiles.read_bytes(path, FORMAT.noun)
    return decode(data, path.absolute().parent, title=path.name)


def save(shot: Shot, path: Path) -> None:
    """Write `shot` to `path`, atomically.

    :raises UserError, EnvironmentFault: it could not be written, or a file that is no shot has this name; what
        was there is as it was
    """
    _refuse_foreign(path)
    write_atomically(path, encode(shot, path.absolute().parent))


def _refuse_foreign(path: Path) -> None:
    """Replace no file but a shot: a slip in a name must not cost anybody a clip."""
    if path.suffix.lower() == SUFFIX or not path.is_file():
        return
    with disk_errors(path, "could not be saved"), path.open("rb") as file:
        head = file.read(_HEAD)
    if head.strip() and FORMAT.name.encode() not in head:
        raise UserError(
            f"{path.name} is not a shot, so it is not replaced by one.",
            why="Another file has this name already.",
            next_step=f"Choose another name, such as {path.stem}{SUFFIX}.",
        )


def decode(data: bytes, folder: Path, *, title: str = "The shot") -> Shot:
    """Return the shot that `data` says, with its relative paths made absolute from `folder`."""
    document = jsonfiles.decode(data, FORMAT, _Document, title)
    _check_ids(document, title)
    _check_paths(msgspec.to_builtins(document), title)
    return _shot(document, Path(os.path.normpath(folder)))


def encode(shot: Shot, folder: Path) -> bytes:
    """Return `shot` as a document that will lie in `folder`; the same shot gives the same bytes."""
    home = Path(os.path.normpath(folder))
    try:
        compact = msgspec.json.encode(_plain(msgspec.to_builtins(_document(shot, home))))
    except UnicodeEncodeError as exc:
        raise UserError(
            "The shot contains a sign that cannot be saved.",
            why="It is half of a character, left over from copying.",
            next_step="Delete the sign and type it again.",
            detail=str(exc),
        ) from exc
    return msgspec.json.format(compact, indent=2) + b"\n"


def _check_ids(document: _Document, title: str) -> None:
    """Refuse takes without an id of their own: the history of tasks names them by it."""
    seen: set[str] = set()
    for place, take in enumerate(document.takes):
        if not take.id or take.id in seen:
            why = "it is empty." if not take.id else f"another take has the id “{take.id}” as well."
            raise jsonfiles.field_error(title, f"$.takes[{place}].id", why)
        seen.add(take.id)


def _check_paths(value: object, title: str, place: str = "$") -> None:
    """Refuse a path that no file can have."""
    if isinstance(value, dict):
        for key, item in value.items():
            _check_paths(item, title, f"{place}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            _check_paths(item, title, f"{place}[{number}]")
    elif isinstance(value, str) and "\0" in value and place.endswith(".path"):
        raise jsonfiles.field_error(title, place, "no path contains the sign NUL.")


def _shot(document: _Document, folder: Path) -> Shot:
    segment = document.segment
    return Shot(
        reference=_source(document.reference, folder),
        selection=Selection(**msgspec.structs.asdict(segment)),
        still_intervals=tuple(StillInterval(still.start, still.end) for still in document.still_intervals),
        letters=Letters(
            written=_source(document.letters.written, folder), video=_source(document.letters.video, folder)
        ),
        takes=tuple(_take(take, folder) for take in document.takes),
    )


def _take(take: _Take, folder: Path) -> Take:
    return Take(
        id=take.id,
        name=take.name,
        driver=take.driver,
        script=take.script,
        recording=_source(take.recording, folder),
        speech=Speech(**msgspec.structs.asdict(take.speech)),
        options=_options(take.options, folder),
    )


def _options(options: _Options, folder: Path) -> Options:
    plain = msgspec.structs.asdict(options)
    loop = VideoLoop.FORWARD if options.loop == "forward" else VideoLoop.REVERSE
    return Options(**plain | {"loop": loop, "ref_photo": _source(options.ref_photo, folder)})


def _source(source: _Source | None, folder: Path) -> Source | None:
    if source is None:
        return None
    path = source.path
    return Source(path=os.path.normpath(folder / path) if path else None, url=source.url)


def _document(shot: Shot, folder: Path) -> _Document:
    selection = shot.selection
    return _Document(
        format="redub-shot",
        version=VERSION,
        reference=_written(shot.reference, folder),
        segment=_Segment(
            make_type=selection.make_type,
            start=_real(selection.start),
            end=_real(selection.end),
            only_part=selection.only_part,
        ),
        still_intervals=[
            _Still(start=float(still.start), end=float(still.end)) for still in shot.still_intervals
        ],
        letters=_Letters(
            written=_written(shot.letters.written, folder), video=_written(shot.letters.video, folder)
        ),
        takes=[_written_take(take, folder) for take in shot.takes],
    )


def _written_take(take: Take, folder: Path) -> _Take:
    speech, options = take.speech, take.options
    return _Take(
        id=take.id,
        name=take.name,
        driver=take.driver,
        script=take.script,
        recording=_written(take.recording, folder),
        speech=_Speech(
            **{name: getattr(speech, name) for name in _Speech.__struct_fields__}
            | {"speed": float(speech.speed)}
        ),
        options=_Options(
            **{name: getattr(options, name) for name in _Options.__struct_fields__}
            | {"loop": _LOOPS[options.loop], "ref_photo": _written(options.ref_photo, folder)}
        ),
    )


def _written(source: Source | None, folder: Path) -> _Source | None:
    """Write a source down, its path relative to `folder` where it lies beneath it."""
    if source is None:
        return None
    if not source.path:
        return _Source(url=source.url)
    path = Path(os.path.normpath(source.path))
    beneath = path.is_relative_to(folder)
    return _Source(path=path.relative_to(folder).as_posix() if beneath else str(path), url=source.url)


def _real(value: float | None) -> float | None:
    """Write 2 as 2.0, as it will be read: the same shot gives the same bytes."""
    return None if value is None else float(value)


def _plain(value: object) -> object:
    """Leave out what is not set (a document says only what was decided), and refuse what JSON cannot say."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, float) and not math.isfinite(value):
        raise UserError(
            "The shot cannot be saved.", why="One of its times is not a number.", next_step="Set it again."
        )
    return [_plain(item) for item in value] if isinstance(value, list) else value
