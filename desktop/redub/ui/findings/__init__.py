"""The panel of findings: what stands in the way, what may disappoint, what has no effect, each with the way out."""

from __future__ import annotations

from redub.ui.findings.panel import FindingsPanel
from redub.ui.findings.remedies import remedy_edit, remedy_word

__all__ = ["FindingsPanel", "remedy_edit", "remedy_word"]
