"""Offering what was not saved when the program died."""

from redub.ui.recovery.dialog import RecoveryDialog

__all__ = ["RecoveryDialog"]
