"""What the result strip says in words: what the result is like, what is on screen at a moment, what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redub.core.outputplan import OutputPlan
from redub.core.splice import MeasuredSplice, Visibility
from redub.i18n import _, ngettext
from redub.media.wordtimes import Word
from redub.services.editing import ShotView
from redub.services.prediction import words_left_as_filmed

_SILENT_END = 0.05
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class ResultNotes:
    """What is known of a result beyond its plan: the words with their times, the measured splices."""

    words: tuple[Word, ...] = ()
    splices: tuple[MeasuredSplice, ...] = ()

    @property
    def speech_end(self) -> float | None:
        """Return when the last word ends, None while the words are not known."""
        return self.words[-1].end if self.words else None

    def splice_near(self, out_time: float, reach: float) -> MeasuredSplice | None:
        """Return the splice within `reach` seconds of `out_time`, or None."""
        near = [one for one in self.splices if abs(one.splice.out_time - out_time) <= reach]
        return min(near, key=lambda one: abs(one.splice.out_time - out_time), default=None)

    def words_at(self, low: float, high: float) -> tuple[Word, ...]:
        """Return the words that are spoken between `low` and `high`, wholly or in part."""
        return tuple(word for word in self.words if word.start < high and word.end > low)


def visibility_words(visibility: Visibility) -> str:
    """Return how much of a splice is seen."""
    return {
        Visibility.HARDLY: _("hardly visible"),
        Visibility.SMALL: _("a small jump"),
        Visibility.VISIBLE: _("a visible jump"),
    }[visibility]


def splice_words(one: MeasuredSplice) -> str:
    """Return what was measured at a splice."""
    return _(
        "splice at {seconds} s: {visibility} (position {shift} %, light {light} %, pose {change} %)"
    ).format(
        seconds=f"{one.splice.out_time:.2f}",
        visibility=visibility_words(one.jump.visibility),
        shift=f"{one.jump.shift * 100:.1f}",
        light=f"{one.jump.light * 100:.1f}",
        change=f"{one.jump.change * 100:.0f}",
    )


def summary(view: ShotView, notes: ResultNotes) -> str:
    """Return what the result is like, or what is missing for one."""
    plan = view.plan
    if plan is None:
        if view.shot.reference is None:
            return _("The result is drawn here once there is a clip and something to say.")
        if view.facts is None:
            return _("The result is drawn here as soon as the clip can be read.")
        if view.facts.video is None:
            return _("The result is drawn here once there is a clip with a picture.")
        return _("The result is drawn here as soon as the take has something to say.")
    length = _("{seconds} s") if view.speech_is_real else _("about {seconds} s")
    parts = [
        length.format(seconds=f"{plan.duration:.1f}"),
        _("{rate} frames a second").format(rate=f"{plan.fps:g}"),
        f"{plan.width} × {plan.height}",
        _count_of_splices(plan, notes),
        _("measured length") if view.speech_is_real else _("estimated length"),
    ]
    if plan.assumptions:
        count = len(plan.assumptions)
        parts.append(ngettext("{count} assumption", "{count} assumptions", count).format(count=count))
    return " · ".join([*parts, *_about_words(plan, notes)])


def _count_of_splices(plan: OutputPlan, notes: ResultNotes) -> str:
    count = len(plan.splices())
    if not count:
        return _("no splice")
    said = ngettext("{count} splice", "{count} splices", count).format(count=count)
    if not notes.splices:
        return said
    worst = max(one.jump.visibility for one in notes.splices)
    return f"{said}, {visibility_words(worst)}"


def _about_words(plan: OutputPlan, notes: ResultNotes) -> list[str]:
    parts = []
    end = notes.speech_end
    if end is not None and plan.duration - end > _SILENT_END:
        parts.append(_("speech ends at {seconds} s").format(seconds=f"{end:.2f}"))
    count = len(words_left_as_filmed(plan, notes.words))
    if count:
        said = ngettext("{count} word with lips as filmed", "{count} words with lips as filmed", count)
        parts.append(said.format(count=count))
    return parts


def here(plan: OutputPlan, out_time: float, notes: ResultNotes, reach: float) -> str:
    """Return what is on screen at `out_time`; a splice within `reach` seconds comes first."""
    splice = notes.splice_near(out_time, reach)
    if splice is not None:
        return splice_words(splice)
    span = plan.span_at(out_time)
    parts = [
        _("at {out} s of the result").format(out=f"{out_time:.2f}"),
        _("the picture at {seconds} s").format(seconds=f"{plan.reference_time(out_time):.3f}"),
        _("forward") if span.direction > 0 else _("backward"),
    ]
    if span.still:
        said = quoted(notes.words_at(span.out_start, span.out_end))
        words = _("lips as filmed while {words} is said").format(words=said)
        parts.append(words if said else _("lips as filmed"))
    elif notes.speech_end is not None and out_time > notes.speech_end:
        parts.append(_("after the last word"))
    return " · ".join(parts)


def quoted(words: Sequence[Word]) -> str:
    """Return words as they are said, in quotation marks and at most eight; "" for none."""
    if not words:
        return ""
    shown = " ".join(word.text for word in words[:_MOST_WORDS])
    return _("“{words}”").format(words=shown + ("…" if len(words) > _MOST_WORDS else ""))


def hint(plan: OutputPlan | None, notes: ResultNotes) -> str:
    """Return the sentences that stand behind the strip: what is assumed, which words fall into still parts."""
    if plan is None:
        return ""
    lines = []
    if plan.assumptions:
        lines.append(_("What is assumed, because the service does not say it:"))
        lines.extend(f"• {sentence}" for sentence in plan.assumptions)
    silent = quoted(words_left_as_filmed(plan, notes.words))
    if silent:
        lines.append(_("The lips stay as filmed while {words} is said.").format(words=silent))
    return "\n".join(lines)
