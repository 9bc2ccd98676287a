from __future__ import annotations

import io

import pytest

from redub.core.progress import Progress, Stage
from redub.terminal.bars import Bars, bar


def drawn(*, calm: bool, quiet: bool = False, broken: bool = False) -> str:
    stream, now = io.StringIO(), iter(range(100))
    bars = Bars(stream, calm=calm, quiet=quiet, clock=lambda: float(next(now)))
    try:
        with bars:
            bars.report(Progress(stage=Stage.CONVERT, done=5, total=10, unit="s", seconds_left=3))
            bars.note("Look here.")
            bars.report(Progress(stage=Stage.CONVERT, done=10, total=10, unit="s"))
            bars.report(Progress(stage=Stage.MAKE, note="2 tasks ahead"))
            if broken:
                raise KeyError
    except KeyError:
        pass
    return stream.getvalue()


def test_bars__on_a_terminal() -> None:
    text = drawn(calm=False)

    assert "Converting   [############------------]  50%  5.0/10.0 s  3 s left" in text
    assert "Making       [························] 2 tasks ahead" in text
    assert text.count("\n") == 3


def test_bars__calm_without_a_terminal() -> None:
    assert drawn(calm=True).splitlines() == [
        "Converting …",
        "Look here.",
        "Converting: done after 1.0 s",
        "Making …",
        "Making: done after 1.0 s",
    ]


def test_bars__do_not_call_done_what_was_broken_off() -> None:
    assert drawn(calm=True, broken=True).splitlines()[-1] == "Making: broken off after 1.0 s"


def test_bars__quiet() -> None:
    assert drawn(calm=False, quiet=True) == ""


@pytest.mark.parametrize("ratio, filled", [(0.0, 0), (0.5, 12), (1.0, 24)])
def test_bar__is_as_long_as_what_is_done(ratio: float, filled: int) -> None:
    assert bar(ratio).count("#") == filled
