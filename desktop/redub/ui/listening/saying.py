"""The words of the row that plays a script: how long it is, and how that fits the clip. No Qt."""

from __future__ import annotations

from redub.core.outputplan import segment
from redub.core.shot import DriverType
from redub.i18n import _
from redub.services.editing import ShotView

_NEARLY = 0.05


def clock(seconds: float) -> str:
    """Write a moment of a sound: 1:02.5."""
    minutes, rest = divmod(max(0.0, seconds), 60)
    return f"{int(minutes)}:{rest:04.1f}"


def length_words(view: ShotView) -> str:
    """Say how long the speech of the current take is, "" while nothing can be said."""
    if view.speech_seconds is None:
        return ""
    if view.speech_is_real or view.estimate is None:
        return _("{seconds} s").format(seconds=f"{view.speech_seconds:.1f}")
    low, high = round(view.estimate.low), round(view.estimate.high)
    if low == high:
        return _("about {seconds} s").format(seconds=high)
    return _("{low} to {high} s").format(low=low, high=high)


def fit_words(view: ShotView) -> str:
    """Say how the speech fits the part of the clip that is used, "" while that is not known."""
    room = segment_seconds(view)
    if view.speech_seconds is None or room is None or not view.plan:
        return ""
    times = view.speech_seconds / room
    longest = view.estimate.high if view.estimate is not None else view.speech_seconds
    if longest <= room + _NEARLY:
        return _("fits the segment")
    if times <= 1.0:
        return _("may not fit")
    return _("loops {times} times").format(times=f"{times:.1f}")


def needs_fit(view: ShotView) -> bool:
    """Say whether the speech of a script may go on after the first splice."""
    take = view.take
    room = segment_seconds(view)
    if take is None or take.driver is not DriverType.TEXT or room is None or view.speech_seconds is None:
        return False
    longest = view.estimate.high if view.estimate is not None else view.speech_seconds
    return longest > room + _NEARLY


def segment_seconds(view: ShotView) -> float | None:
    """Return the seconds of the clip that are used before it turns round or jumps, None without a clip."""
    if view.facts is None or view.facts.video is None or view.facts.duration <= 0:
        return None
    start, end = segment(view.facts.duration, view.shot.selection)
    return end - start
