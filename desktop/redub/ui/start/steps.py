"""The first steps: from the sample to a clip of the person's own to the account, as values."""

from __future__ import annotations

from dataclasses import dataclass

from redub.i18n import _

COUNT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to do next.

    :ivar number: which step it is, from 1 to `COUNT`
    :ivar ways: what can be pressed: the id of a command, and its words
    """

    number: int
    words: str
    ways: tuple[tuple[str, str], ...]


def step_now(*, is_sample: bool, has_clip: bool, has_rehearsed: bool, is_rehearsal: bool) -> Step | None:
    """Return the step that comes next, None when there is none: nothing is open, or everything is set up.

    :param has_rehearsed: something was made before, by the rehearsal or by a service
    :param is_rehearsal: takes are sent to the rehearsal service
    """
    if not has_clip or not is_rehearsal:
        return None
    own_clip = ("file.open_clip", _("Open your clip…"))
    if is_sample and not has_rehearsed:
        words = _(
            "This is the sample. Press Rehearse to see what comes out: it is made on this computer and costs nothing."
        )
        return Step(number=1, words=words, ways=(("take.make", _("Rehearse")), own_clip))
    if is_sample:
        words = _("Now a clip of your own: drop it here, or open it.")
        return Step(number=2, words=words, ways=(own_clip,))
    words = _(
        "Write and rehearse as often as you like. For the real voice and lips, set up your account at Tencent Cloud."
    )
    return Step(number=3, words=words, ways=(("service.account", _("Set up the account…")),))
