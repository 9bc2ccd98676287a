"""Lead a person from the sample to a clip of his own to the account; skipped at any time, found again under Help."""

from __future__ import annotations

from redub.i18n import _
from redub.ui.start import StartHint
from redub.ui.start.steps import step_now
from redub.ui.verbs.tools import Tools
from redub.ui.window import WindowMemory


class FirstSteps:
    """The guide of one window."""

    def __init__(self, tools: Tools, hint: StartHint, memory: WindowMemory) -> None:
        self._tools, self._hint, self._memory = tools, hint, memory
        self._is_on = False

    def begin(self, *, shown: bool) -> None:
        """Lead from now on, unless the person has skipped it before or it is not to be `shown` in this run."""
        self._is_on = shown and not self._memory.hint_is_closed
        self.show()

    def show(self, *_news: object) -> None:
        """Show the step that comes next."""
        tools = self._tools
        step = step_now(
            is_sample=tools.is_sample,
            has_clip=tools.editing.view.shot.reference is not None,
            has_rehearsed=bool(tools.feed.records),
            is_rehearsal=tools.site == "rehearsal",
        )
        self._hint.show_step(step if self._is_on else None)

    def skip(self) -> None:
        """Put the steps away for good."""
        self._is_on = False
        self._memory.keep_hint(closed=True)
        self.show()

    def show_again(self) -> None:
        """Bring the steps back; say so when none is left."""
        self._is_on = True
        self._memory.keep_hint(closed=False)
        self.show()
        if self._hint.isHidden():
            self._tools.say(
                _("You have made all first steps."),
                _("File > Open the sample begins anew with the rehearsal service."),
                replace="first steps",
            )
