"""The one family of errors that reaches a person: what happened, why, and what to do next.

    RedubError
    ├── UserError          the input cannot be used as it is (a file, a script, an option)
    ├── EnvironmentFault   this machine cannot do it right now (disk, permission, a missing program)
    ├── CloudFault         the service or the way to it
    │   ├── Refused        the service answered with a code: nothing was made
    │   ├── Unreachable    nothing was sent; sending again is safe
    │   └── Unclear        something was sent and no answer with a code came back
    ├── TaskFailed         the service accepted a task and could not finish it
    └── Bug                our own mistake

Cancelling is not an error and has no class here. Foreign exceptions are mapped to these once, in the
adapter that knows them, with the cause kept (``raise … from exc``).
"""

from __future__ import annotations


class RedubError(Exception):
    """Say what went wrong, why, and what the creator can do next.

    :ivar what: one sentence on what did not happen
    :ivar why: one sentence on the reason, or ""
    :ivar next_step: one sentence on what to do, or ""
    :ivar detail: the original words of a program or service, for copying; never shown first
    """

    def __init__(self, what: str, *, why: str = "", next_step: str = "", detail: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.next_step = next_step
        self.detail = detail

    def __str__(self) -> str:
        """Join the sentences that a person reads; the detail is left out."""
        return " ".join(part for part in (self.what, self.why, self.next_step) if part)


class UserError(RedubError):
    """The input cannot be used as it is."""


class EnvironmentFault(RedubError):
    """This machine cannot do it right now; neither the creator's input nor the program is to blame."""


class CloudFault(RedubError):
    """The service, or the way to it.

    :ivar code: the service's code (Header.Code), or None where there was none
    :ivar retry_after: seconds that the service asked to wait, or None
    :ivar status: HTTP status of the answer, or None without one
    :ivar request_id: what the service's support finds the request by, or ""
    :ivar answer: what came back, word for word but without secrets, or ""
    """

    def __init__(
        self,
        what: str,
        *,
        why: str = "",
        next_step: str = "",
        detail: str = "",
        code: int | None = None,
        retry_after: float | None = None,
        status: int | None = None,
        request_id: str = "",
        answer: str = "",
    ) -> None:
        super().__init__(what, why=why, next_step=next_step, detail=detail)
        self.code = code
        self.retry_after = retry_after
        self.status = status
        self.request_id = request_id
        self.answer = answer


class Refused(CloudFault):
    """The service answered with a code that says that nothing was made."""


class Unreachable(CloudFault):
    """The service was not reached; nothing was sent, so sending again is safe."""


class Unclear(CloudFault):
    """Something was sent, and no answer that can be understood came back: it may have been made."""


class TaskFailed(RedubError):
    """The service accepted the task and could not finish it.

    :ivar fail_code: FailCode of the progress query (its own table, not Header.Code), or None
    """

    def __init__(
        self,
        what: str,
        *,
        why: str = "",
        next_step: str = "",
        detail: str = "",
        fail_code: int | None = None,
    ) -> None:
        super().__init__(what, why=why, next_step=next_step, detail=detail)
        self.fail_code = fail_code


class Bug(RedubError):
    """Our own mistake: reported as such, with the detail to copy."""
