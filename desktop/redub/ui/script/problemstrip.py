"""The strip under the script: the first problem in a sentence, a button that fixes it, and steps to the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from redub.core.findings import Level
from redub.core.ssml.problems import Problem
from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.words import Sign, label

_SIGNS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "info"}


class ProblemStrip(QWidget):
    """Signals: `shown` with the problem that the creator went to, `fix_wanted` with the one to fix."""

    shown = Signal(object)
    fix_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: Sequence[Problem] = ()
        self._at = 0
        self._went = False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self._sign = Sign("error", "error", 14)
        self._words = label("", "caption", wrap=True)
        self._fix = push_button(_("Fix"), self.fix, role="small")
        self._count = label("", "caption")
        self._previous = tool_button("chevron-up", _("Previous problem (Shift+F8)"), lambda: self.step(-1))
        self._next = tool_button("chevron-down", _("Next problem (F8)"), lambda: self.step(1))
        for widget in (self._sign, self._words, self._fix, self._count, self._previous, self._next):
            line.addWidget(widget, 1 if widget is self._words else 0)
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """Return the problem that is shown."""
        return self._problems[self._at] if self._problems else None

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show the problem that was gone to, else the worst of `problems`; nothing when there are none."""
        shown = self.problem
        order = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
        self._problems = sorted(problems, key=lambda one: (order[one.level], one.start))
        same = [place for place, one in enumerate(self._problems) if self._went and _is_same(one, shown)]
        self._went = bool(same)
        self._at = same[0] if same else 0
        self.setVisible(bool(self._problems))
        self._say()

    def step(self, by: int) -> None:
        """Go to the next problem (1) or the one before (-1) in the order of the script, round and round."""
        if not self._problems:
            return
        ordered = sorted(self._problems, key=lambda one: (one.start, one.end))
        place = ordered.index(self._problems[self._at])
        # The first step goes to the problem that is shown, the next ones from there.
        target = ordered[(place + by) % len(ordered)] if self._went else ordered[place]
        self._went = True
        self._at = list(self._problems).index(target)
        self._say()
        self.shown.emit(target)

    def fix(self) -> None:
        """Ask for the fix of the problem that is shown, when there is one."""
        if self.problem is not None and self.problem.replacement is not None:
            self.fix_wanted.emit(self.problem)

    def _say(self) -> None:
        problem = self.problem
        if problem is None:
            return
        self._sign.show_icon(_SIGNS[problem.level], _SIGNS[problem.level])
        self._words.setText(f"{problem.message} {problem.fix}")
        self._fix.setVisible(problem.replacement is not None)
        several = len(self._problems) > 1
        self._count.setText(f"{self._at + 1}/{len(self._problems)}" if several else "")
        self._next.setVisible(several)
        self._previous.setVisible(several)


def _is_same(one: Problem, other: Problem | None) -> bool:
    return other is not None and (one.code, one.message) == (other.code, other.message)
