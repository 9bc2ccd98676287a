"""Is this file what was ordered? It is decoded from end to end, and compared with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from redub.core.errors import UserError
from redub.core.shot import DriverType
from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.media.subtitles import parse_srt
from redub.media.verify import Verified, verify_video
from redub.services.fingerprints import sha256_of
from redub.services.threads import Stopped
from redub.store.files import disk_errors

SLACK_SECONDS = 0.5
SLACK_RATIO = 0.02
RATE_SLACK = 0.01
_LARGEST_SRT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found about a result.

    :ivar video: what came out while everything was decoded
    :ivar sha256: hash of the file, `size` its bytes
    :ivar cues: subtitles in the SRT, or None when there is none
    :ivar last_cue: when the last of them ends, in seconds
    :ivar remark: what is different from the plan although it is no fault, or ""
    """

    video: Verified
    sha256: str = ""
    size: int | None = None
    cues: int | None = None
    last_cue: float = 0.0
    remark: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what was checked, one thing a line."""
        said = [_("Every picture and every sound was decoded: {what}.").format(what=self.video)]
        if self.cues is not None:
            said.append(
                _("{n} subtitles, the last one ends at {end:.2f} s.").format(n=self.cues, end=self.last_cue)
            )
        return tuple(said + ([self.remark] if self.remark else []))


def check_video(path: Path, record: TaskRecord, stopped: Stopped) -> Checked:
    """Decode the video at `path` and compare its length; blocks.

    The service's own Duration decides. The plan, where the speech was measured, counts only without it.

    :raises UserError: it cannot be played to its end, or is not as long as it must be
    """
    planned = record.expected_seconds if _is_measured(record) else None
    expected = record.duration or planned
    tolerance = max(SLACK_SECONDS, SLACK_RATIO * (expected or 0))
    found = verify_video(path, expected_seconds=expected, tolerance=tolerance, cancelled=stopped)
    remarks = []
    if planned is not None and abs(found.duration - planned) > tolerance:
        said = _("The plan said {planned:.2f} s; the service made {made:.2f} s.")
        remarks.append(said.format(planned=planned, made=found.duration))
    remarks.extend(_differences(found, record))
    with disk_errors(path, "could not be read"):
        size = path.stat().st_size
    return Checked(video=found, sha256=sha256_of(path, stopped), size=size, remark=" ".join(remarks))


def _differences(found: Verified, record: TaskRecord) -> list[str]:
    """Say where size and rate of the pictures differ from the plan; that is worth a word, and no fault."""
    remarks = []
    planned = (record.expected_width, record.expected_height)
    if None not in planned and planned != (found.width, found.height):
        said = _("The plan said {width}x{height} pixels; the service made {made_width}x{made_height}.")
        remarks.append(
            said.format(width=planned[0], height=planned[1], made_width=found.width, made_height=found.height)
        )
    rate = record.expected_rate
    if rate and abs(found.frame_rate - rate) > RATE_SLACK * rate:
        said = _("The plan said {rate:g} pictures a second; the service made {made:g}.")
        remarks.append(said.format(rate=round(rate, 3), made=round(found.frame_rate, 3)))
    return remarks


def check_subtitles(path: Path) -> tuple[int, float]:
    """Return how many subtitles the file has and when the last one ends; blocks.

    :raises UserError: it is no SRT file
    :raises OSError: it cannot be read
    """
    if path.stat().st_size > _LARGEST_SRT:
        raise UserError(_("The subtitles are not subtitles."), why=_("The file is far too large."))
    cues = parse_srt(path.read_bytes().decode("utf-8", errors="replace"))
    return len(cues), max((cue.end for cue in cues), default=0.0)


class _Payload(msgspec.Struct):
    DriverType: str = ""


class _Request(msgspec.Struct):
    Payload: _Payload = msgspec.field(default_factory=_Payload)


def _is_measured(record: TaskRecord) -> bool:
    """Say whether the expected length comes from a recording; that of a script is an estimate only."""
    try:
        request = msgspec.json.decode(record.request, type=_Request)
    except msgspec.MsgspecError:
        return False
    return request.Payload.DriverType == DriverType.ORIGINAL_VOICE.value
