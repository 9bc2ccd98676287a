"""What a row of the queue says, as words: no Qt."""

from __future__ import annotations

from pathlib import Path

from redub.core.jobs import OPEN, ConversionJob, Jobs, JobState, seconds_left
from redub.i18n import _, ngettext
from redub.ui.tasks.rows import left

SIGNS: dict[JobState, tuple[str, str]] = {
    JobState.WAITING: ("queue", "quiet"),
    JobState.RUNNING: ("making", "accent"),
    JobState.DONE: ("ok", "ok"),
    JobState.FAILED: ("error", "error"),
    JobState.STOPPED: ("stop", "quiet"),
}


def quiet_line(job: ConversionJob) -> str:
    """Say where a job stands, in one line."""
    if job.state is JobState.RUNNING:
        return _running(job)
    if job.state is JobState.WAITING:
        return " · ".join(part for part in (_("Waits"), _kind(job), _about(job)) if part)
    if job.state is JobState.DONE:
        place = _("in {folder}").format(folder=Path(job.result).parent) if job.folder else ""
        return " · ".join(part for part in (_("Done"), place, job.said) if part)
    return job.said or _("Stopped")


def state_word(state: JobState) -> str:
    """Say a state in a word or two."""
    return {
        JobState.WAITING: _("Waits"),
        JobState.RUNNING: _("Runs"),
        JobState.DONE: _("Done"),
        JobState.FAILED: _("Failed"),
        JobState.STOPPED: _("Stopped"),
    }[state]


def summary(jobs: Jobs, paused: bool) -> str:
    """Say how much there is to do, and for how long."""
    unfinished = [job for job in jobs if job.state in OPEN]
    if not unfinished:
        return ""
    many = len(unfinished)
    parts = [ngettext("{n} to do", "{n} to do", many).format(n=many), left(seconds_left(unfinished))]
    if paused:
        parts.append(_("paused"))
    return " · ".join(parts)


def _running(job: ConversionJob) -> str:
    progress = job.progress
    parts = [_kind(job)]
    if progress.ratio is not None:
        parts.append(f"{progress.ratio:.0%}")
    if progress.note:
        parts.append(progress.note)
    if progress.seconds_left is not None:
        parts.append(left(progress.seconds_left))
    return " · ".join(part for part in parts if part)


def _kind(job: ConversionJob) -> str:
    return {
        "remux": _("New container, frames as they are"),
        "audio_only": _("New sound, frames as they are"),
        "re_encode": _("Encoded anew"),
        "nothing": _("Nothing to do"),
    }.get(job.kind, "")


def _about(job: ConversionJob) -> str:
    return _("takes {time}").format(time=_rough(job.likely)) if job.likely > 0 else ""


def _rough(seconds: float) -> str:
    if seconds < 60:
        return _("{n} s").format(n=max(1, round(seconds)))
    return _("{n} min").format(n=round(seconds / 60))
