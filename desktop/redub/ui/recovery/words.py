"""A draft in words: when it was changed, what it holds, what of it is not in its file."""

from __future__ import annotations

from redub.core.shot import Shot
from redub.core.shotwords import Part, differences, spoken_signs
from redub.i18n import _, ngettext
from redub.services.drafting import Draft

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def ago(seconds: float) -> str:
    """Say how long ago something was."""
    if seconds < _MINUTE:
        return _("a moment ago")
    for unit, one, many in (
        (_DAY, "{n} day ago", "{n} days ago"),
        (_HOUR, "{n} hour ago", "{n} hours ago"),
        (_MINUTE, "{n} minute ago", "{n} minutes ago"),
    ):
        if seconds >= unit:
            count = int(seconds // unit)
            return ngettext(one, many, count).format(n=count)
    return ""


def headline(draft: Draft, now: float) -> str:
    """Say when a draft was changed last, and by which step."""
    when = ago(now - draft.changed)
    if not draft.label:
        return _("Changed {when}").format(when=when)
    return _("Changed {when}, last by “{step}”").format(when=when, step=draft.label)


def contents(shot: Shot) -> str:
    """Say what a shot holds."""
    takes, stills, signs = len(shot.takes), len(shot.still_intervals), spoken_signs(shot)
    parts = [
        ngettext("{n} take", "{n} takes", takes).format(n=takes),
        ngettext("{n} character of script", "{n} characters of script", signs).format(n=signs),
    ]
    if stills:
        parts.append(ngettext("{n} still interval", "{n} still intervals", stills).format(n=stills))
    return ", ".join(parts)


def not_in_file(saved: Shot | None, shot: Shot) -> str:
    """Say what of `shot` differs from what is saved; `saved` is None where it was never saved or is gone."""
    if saved is None:
        return _("It was never saved, or its file is gone.")
    names = [_name(part) for part in differences(saved, shot)]
    if not names:
        return _("Nothing differs from its file.")
    return _("Not in its file: {parts}.").format(parts=", ".join(names))


def _name(part: Part) -> str:
    kind, take = part
    return {
        "reference": _("the reference clip"),
        "segment": _("the segment"),
        "stills": _("the still intervals"),
        "letters": _("the letters"),
        "take": _("the take “{name}”").format(name=take),
        "added": _("the new take “{name}”").format(name=take),
        "removed": _("the take “{name}” is removed").format(name=take),
    }[kind]
