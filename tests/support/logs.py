"""A warning or error that the program logs fails the test, unless the test said that it expects it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@dataclass(slots=True)
class ExpectedLog:
    """What a test says it expects: ``expect_log("could not be read")``; several calls add up.

    A test that asks for the fixture and never calls it accepts every record.
    """

    patterns: list[str] = field(default_factory=list)

    def __call__(self, pattern: str) -> None:
        """Expect at least one record whose message matches `pattern` (re.search)."""
        self.patterns.append(pattern)

    def complaint(self, messages: list[str]) -> str:
        """Say what was logged without being expected, and what was expected and not logged."""
        unexpected = [text for text in messages if self.patterns and not self._matches(text)]
        missing = [each for each in self.patterns if not any(re.search(each, text) for text in messages)]
        lines = [f"logged, not expected: {text}" for text in unexpected]
        return "\n".join([*lines, *(f"expected, not logged: {each}" for each in missing)])

    def _matches(self, text: str) -> bool:
        return any(re.search(pattern, text) for pattern in self.patterns)


@pytest.fixture
def expect_log() -> ExpectedLog:
    """Let the test expect warnings and errors of the program's log."""
    return ExpectedLog()


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test when the program logged a warning or worse that nobody expected."""
    expected = request.getfixturevalue("expect_log") if "expect_log" in request.fixturenames else None
    handler = _Records()
    logger = logging.getLogger("redub")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    messages = [f"{each.levelname} {each.name}: {each.getMessage()}" for each in handler.records]
    complaint = expected.complaint(messages) if expected else "\n".join(messages)
    if complaint:
        pytest.fail(
            f"Unexpected log (use the expect_log fixture if it is meant):\n{complaint}", pytrace=False
        )
