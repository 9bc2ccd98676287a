"""Which kind of reading a text wants."""

from __future__ import annotations

import pytest

from redub.core.ssml.sayas import fits, likely_kind
from redub.core.ssml.vocabulary import SAY_AS_KINDS


@pytest.mark.parametrize(
    "text, kind",
    [
        ("2025-03-08", "date"),
        ("5:30am", "time"),
        ("12.50RMB", "currency"),
        ("$12", "currency"),
        ("12元", "currency"),
        ("120.56cm²", "measure"),
        ("10,000", "cardinal"),
        ("0755-86013388", "telephone"),
        ("ABC-12", "characters"),
        ("", ""),
    ],
)
def test_likely_kind(text: str, kind: str) -> None:
    assert likely_kind(text) == kind


@pytest.mark.parametrize("kind", list(SAY_AS_KINDS))
def test_fits__the_example_of_each_kind_fits_it(kind: str) -> None:
    assert fits(kind, SAY_AS_KINDS[kind].example)
