"""How long jobs of a length took, from history."""

from __future__ import annotations

import pytest

from redub.core.experience import Job, usual


def test_usual__is_the_range_of_jobs_about_as_long() -> None:
    jobs = [Job(30, 240 + 18 * number) for number in range(11)] + [Job(3, 5), Job(600, 9000)]

    found = usual(jobs, 28)

    assert found is not None
    assert [found.low, found.high] == pytest.approx([258, 402])
    assert found.count == 11


@pytest.mark.parametrize("length", [None, 0.0, -1.0, 500.0])
def test_usual__says_nothing_without_experience(length: float | None) -> None:
    assert usual([Job(30, 100), Job(31, 100), Job(30, 0), Job(31, 90)], length) is None


def test_usual__two_jobs_are_no_experience() -> None:
    assert usual([Job(30, 100), Job(31, 110)], 30) is None
    assert usual([Job(30, 100), Job(31, 110), Job(29, 120)], 30) is not None
