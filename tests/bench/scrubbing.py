"""Opens the whole program on a clip, drags the cursor through it, and prints what was seen as one line of JSON.

Arguments: the clip, seconds of dragging in all. The first drag goes through the whole clip in five seconds.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

import qasync  # isort: skip
from PySide6.QtGui import QImage

from bench.figures import p95
from bench.heartbeat import Heartbeat
from redub.app import Program, application
from redub.paths import places
from redub.ui.notices import Notices

_ONE_WAY = 5.0
_EVERY = 1 / 60


async def scrub(clip: Path, seconds: float) -> dict[str, float]:
    program = Program(application(), places(), Notices())
    program.show((1280, 720))
    beat, shown = Heartbeat(), list[float]()
    try:
        await program.open(clip, None)
        stage = program.tools.stage
        assert stage is not None
        playback = stage.preview.playback
        async with asyncio.timeout(120):
            while not playback.times:  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.05)

        def take(_picture: QImage) -> None:
            shown.append(time.monotonic())

        playback.picture_ready.connect(take)
        beat.start()
        first = await _drag(stage.preview.seek, playback.duration, _ONE_WAY)
        beat.stop()
        told = {
            "pictures_a_second": len([at for at in shown if at <= first]) / _ONE_WAY,
            "longest_pause": max(beat.pauses),
            "longest_own_pause": max(beat.own),
            "p95_pause": p95(beat.pauses),
        }
        await _drag(stage.preview.seek, playback.duration, max(0.0, seconds - _ONE_WAY))
        told["mebibytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return told
    finally:
        await program.aclose()


async def _drag(seek: object, duration: float, seconds: float) -> float:
    """Go there and back through the clip, one way in five seconds; return when it ended."""
    assert callable(seek)
    begin = time.monotonic()
    while (passed := time.monotonic() - begin) < seconds:
        ways, part = divmod(passed / _ONE_WAY, 1.0)
        seek(duration * (part if ways % 2 == 0 else 1 - part))
        await asyncio.sleep(_EVERY)
    return time.monotonic()


def main() -> None:
    app = application()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        print(json.dumps(runner.run(scrub(Path(sys.argv[1]), float(sys.argv[2])))))


if __name__ == "__main__":
    main()
