"""Choosing what the rehearsal service is to simulate."""

from redub.ui.simulating.dialog import SimulateDialog

__all__ = ["SimulateDialog"]
