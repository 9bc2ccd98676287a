"""The one road to the person: anything that has something to say posts a `Notice`, one stack shows it."""

from __future__ import annotations

from redub.ui.notices.notice import Notice, NoticeAction, NoticeLevel, from_error
from redub.ui.notices.outlet import Notices
from redub.ui.notices.stack import NoticeStack

__all__ = ["Notice", "NoticeAction", "NoticeLevel", "NoticeStack", "Notices", "from_error"]
