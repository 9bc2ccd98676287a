"""Let the worker look at a clip, and give what it saw as it comes; blocking, for threads.

The worker is a process of its own: its libraries are large, print what they like and may crash, and none of that is
to happen in the window's process. It never outlives us (`redub.media.process`).
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from redub.core.errors import UserError
from redub.core.faces import Face, Look
from redub.media import process
from redub.media.faces import parts
from redub.media.faces.wire import Answer, Covered, Failed, Line, Request, Task

LOOKS_PER_SECOND = 5.0
LIPS_PER_SECOND = 31.0
_LABEL = "Looking for faces"
_ASK_EVERY = 0.1

Cancelled = Callable[[], bool]


def watch(request: Request, cancelled: Cancelled = lambda: False) -> Iterator[Answer | Covered]:
    """Yield what the worker answers to `request`; ends early when `cancelled` says so.

    :raises EnvironmentFault: the optional part is not installed, or the worker died
    :raises UserError: the clip cannot be read
    """
    parts.need()
    argv = [*_program(), msgspec.json.encode(request).decode()]
    decoder = msgspec.json.Decoder(Line)
    with asyncio.Runner() as runner:
        lines = process.lines(argv, label=_LABEL)
        try:
            while (text := runner.run(_next(lines, cancelled))) is not None:
                line = decoder.decode(text)
                if line.failed is not None:
                    raise _fault(line.failed)
                if line.answer is not None:
                    yield line.answer
                if line.covered is not None:
                    yield line.covered
        finally:
            runner.run(lines.aclose())


def looks(path: str | Path, cancelled: Cancelled = lambda: False) -> Iterator[Look]:
    """Yield what is seen in a clip, about five looks a second, and at last those again in which a mouth is covered.

    A look with the time of an earlier one replaces it.

    :raises EnvironmentFault: the optional part is not installed, or the worker died
    :raises UserError: the clip cannot be read
    """
    request = Request(task=Task.LOOK, path=str(Path(path).absolute()), rate=LOOKS_PER_SECOND)
    seen: dict[float, Look] = {}
    for answer in watch(request, cancelled):
        if isinstance(answer, Answer):
            look = Look(answer.time, tuple(one.face for one in answer.seen))
            seen[look.time] = look
            yield look
            continue
        yield from covered_looks(seen, answer)


def covered_looks(seen: dict[float, Look], covered: Covered) -> Iterator[Look]:
    """Yield the looks of `seen` in which a mouth is covered, with that in them."""
    hidden: dict[float, set[int]] = {}
    for time, person in covered.covered:
        hidden.setdefault(time, set()).add(person)
    for time, people in sorted(hidden.items()):
        faces = (replace(face, covered=face.person in people) for face in seen[time].faces)
        yield Look(time, tuple(faces))


def photo_face(path: str | Path) -> Face | None:
    """Return the largest face in a photo, None where there is none.

    :raises EnvironmentFault: the optional part is not installed, or the worker died
    :raises UserError: the photo cannot be read
    """
    request = Request(task=Task.PHOTO, path=str(Path(path).absolute()))
    for answer in watch(request):
        if isinstance(answer, Answer):
            return Look(0.0, tuple(one.face for one in answer.seen)).largest
    return None


async def _next(lines: AsyncGenerator[str, None], cancelled: Cancelled) -> str | None:
    """Return the next line; None at the end, or when it is not wanted any more."""
    waiting = asyncio.ensure_future(anext(lines, None))  # noqa: TID251 - awaited or cancelled right here
    while not waiting.done():
        if cancelled():
            waiting.cancel()
        await asyncio.wait({waiting}, timeout=_ASK_EVERY)
    return None if waiting.cancelled() else waiting.result()


def _program() -> list[str]:
    """Return how the worker is started; a packaged program has no ``python -m``."""
    return [
        sys.executable,
        *(["faces-worker"] if getattr(sys, "frozen", False) else ["-m", "redub.media.faces"]),
    ]


def _fault(failed: Failed) -> UserError:
    return UserError(failed.what, why=failed.why, next_step=failed.next_step, detail=failed.detail)
