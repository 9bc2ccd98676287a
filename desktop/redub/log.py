"""The program's log: a rotating file in the logs folder, with every secret taken out before it is written.

Secrets are removed from the finished line, so that a message, its arguments and a traceback are covered alike.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
from pathlib import Path

from redub import paths

FILE_NAME = "redub.log"
_MEGABYTE = 1024 * 1024
_HIDDEN = "***"
_SECRET = (
    r"signature|access_?-?token|app_?-?key|secret_?-?(?:key|id)?|password|authorization"
    r"|x-(?:cos|amz)-security-token|x-amz-(?:signature|credential)|q-(?:signature|ak|sign-time|key-time)"
)
# signature=…, "accesstoken": "…", AccessToken='…' up to whatever ends the value in a URL, JSON or a repr.
_ASSIGNED = re.compile(
    rf"""(?i)((?<![\w-])(?:{_SECRET})["']?\s*[=:]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"'&,;)}}\]>]+"""
)
# The query of a presigned URL is one secret: which of its fields matter differs by service.
_PRESIGNED = re.compile(
    r"(?i)(https?://[^\s\"'<>?]+\?)(?=[^\s\"'<>]*(?:signature|q-ak|x-amz-|sign=))[^\s\"'<>]+"
)
_USERINFO = re.compile(r"(?i)(https?://)[^\s/@\"'<>]+@")


def without_secrets(text: str) -> str:
    """Return `text` with signatures, tokens, keys and presigned queries replaced by ***."""
    text = _PRESIGNED.sub(rf"\1{_HIDDEN}", text)
    text = _USERINFO.sub(rf"\1{_HIDDEN}@", text)
    return _ASSIGNED.sub(rf"\1{_HIDDEN}", text)


class SecretFreeFormatter(logging.Formatter):
    """Format a record and take the secrets out of the whole of it, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line of `record` without secrets."""
        return without_secrets(super().format(record))


def setup_logging(places: paths.Places, verbose: bool = False) -> None:
    """Log to a file in ``places.logs``, and with `verbose` everything to stderr as well.

    Where no log file can be written, warnings go to stderr: a full disk or a read-only home must not keep the program
    from starting. Calling it again replaces what the last call set up.
    """
    console = _dressed(logging.StreamHandler(sys.stderr), logging.DEBUG if verbose else logging.WARNING)
    try:
        file = _file_handler(places.logs)
    except OSError as fault:
        _install([console], verbose)
        logging.getLogger(__name__).warning("No log file can be written in %s: %s", places.logs, fault)
    else:
        _install([file, console] if verbose else [file], verbose)


def _install(handlers: list[logging.Handler], verbose: bool) -> None:
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler.formatter, SecretFreeFormatter)]:
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(
        logging.WARNING
    )  # the libraries' stories are not ours: httpx logs whole signed URLs at INFO
    logging.getLogger("redub").setLevel(logging.DEBUG if verbose else logging.INFO)


def _file_handler(folder: Path) -> logging.Handler:
    file = paths.ensure(folder) / FILE_NAME
    handler = logging.handlers.RotatingFileHandler(
        file, maxBytes=2 * _MEGABYTE, backupCount=3, encoding="utf-8"
    )
    return _dressed(handler, logging.DEBUG)


def _dressed(handler: logging.Handler, level: int) -> logging.Handler:
    handler.setLevel(level)
    handler.setFormatter(
        SecretFreeFormatter("%(asctime)s %(levelname)-7s %(name)s [%(threadName)s] %(message)s")
    )
    return handler
