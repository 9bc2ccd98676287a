"""The account at Tencent Cloud: where it is, its appkey, its accesstoken."""

from __future__ import annotations

from redub.ui.account.dialog import AccountDialog, Entry

__all__ = ["AccountDialog", "Entry"]
