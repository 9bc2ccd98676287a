"""The two ways in which the service says no: to a request at once, and to a task after it was accepted."""

from __future__ import annotations

from redub.rehearsal.codes import ERROR_NAMES, FailCode, InterfaceCode


class Refusal(Exception):
    """A request is refused: nothing was made.

    :ivar status: the HTTP status; business errors are 200, as the service has them
    """

    def __init__(self, code: InterfaceCode, text: str, *, status: int = 200) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.status = status

    @property
    def message(self) -> str:
        """Return Header.Message: "ErrName:text"."""
        return f"{ERROR_NAMES[self.code]}:{self.text}"


class JobFailed(Exception):
    """An accepted task cannot be finished: Status FAIL with `code` and `text` (FailCode, FailMessage)."""

    def __init__(self, code: FailCode, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class Stopped(Exception):
    """The service is being stopped: the job is left as it is and begins again at the next start."""
