"""What was really spoken teaches how long the rest will last."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from redub.core.checks import Knowledge
from redub.core.shot import Speech, Take
from redub.core.ssml import estimate
from redub.core.tasks import TaskRecord, TaskState
from redub.services.deriving import speech_length
from redub.services.lengths import Lengths
from redub.store import lengths as book

SPEECH = Speech(timbre_key="v1", language="en-US")
SCRIPT = "This is a script that is long enough to say something about the voice that speaks it."


async def test_learn__outlives_the_program(tmp_path: Path) -> None:
    first = Lengths(tmp_path)
    first.learn("china", SCRIPT, SPEECH, 7.5)
    await first.aclose()
    again = Lengths(tmp_path)
    await again.open()

    assert again.real("china", SCRIPT, SPEECH) == 7.5
    assert again.real("international", SCRIPT, SPEECH) is None
    assert again.calibration("china", SPEECH) is not None
    await again.aclose()


async def test_learn__the_same_script_counts_once(tmp_path: Path) -> None:
    known = Lengths(tmp_path)
    for seconds in (7.5, 7.5, 7.6, 7.5):
        known.learn("china", SCRIPT, SPEECH, seconds)
    await known.aclose()

    assert [len(ratios) for ratios in book.load(tmp_path / book.FILE_NAME).ratios.values()] == [1]


async def test_learn__moves_the_estimate_of_other_scripts(tmp_path: Path) -> None:
    known, other = Lengths(tmp_path), Take(id="o", name="O", script=SCRIPT + " And more.", speech=SPEECH)
    before = speech_length(other, Knowledge(), known, "china")
    for number in range(6):
        script = f"{SCRIPT} {'word ' * number}"
        known.learn("china", script, SPEECH, estimate.seconds(script).likely * 1.3)
    after = speech_length(other, Knowledge(), known, "china")
    await known.aclose()

    assert before is not None
    assert after is not None
    assert before.estimate is not None
    assert after.estimate is not None
    assert after.seconds / before.seconds == pytest.approx(1.3, abs=0.02)
    assert after.estimate.high - after.estimate.low < before.estimate.high - before.estimate.low


async def test_learn__the_very_same_take_is_measured(tmp_path: Path) -> None:
    known, take = Lengths(tmp_path), Take(id="o", name="O", script=SCRIPT, speech=SPEECH)
    known.learn("china", SCRIPT, SPEECH, 7.5)
    found = speech_length(take, Knowledge(), known, "china")
    await known.aclose()

    assert found is not None
    assert (found.seconds, found.is_real, found.estimate) == (7.5, True, None)


async def test_learn_from__a_finished_task(tmp_path: Path) -> None:
    known = Lengths(tmp_path)
    request = {
        "Header": {},
        "Payload": {
            "DriverType": "Text",
            "InputSsml": SCRIPT,
            "SpeechParam": {"Speed": 1.0, "TimbreKey": "v1", "TimbreLanguage": "en-US"},
        },
    }
    text = msgspec.json.encode(request).decode()
    known.learn_from(TaskRecord(id="1", state=TaskState.MADE, site="china", request=text, duration=8.25))
    known.learn_from(TaskRecord(id="2", state=TaskState.MADE, site="china", request="{}", duration=8.25))
    await known.aclose()

    assert known.real("china", SCRIPT, SPEECH) == 8.25


async def test_broken_file__counts_as_nothing_known(tmp_path: Path) -> None:
    (tmp_path / book.FILE_NAME).write_bytes(b"nonsense")
    known = Lengths(tmp_path)
    await known.open()

    assert known.real("china", SCRIPT, SPEECH) is None


def test_book__forgets_the_oldest() -> None:
    kept = book.LengthBook()
    for number in range(book.MOST_RATIOS + 5):
        book.note_ratio(kept, "v", str(number), 1.0)

    assert next(iter(kept.ratios["v"])) == "5"
    assert len(kept.ratios["v"]) == book.MOST_RATIOS
