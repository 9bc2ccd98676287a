"""The composition root of the window: builds everything once, passes it on, runs the loop, and ends in order.

Start, in this order:

1.  Qt, the theme, the notices; from here on every uncaught error becomes a notice and a line of the log.
2.  The window with the panels that need no codecs. It is shown now, and takes keys.
3.  In a thread: codecs, network, services are imported and opened (`Workbench`).
4.  The panels that show and play media are put into their places.
5.  The shot, clip or sample is opened; unfinished tasks of an earlier run go on; the voices are asked for.

End, in this order: the window asks to be closed, unsaved changes are asked about, the window hides, the window's
work is cancelled and awaited, decoders end, the services close (what is under way there is written down and goes on
at the next start), the window goes, the loop ends.
"""

from __future__ import annotations

from redub.app.program import Program
from redub.app.running import application, main

__all__ = ["Program", "application", "main"]
