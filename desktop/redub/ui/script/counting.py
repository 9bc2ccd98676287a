"""The counters under the script: how much of the limit is used, and how long it takes to say."""

from __future__ import annotations

from dataclasses import dataclass

from redub.core.limits import SiteLimits
from redub.core.shot import Take
from redub.core.ssml.document import spoken_count, whole_count
from redub.core.ssml.estimate import seconds
from redub.i18n import _
from redub.services.editing import ShotView


@dataclass(frozen=True, slots=True)
class Counters:
    """What is written under the script.

    :ivar wrong: a limit is broken; `too_long` is the upper one, which splitting the script mends
    """

    words: str
    tip: str
    wrong: bool
    too_long: bool


def counters(view: ShotView, take: Take, limits: SiteLimits) -> Counters:
    """Count `take`; a measured length replaces the estimate."""
    limit = limits["script.length"]
    whole, spoken = whole_count(take.script), spoken_count(take.script)
    most = int(limit.high or 0)
    too_long = limit.too_high(whole)
    wrong = too_long or (spoken > 0 and limit.too_low(spoken))
    tip = _("{rule} With its marks this script has {whole}; {spoken} of them are heard.").format(
        rule=limit.rule, whole=whole, spoken=spoken
    )
    parts = [f"{whole}/{most}", _("{n} spoken").format(n=spoken)]
    length = _length(view, take)
    if length:
        parts.append(length)
    return Counters(" · ".join(parts), tip, wrong, too_long)


def _length(view: ShotView, take: Take) -> str:
    if not take.script.strip():
        return ""
    if view.speech_is_real and view.speech_seconds is not None:
        return _("{seconds} s").format(seconds=f"{view.speech_seconds:.1f}")
    guess = view.estimate or seconds(take.script, take.speech.speed, take.speech.language or "")
    low, high = round(guess.low), round(guess.high)
    if low == high:
        return _("about {seconds} s").format(seconds=high)
    return _("{low} to {high} s").format(low=low, high=high)
