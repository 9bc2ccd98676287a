from __future__ import annotations

import pytest

from redub.core.ssml import estimate

SCRIPT = 'These are a good many words to be spoken here<break time="1s"/>, and some more of them.'


def test_seconds__pauses_are_not_calibrated() -> None:
    plain = estimate.seconds(SCRIPT)
    slow = estimate.seconds(SCRIPT, calibration=estimate.Calibration(1.5, 0.05))

    assert slow.likely - 1.0 == pytest.approx(1.5 * (plain.likely - 1.0))


def test_calibrated__nothing_is_known_at_first() -> None:
    assert estimate.calibrated(()) is None


def test_calibrated__one_odd_result_moves_half_as_far_and_many_settle_it() -> None:
    one, many = estimate.calibrated((1.4,)), estimate.calibrated((1.4,) * 8)

    assert one is not None
    assert many is not None
    assert one.ratio == pytest.approx(1.2)
    assert many.ratio == pytest.approx(1.4)
    assert many.spread < one.spread


def test_calibrated__an_outlier_hardly_matters() -> None:
    good, with_outlier = estimate.calibrated((1.1,) * 6), estimate.calibrated((*(1.1,) * 6, 2.4))

    assert good is not None
    assert with_outlier is not None
    assert with_outlier.ratio == pytest.approx(good.ratio, abs=0.02)


def test_calibrated__disagreement_widens_the_range() -> None:
    calm, wild = estimate.calibrated((1.0,) * 8), estimate.calibrated((0.8, 1.2) * 4)

    assert calm is not None
    assert wild is not None
    assert wild.spread > calm.spread


def test_ratio_of__is_of_the_words_without_the_pauses() -> None:
    found = estimate.parts(SCRIPT, 1.2)

    assert estimate.ratio_of(SCRIPT, 1.2, "", found.spoken * 1.3 + found.pauses) == pytest.approx(1.3)


@pytest.mark.parametrize("script, real", [("Hi.", 3.0), (SCRIPT, 0.5), (SCRIPT, 90.0), (SCRIPT, 1.2)])
def test_ratio_of__what_says_nothing_about_the_voice(script: str, real: float) -> None:
    assert estimate.ratio_of(script, 1.0, "", real) is None
