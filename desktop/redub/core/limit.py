"""One rule of the service, as a row of the table of limits."""

from __future__ import annotations

from dataclasses import dataclass

from redub.core.shot import ConcurrencyType

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE

PAGE = "Video Production API - No Training Video"
SSML_PAGE = "Digital Human SSML Markup Language Specification"
TIMBRES_PAGE = "Paginated Query Timbre List"
FAQ = "FAQs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One rule.

    :ivar key: its name in the checks
    :ivar field: the API page's field
    :ivar rule: what the page says, in the creator's words
    :ivar said: what the page says, in its own
    :ivar low: the lowest value that is accepted, or None
    :ivar high: the highest value that is accepted, or None
    :ivar exclusive_high: the highest value with ConcurrencyType Exclusive, where that differs
    :ivar unit: "s", "ms", "px", "bytes", "characters", "intervals", "kbps", "fps", "days" or ""
    :ivar values: the only words that are accepted, () where it is no matter of words
    :ivar below: `high` itself is already too much ("less than")
    :ivar above: `low` itself is not yet enough ("greater than")
    :ivar source: the page that says it
    """

    key: str
    field: str
    rule: str
    said: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    exclusive_high: float | None = None
    values: tuple[str, ...] = ()
    below: bool = False
    above: bool = False
    source: str = PAGE

    @property
    def has_numbers(self) -> bool:
        """Say whether the rule is a matter of numbers."""
        return self.low is not None or self.high is not None

    def highest(self, concurrency: ConcurrencyType | None) -> float | None:
        """Return the upper limit under `concurrency`."""
        if concurrency is ConcurrencyType.EXCLUSIVE and self.exclusive_high is not None:
            return self.exclusive_high
        return self.high

    def too_low(self, value: float) -> bool:
        """Say whether `value` lies under the limit."""
        return self.low is not None and (value <= self.low if self.above else value < self.low)

    def too_high(self, value: float, concurrency: ConcurrencyType | None = None) -> bool:
        """Say whether `value` lies over the limit."""
        high = self.highest(concurrency)
        return high is not None and (value >= high if self.below else value > high)
