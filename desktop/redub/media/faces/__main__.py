"""The worker: ``python -m redub.media.faces REQUEST`` looks at one clip or photo and writes what it saw, line by line.

It ends when it has seen everything, or when its stdin says so (as every child of `redub.media.process`), and with
whoever started it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from redub.core.errors import RedubError
from redub.core.faces import Acquaintances
from redub.media.faces.wire import Answer, Covered, Failed, Line, Request, Seen, Task, packed

if TYPE_CHECKING:
    from redub.media.faces.sampling import Sample


def main(arguments: list[str]) -> int:
    """Carry out the request (JSON) that `arguments` hold; return the exit code."""
    request = msgspec.json.decode(arguments[0], type=Request)
    out = _quiet_stdout()
    threading.Thread(target=_end_when_asked, daemon=True).start()
    encoder = msgspec.json.Encoder()
    try:
        for line in looked(request):
            os.write(out, encoder.encode(line) + b"\n")
    except RedubError as error:
        failed = Failed(what=error.what, why=error.why, next_step=error.next_step, detail=error.detail)
        os.write(out, encoder.encode(Line(failed=failed)) + b"\n")
        return 1
    except BrokenPipeError:
        return 1
    return 0


def looked(request: Request) -> Iterator[Line]:
    """Yield what is seen, picture by picture, and at last whose mouth was covered when.

    :raises UserError: the clip or photo cannot be read
    """
    from redub.media.faces.covering import Signs, covered, mouth_signs
    from redub.media.faces.measuring import face_of
    from redub.media.faces.mesh import FaceMesh

    close = request.task is Task.LIPS
    mesh, known = FaceMesh(moving=request.task is not Task.PHOTO), Acquaintances()
    signs: dict[int, list[tuple[float, Signs]]] = {}
    for sample in _pictures(request):
        meshes = mesh.faces(sample)
        faces = [face_of(points, sample.small, sample.width, sample.height) for points in meshes]
        known, numbers = known.recognise(sample.time, faces)
        for points, number in zip(meshes, numbers, strict=True):
            sign = mouth_signs(points, sample.small, sample.width)
            signs.setdefault(number, []).append((sample.time, sign))
        seen = tuple(
            Seen(face=replace(face, person=number), landmarks=packed(points) if close else "")
            for points, face, number in zip(meshes, faces, numbers, strict=True)
        )
        yield Line(answer=Answer(time=sample.time, width=sample.width, height=sample.height, seen=seen))
    hidden = [
        (time, person)
        for person, own in signs.items()
        for (time, _sign), is_covered in zip(own, covered([sign for _, sign in own]), strict=True)
        if is_covered
    ]
    yield Line(covered=Covered(covered=tuple(hidden)))


def _pictures(request: Request) -> Iterator[Sample]:
    from redub.media.faces.sampling import photo, samples

    if request.task is Task.PHOTO:
        return iter([photo(request.path)])
    every = request.task is Task.LIPS
    return samples(request.path, rate=request.rate, start=request.start, end=request.end, every=every)


def _quiet_stdout() -> int:
    """Return where the answers go; whatever the libraries print goes to stderr instead."""
    out = os.dup(1)
    os.dup2(2, 1)
    return out


def _end_when_asked() -> None:
    """End at once when stdin is closed or says "q": nothing here has to be put in order."""
    os.read(0, 1)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
