"""Which Qt draws the window: asked of the library itself."""

from __future__ import annotations

from redub.services.whatruns import Window


def qt_version() -> Window | None:
    """Return the versions of Qt and of its binding, None where they cannot be loaded."""
    try:
        import PySide6
        from PySide6.QtCore import qVersion
    except ImportError:
        return None
    return Window(qVersion(), PySide6.__version__)
