from __future__ import annotations

import threading
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.ssml.examples import rubble, scripts
from redub.core.errors import EnvironmentFault, UserError
from redub.core.ssml.estimate import seconds
from redub.core.ssml.vocabulary import SAY_AS_KINDS
from redub.media.speech import Speaker, Spoken
from redub.media.voices import LocalVoice

ECHO = 0.08
"""Seconds: the voices have an echo, and espeak-ng ends now before it and now after it."""

ENGLISH = (
    "Good morning everyone, thank you for being here. My name is Anna and I work as a product manager. In the next few "
    "minutes I will tell you about our new camera: what it does, why we made it, and how you can try it at home."
)
CHINESE = (
    "各位来宾，女士们、先生们，大家上午好！感谢大家在百忙之中抽出时间参加今天的新品发布会。"
    "接下来，我将向大家介绍我们最新的产品。"
)


class Stage:
    """Speaks into one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.speaker = Speaker()

    def voice(self, key: str, language: str | None = None) -> LocalVoice:
        voice = self.speaker.voice_for(key, language)
        assert voice is not None
        return voice

    def say(
        self,
        ssml: str,
        key: str = "rehearsal_en_f1",
        *,
        speed: float = 1.0,
        volume: int = 0,
        emotion: str | None = None,
        intensity: int = 100,
    ) -> Spoken:
        target = self.folder / "spoken.wav"
        voice = self.voice(key)
        return self.speaker.speak(ssml, voice, speed, volume, target, emotion=emotion, intensity=intensity)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def _samples(path: Path) -> np.ndarray:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def _sounds(spoken: Spoken) -> str:
    return "".join(sound.ipa for sound in spoken.phonemes)


def _texts(spoken: Spoken) -> list[str]:
    return [word.text for word in spoken.words]


def test_speak__writes_a_whole_wav_and_nothing_else(stage: Stage) -> None:
    spoken = stage.say("Hello world.")

    assert len(_samples(spoken.path)) / spoken.rate == pytest.approx(spoken.duration)
    assert np.abs(_samples(spoken.path)).max() > 2000
    assert [file.name for file in stage.folder.iterdir() if file.is_file()] == ["spoken.wav"]


def test_speak__english_words_as_written_in_order(stage: Stage) -> None:
    ssml = 'Hello, "dear world". I am Dr. Smith\'s well-known friend: it costs $12.50, e.g. 25% more!'

    spoken = stage.say(ssml)

    assert "".join(word.before + word.text + word.after for word in spoken.words) == ssml
    assert _texts(spoken)[:6] == ["Hello", "dear", "world", "I", "am", "Dr"]
    assert {"Smith's", "well-known", "$12.50"} <= set(_texts(spoken))
    assert [ssml[word.source_start : word.source_end] for word in spoken.words] == _texts(spoken)
    _assert_in_order(spoken)
    assert spoken.sentences[0].text == 'Hello, "dear world".'


def _assert_in_order(spoken: Spoken) -> None:
    times = [time for word in spoken.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= spoken.duration + 0.001
    assert all(word.end > word.start for word in spoken.words)


@pytest.mark.parametrize("key", ["female_1", "rehearsal_zh_m1", "rehearsal_yue_f1"])
def test_speak__chinese_words_cover_the_text(stage: Stage, key: str) -> None:
    spoken = stage.say(CHINESE, key)

    assert "".join(word.before + word.text + word.after for word in spoken.words) == CHINESE
    assert [CHINESE[word.source_start : word.source_end] for word in spoken.words] == _texts(spoken)
    assert len(spoken.words) > 30
    assert len(spoken.sentences) == 3
    _assert_in_order(spoken)


def test_speak__chinese_and_english_on_one_clock(stage: Stage) -> None:
    spoken = stage.say("你好 world，我们用PySide6。在2026年，we say 再见。", "female_1")

    assert {"world", "PySide6", "we", "say"} <= set(_texts(spoken))
    assert "w ˈɜː l d".replace(" ", "") in _sounds(spoken)
    assert "2026" in _texts(spoken)
    # Not "two thousand" but èr líng …: the number belongs to the Chinese character behind it.
    assert "θˈaʊ" not in _sounds(spoken)
    _assert_in_order(spoken)


def test_speak__chinese_in_an_english_voice_is_not_spelled(stage: Stage) -> None:
    assert "lˌɛɾɚ" not in _sounds(stage.say("This is 你好 in Chinese."))


@pytest.mark.parametrize(
    "key, plain, paused",
    [
        ("rehearsal_en_f1", "Hello world, this is a test.", "Hello world, this is {} a test."),
        ("rehearsal_en_f1", "Hello world.", "Hello world{}."),
        ("rehearsal_en_f1", "Hello, world.", "Hello{}, world."),
        ("female_1", "今天天气很好，我们去公园。", "今天{}天气很好，我们去公园。"),
        ("female_1", "今天天气很好，我们去公园。", "今天天气很{}好，我们去公园。"),
        ("female_1", "我们用Python写", "我们用{}Python写"),
    ],
)
@pytest.mark.parametrize(
    "mark, length", [('<break time="700ms"/>', 0.7), ("<break strength='strong'/>", 1.0)]
)
def test_speak__a_pause_lasts_exactly(
    stage: Stage, key: str, plain: str, paused: str, mark: str, length: float
) -> None:
    without = stage.say(plain, key).duration

    spoken = stage.say(paused.format(mark), key)

    assert _longest_silence(spoken) >= length - 0.001
    assert spoken.duration - without == pytest.approx(length, abs=ECHO)
    _assert_in_order(spoken)


def _longest_silence(spoken: Spoken) -> float:
    """Return the seconds of the longest run of zeros: a pause is cut in as such."""
    loud = np.flatnonzero(_samples(spoken.path))
    edges = np.concatenate(([-1], loud, [round(spoken.duration * spoken.rate)]))
    return float((np.diff(edges) - 1).max()) / spoken.rate


def test_speak__a_pause_is_silence_between_its_words(stage: Stage) -> None:
    spoken = stage.say('Hello<break time="2s"/> world.')

    first, second = spoken.words
    samples = _samples(spoken.path)[round(first.end * spoken.rate) : round(second.start * spoken.rate)]
    assert second.start - first.end >= 2.0 - 0.001
    assert np.abs(samples).max() == 0


def test_speak__only_a_pause_is_silence(stage: Stage) -> None:
    spoken = stage.say('<break time="1s"/>')

    assert spoken.duration == pytest.approx(1.0, abs=0.02)
    assert spoken.words == ()


@pytest.mark.parametrize("ssml", ["", "   ", "<word></word>"])
def test_speak__nothing_to_say(stage: Stage, ssml: str) -> None:
    with pytest.raises(UserError, match="nothing to speak"):
        stage.say(ssml)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ssml=st.one_of(rubble, scripts), key=st.sampled_from(["female_1", "rehearsal_en_f1", "rehearsal_ja_m1"])
)
def test_speak__any_string_is_spoken_or_refused(stage: Stage, ssml: str, key: str) -> None:
    try:
        spoken = stage.say(ssml, key)
    except UserError:
        return

    assert all(0 <= word.start <= word.end <= spoken.duration + 0.01 for word in spoken.words)
    assert all(0 <= word.source_start <= word.source_end <= len(ssml) for word in spoken.words)
    assert [word.start for word in spoken.words] == sorted(word.start for word in spoken.words)


def test_speak__speed_shortens_words_but_not_pauses(stage: Stage) -> None:
    slow, normal, fast = (stage.say(ENGLISH, speed=speed).duration for speed in (0.5, 1.0, 1.5))
    paused = stage.say('Hello<break time="5s"/> world', speed=1.5).duration

    assert fast < normal < slow
    assert slow / normal == pytest.approx(2.0, rel=0.15)
    assert normal / fast == pytest.approx(1.5, rel=0.15)
    assert 5.0 < paused < 6.0


def test_speak__sub_speaks_the_alias(stage: Stage) -> None:
    written = stage.say("TTS很有用", "female_1")
    spoken = stage.say('<sub alias="语音合成">TTS</sub>很有用', "female_1")

    assert "TTS" in _texts(written)
    assert "".join(_texts(spoken)) == "语音合成很有用"
    assert _sounds(written) != _sounds(spoken)


@pytest.mark.parametrize("key", ["female_1", "rehearsal_zh_f1", "rehearsal_en_f1"])
def test_speak__pinyin_changes_the_sounds(stage: Stage, key: str) -> None:
    template = '他是<phoneme alphabet="py" ph="{}">传</phoneme>说'

    chuan, zhuan = (stage.say(template.format(ph), key) for ph in ("chuan2", "zhuan4"))

    assert "ts.hˈuan" in _sounds(chuan)
    assert "ts.ˈuan" in _sounds(zhuan)
    assert _texts(chuan) == _texts(zhuan)
    assert "".join(_texts(chuan)) == "他是传说"


def test_speak__pinyin_tones_sound_different(stage: Stage) -> None:
    template = '<phoneme alphabet="py" ph="ma{}">妈</phoneme>'

    sounds = [_samples(stage.say(template.format(tone), "rehearsal_zh_f1").path) for tone in (1, 4)]

    assert len(sounds[0]) != len(sounds[1]) or not np.array_equal(sounds[0], sounds[1])


def test_speak__pinyin_that_is_none_reads_the_character(stage: Stage) -> None:
    spoken = stage.say('他<phoneme alphabet="py" ph="anchor4">传</phoneme>说', "female_1")

    assert "ts.hˈuan" in _sounds(spoken)


def test_speak__sample_of_the_api_page(stage: Stage) -> None:
    spoken = stage.say('Hello, I am the virtual <phoneme alphabet="py" ph="fu4">anchor</phoneme>', "female_1")

    assert _texts(spoken) == ["Hello", "I", "am", "the", "virtual", "anchor"]
    assert _sounds(spoken).endswith("fˈu")


@pytest.mark.parametrize("kind", SAY_AS_KINDS)
@pytest.mark.parametrize("key", ["rehearsal_en_f1", "female_1"])
def test_speak__every_kind_of_reading(stage: Stage, kind: str, key: str) -> None:
    example = SAY_AS_KINDS[kind].example

    spoken = stage.say(f'<say-as interpret-as="{kind}">{example}</say-as>', key)

    assert spoken.words
    assert spoken.duration > 0.2


def test_speak__digits_are_other_words_than_a_number(stage: Stage) -> None:
    number, digits = (
        stage.say(f'他有<say-as interpret-as="{kind}">1230</say-as>', "female_1")
        for kind in ("cardinal", "digits")
    )

    assert "".join(_texts(number)) == "他有一千二百三十"
    assert "".join(_texts(digits)) == "他有一二三零"


def test_speak__volume_is_louder_without_clipping(stage: Stage) -> None:
    levels = []
    for volume in (0, 5, 10):
        samples = _samples(stage.say("Hello world.", volume=volume).path).astype(float)
        levels.append(np.sqrt(np.mean(samples**2)))
        assert np.abs(samples).max() <= 32767

    assert levels[0] * 1.3 < levels[1]
    assert levels[1] * 1.2 < levels[2]


def test_speak__volume_is_fixed_for_the_basic_voices(stage: Stage) -> None:
    quiet, loud = (_samples(stage.say("你好", "female_1", volume=volume).path) for volume in (0, 10))

    assert int(np.abs(quiet).max()) == pytest.approx(int(np.abs(loud).max()), rel=0.1)
    assert stage.voice("female_24").adjusts_volume
    assert not stage.voice("male_20").adjusts_volume


def test_speak__emotion_changes_pace_by_its_intensity(stage: Stage) -> None:
    text = "Today is a day to remember for all of us."

    plain, sad, very_sad = (
        stage.say(text, "rehearsal_en_f2", emotion=emotion, intensity=intensity).duration
        for emotion, intensity in ((None, 100), ("tc_sad", 100), ("tc_sad", 200))
    )

    assert plain < sad < very_sad
    assert stage.say(text, emotion="tc_sad").duration < stage.say(text, speed=0.8).duration


def test_speak__text_that_looks_like_a_phoneme_is_text(stage: Stage) -> None:
    spoken = stage.say("Press [[x]] now")

    assert _texts(spoken)[0] == "Press"
    assert _texts(spoken)[-1] == "now"


@pytest.mark.parametrize(
    "ssml, key",
    [
        (ENGLISH, "rehearsal_en_f1"),
        (ENGLISH, "rehearsal_en_m1"),
        (CHINESE, "female_1"),
        (CHINESE, "rehearsal_zh_m1"),
        ("我们用PySide6和Python开发桌面软件，界面很漂亮。", "female_1"),
        ('In 2026 we sold 1200 units.<break time="3s"/> Call 555 1234.', "rehearsal_en_f1"),
        ('电话是<say-as interpret-as="telephone">13800138000</say-as>，请记下来。', "male_1"),
        ("Guten Tag, so klingt Ihr Text in der Probe.", "rehearsal_de_f1"),
        ("Bonjour, voici votre texte en répétition.", "rehearsal_fr_f1"),
        ("こんにちは。これはリハーサルのこえです。", "rehearsal_ja_f1"),
    ],
)
@pytest.mark.parametrize("speed", [0.5, 1.0, 1.5])
def test_estimate__holds_the_rehearsal_voices(stage: Stage, ssml: str, key: str, speed: float) -> None:
    guess = seconds(ssml, speed, stage.voice(key).language)

    assert guess.low <= stage.say(ssml, key, speed=speed).duration <= guess.high


def test_voices__keys_are_unique_and_all_speak(stage: Stage) -> None:
    found = stage.speaker.voices()

    assert len({voice.key for voice in found}) == len(found)
    assert {"rehearsal_en_f1", "rehearsal_en_m1", "rehearsal_en_gb_f1", "rehearsal_zh_f1"} <= {
        v.key for v in found
    }
    languages = {language for voice in found for language in voice.languages}
    assert {"en-US", "en-GB", "zh-CN", "yue-CN", "ja-JP", "de-DE", "fr-FR", "es-ES"} <= languages
    for language in sorted(languages):
        voice = next(voice for voice in found if voice.language == language)
        assert stage.say(voice.sample_text, voice.key).words, language


def test_voices__every_variant_exists(stage: Stage) -> None:
    for number in range(1, 9):
        for gender in ("female", "male"):
            assert stage.say("hi 你", f"{gender}_{number}").words


def test_speak__from_many_threads_at_once(tmp_path: Path) -> None:
    spoken: dict[int, Spoken] = {}

    def speak(number: int) -> None:
        stage = Stage(tmp_path / str(number))
        stage.folder.mkdir()
        spoken[number] = stage.say(f"This is speaker {number}.")

    threads = [threading.Thread(target=speak, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [_texts(spoken[number])[-1] for number in range(6)] == [str(number) for number in range(6)]


def test_speak__folder_that_is_not_there(stage: Stage) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        stage.speaker.speak("Hello", stage.voice("female_1"), 1.0, 0, stage.folder / "missing" / "a.wav")

    assert fault.value.next_step
