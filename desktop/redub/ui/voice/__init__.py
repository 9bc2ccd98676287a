"""The panel of the voice: which timbre speaks the script, how fast, how loud, in which mood and language."""

from __future__ import annotations

from redub.ui.voice.panel import VoicePanel

__all__ = ["VoicePanel"]
