"""The two ways in which the service says no: to a request at once, and to a task after it was accepted."""

from __future__ import annotations

from redub.rehearsal.codes import ERROR_NAMES, InterfaceCode


class Refusal(Exception):
    """A request is refused: nothing was made.

    :ivar status: the HTTP status; business errors are 200, as the service has them
    :ivar retry_after: seconds in a Retry-After header, None for no such header
    """

    def __init__(self, code: int, text: str, *, status: int = 200, retry_after: int | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.status = status
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        """Return Header.Message: "ErrName:text"."""
        name = ERROR_NAMES[InterfaceCode(self.code)] if self.code in set(InterfaceCode) else "Error"
        return f"{name}:{self.text}"


class JobFailed(Exception):
    """An accepted task cannot be finished: Status FAIL with `code` and `text` (FailCode, FailMessage)."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class Stopped(Exception):
    """The service is being stopped: the job is left as it is and begins again at the next start."""
