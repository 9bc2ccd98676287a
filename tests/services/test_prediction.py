from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.core.outputplan import Footage, plan_output
from redub.core.shot import (
    DriverType,
    Options,
    Selection,
    Shot,
    Source,
    Speech,
    StillInterval,
    Take,
)
from redub.core.timbre import Gender, Timbre
from redub.media.plainsound import write_wav
from redub.media.probe import probe
from redub.media.speech import Speaker, Spoken
from redub.media.wordtimes import Word
from redub.services.deriving import plan_of
from redub.services.editing import ShotView
from redub.services.prediction import Predictions, nearest_voice, words_left_as_filmed
from support.clips import ClipFactory


def view_of(clip: Path, **fields: object) -> ShotView:
    take = Take(id="t", name="1", **fields)  # type: ignore[arg-type]  # fields of Take
    shot = Shot(reference=Source(path=str(clip)), takes=(take,))
    facts = probe(clip)
    return ShotView(shot=shot, take_id="t", facts=facts, plan=plan_of(shot, take, facts, 9.0))


@pytest.mark.parametrize(
    "speech, script, timbre, language, man",
    [
        (Speech(timbre_key="female_3"), "你好", None, "zh-CN", False),
        (Speech(timbre_key="male_2", language="en-US"), "Hello", None, "en-US", True),
        (Speech(timbre_key="mine_male"), "Hello", None, "en-US", True),
        (Speech(timbre_key="mine"), "你好", None, "zh-CN", False),
        (Speech(timbre_key="mine", language="de-AT"), "Hallo", None, "de-DE", False),
        (Speech(timbre_key="mine", language="xx-XX"), "?", None, "en-US", False),
        (
            Speech(timbre_key="v"),
            "Hi",
            Timbre(key="v", gender=Gender.MALE, languages=("fr-FR",)),
            "fr-FR",
            True,
        ),
    ],
)
def test_nearest_voice__by_language_then_by_gender(
    speech: Speech, script: str, timbre: Timbre | None, language: str, man: bool
) -> None:
    voice = nearest_voice(Speaker(), speech, script, timbre)

    assert (voice.language, voice.gender.name == "MALE") == (language, man)


def test_prepare__speaks_and_plans_with_the_true_length(tmp_path: Path, clip_factory: ClipFactory) -> None:
    predictions = Predictions(tmp_path / "spoken")
    view = view_of(clip_factory(), script="Hello there, this is it.", speech=Speech(timbre_key="mine"))

    before = predictions.complete(view)
    prediction = predictions.prepare(view)
    after = predictions.complete(view)

    assert before is view
    assert after.speech_is_real
    assert after.plan == prediction.plan
    assert 0.5 < prediction.plan.duration < 6.0
    assert [word.text for word in prediction.words] == ["Hello", "there", "this", "is", "it"]
    assert "rehearsal voice" in prediction.plan.assumptions[-1]
    assert prediction.sound.exists()


def test_prepare__the_same_words_are_spoken_once(tmp_path: Path, clip_factory: ClipFactory) -> None:
    predictions = Predictions(tmp_path / "spoken")
    view = view_of(clip_factory(), script="Hello.")

    first, second = predictions.prepare(view), predictions.prepare(view)

    assert first == second
    predictions.close()
    assert list((tmp_path / "spoken").iterdir()) == []


def test_complete__another_script_is_estimated_again(tmp_path: Path, clip_factory: ClipFactory) -> None:
    predictions = Predictions(tmp_path / "spoken")
    view = view_of(clip_factory(), script="Hello.")
    predictions.prepare(view)
    take = replace(view.shot.takes[0], script="Hello again.")
    changed = replace(view, shot=view.shot.with_take(take))

    assert predictions.complete(changed) is changed
    assert predictions.words(changed) == ()
    assert len(predictions.words(view)) == 1


def test_prepare__a_recording_is_the_voice_as_wav(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=2.0)
    view = view_of(clip, driver=DriverType.ORIGINAL_VOICE, recording=Source(path=str(clip)))
    view = replace(view, plan=plan_of(view.shot, view.take, view.facts, 2.0))  # type: ignore[arg-type]  # both are there
    predictions = Predictions(tmp_path / "spoken")

    made, again = predictions.prepare(view), predictions.prepare(view)

    sound = probe(made.sound)
    assert (made.plan, made.words) == (view.plan, ())
    assert sound.container == "wav"
    assert sound.duration == pytest.approx(2.0, abs=0.05)
    assert again.sound == made.sound
    predictions.close()
    assert not made.sound.exists()


def test_prepare__a_recording_that_is_wav__is_played_itself(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(seconds=2.0)
    wav = write_wav(clip, tmp_path / "voice.wav")
    view = view_of(clip, driver=DriverType.ORIGINAL_VOICE, recording=Source(path=str(wav)))
    view = replace(view, plan=plan_of(view.shot, view.take, view.facts, 2.0))  # type: ignore[arg-type]  # both are there
    predictions = Predictions(tmp_path / "spoken")

    assert predictions.prepare(view).sound == wav
    predictions.close()
    assert wav.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"driver": DriverType.ORIGINAL_VOICE, "recording": Source(url="https://a.example/b.wav")},
        {"driver": DriverType.ORIGINAL_VOICE},
        {"script": "   "},
    ],
)
def test_prepare__what_is_missing_is_said(
    tmp_path: Path, clip_factory: ClipFactory, fields: dict[str, object]
) -> None:
    with pytest.raises(UserError) as heard:
        Predictions(tmp_path).prepare(view_of(clip_factory(), **fields))

    assert heard.value.next_step


def test_prepare__without_a_clip_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Predictions(tmp_path).prepare(ShotView(shot=Shot()))


def test_words_left_as_filmed__in_every_occurrence() -> None:
    footage = Footage(duration=2.0, width=320, height=240, fps=25)
    plan = plan_output(footage, Selection(), (StillInterval(0.5, 1.0),), Options(), 4.0)
    words = [Word(str(n), n / 2, n / 2 + 0.4) for n in range(8)]

    assert [word.text for word in words_left_as_filmed(plan, words)] == ["1", "6"]


def test_prepare__speaks_with_the_service_s_voice_once_that_was_heard(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    predictions = Predictions(tmp_path / "spoken")
    speech = Speech(timbre_key="mine")
    view = view_of(clip_factory(), script="Hello there.", speech=speech)
    sound = write_wav(clip_factory(), tmp_path / "heard.wav")
    word = Word("Hello", 0.1, 0.5)

    predictions.take_heard("Hello there.", speech, Spoken(sound, 4.5, (word,)))
    prediction = predictions.prepare(view)

    assert (prediction.sound, prediction.plan.duration) == (sound, 4.5)
    assert predictions.words(view) == (word,)
    assert not any("rehearsal voice" in one for one in prediction.plan.assumptions)
    predictions.close()
    assert sound.exists()
