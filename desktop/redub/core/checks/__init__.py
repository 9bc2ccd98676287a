"""Everything that the service would refuse, ignore or disappoint with, found before anything is sent."""

from redub.core.checks.knowledge import Knowledge, LetterFacts
from redub.core.checks.shot import check, check_clip, part_to_send

__all__ = ["Knowledge", "LetterFacts", "check", "check_clip", "part_to_send"]
