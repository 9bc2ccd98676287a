"""A finding: one thing about a shot that the creator should know, with the way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters: an error would be refused, a warning may disappoint, an info explains."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Remedy(StrEnum):
    """The fixes that one click can apply; each is an edit or a job that exists."""

    NONE = ""
    CONVERT = "convert"
    ONLY_PART = "only_part"
    SEND_WHOLE = "send_whole"
    TRIM_SEGMENT = "trim_segment"
    LONGER_SEGMENT = "longer_segment"
    ORDER_STILLS = "order_stills"
    JOIN_STILLS = "join_stills"
    TRIM_STILLS = "trim_stills"
    SPLIT_SCRIPT = "split_script"
    SCALE_PHOTO = "scale_photo"
    COMPLETE_ADDRESS = "complete_address"
    CHOOSE_LANGUAGE = "choose_language"
    CHOOSE_PHOTO = "choose_photo"
    CHOOSE_LETTER = "choose_letter"
    CHOOSE_LETTER_VIDEO = "choose_letter_video"
    CLEAR_VOID = "clear_void"
    WHOLE_CLIP = "whole_clip"
    CHOOSE_CLIP = "choose_clip"
    RELINK = "relink"
    CHOOSE_RECORDING = "choose_recording"
    LEGAL_RECORDING = "legal_recording"
    CHOOSE_VOICE = "choose_voice"
    WRITE_SCRIPT = "write_script"
    CLAMP = "clamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    :ivar code: stable name for programs, such as "reference.codec"
    :ivar field: the API page's field that it is about, such as "RefVideoUrl" or "VideoParam.StartTime"
    :ivar message: what is so, and why it matters (the page's rule), in whole sentences
    :ivar fix: what to do about it, or ""
    :ivar remedy: what one click would do, or NONE
    :ivar take_id: the take it is about, or "" when it is about the whole shot
    """

    level: Level
    code: str
    field: str
    message: str
    fix: str = ""
    remedy: Remedy = Remedy.NONE
    take_id: str = ""


def acceptable(findings: tuple[Finding, ...]) -> bool:
    """Say whether nothing in `findings` would be refused."""
    return all(finding.level is not Level.ERROR for finding in findings)
