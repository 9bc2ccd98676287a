from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView, QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from redub.core.shot import DriverType, Speech
from redub.core.timbre import Gender, Timbre
from redub.ui.voice import VoicePanel
from redub.ui.voice.choosing import age_words, matches, remark, speak_with
from redub.ui.voice.panel import FETCHING, NO_TAKE, RECORDING, VOICES
from ui.views import Asked, a_take, a_view, named

PLAIN = Timbre(key="male_3", name="Li", gender=Gender.MALE, languages=("zh-CN",))
RICH = Timbre(
    key="multi_f1",
    name="Ada",
    gender=Gender.FEMALE,
    languages=("en-US", "zh-CN"),
    emotions=("tc_happy", "tc_sad"),
)


def a_panel(qtbot: QtBot) -> VoicePanel:
    panel = VoicePanel()
    qtbot.addWidget(panel)
    panel.resize(360, 720)
    panel.show()
    return panel


def test_speak_with__takes_only_what_the_voice_knows() -> None:
    before = Speech(timbre_key="x", emotion="tc_angry", emotion_intensity=120, language="fr-FR", speed=1.2)

    assert speak_with(before, RICH) == Speech(timbre_key="multi_f1", language="en-US", speed=1.2)
    assert speak_with(before, RICH, "zh").language == "zh-CN"
    assert speak_with(before, RICH, "de").language == "en-US"
    assert speak_with(before, PLAIN) == Speech(timbre_key="male_3", speed=1.2)


def test_matches__anything_known_of_a_voice() -> None:
    assert all(matches(RICH, text) for text in ("ada", "ZH-cn", "female", "happy", "multi_f", ""))
    assert not matches(PLAIN, "ada")


def test_panel__pages(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    speaking = a_view(a_take(speech=Speech(timbre_key="male_3")))

    panel.show_view(a_view(takes=()))
    assert panel.page == NO_TAKE
    panel.show_view(speaking)
    assert panel.page == FETCHING
    panel.show_timbres((PLAIN, RICH))
    assert panel.page == VOICES
    panel.show_view(a_view(a_take(driver=DriverType.ORIGINAL_VOICE)))
    assert panel.page == RECORDING


def test_panel__choosing_a_voice_is_an_edit(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))
    asked = Asked(panel, a_view(a_take(speech=Speech(timbre_key="male_3"))))
    found = panel.findChild(QListView)
    assert isinstance(found, QListView)

    QTest.keyClick(found, Qt.Key.Key_Down)

    assert asked.take.speech == Speech(timbre_key="multi_f1", language="en-US")
    assert [edit.label for edit in asked.edits] == ["Choose a voice"]


def test_panel__a_drag_of_the_speed_is_one_step(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN,))
    asked = Asked(panel, a_view(a_take(speech=Speech(timbre_key="male_3"))))
    slider = named(panel, QSlider, "Speed")

    slider.setValue(24)
    slider.setValue(26)
    slider.sliderReleased.emit()

    assert asked.take.speech.speed == 1.3
    assert {edit.merge_key for edit in asked.edits} == {"speed:a"}
    assert asked.sealed == 1


def test_panel__volume_is_void_for_some_voices_and_says_why(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))

    panel.show_view(a_view(a_take(speech=Speech(timbre_key="male_3"))))
    assert not named(panel, QSlider, "Volume").isEnabled()
    assert "no volume control" in panel.controls.volume_row.reason

    panel.show_view(a_view(a_take(speech=Speech(timbre_key="multi_f1"))))
    assert named(panel, QSlider, "Volume").isEnabled()


def test_panel__moods_and_languages_only_where_the_voice_has_them(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))

    panel.show_view(a_view(a_take(speech=Speech(timbre_key="male_3"))))
    assert not named(panel, QComboBox, "Mood").isVisible()

    panel.show_view(a_view(a_take(speech=Speech(timbre_key="multi_f1"))))
    assert named(panel, QComboBox, "Mood").isVisible()
    assert named(panel, QComboBox, "Language").isVisible()
    assert not named(panel, QSlider, "Strength of the mood").isEnabled()


def test_panel__a_mood_makes_its_strength_count(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((RICH,))
    asked = Asked(panel, a_view(a_take(speech=Speech(timbre_key="multi_f1", language="en-US"))))
    mood = named(panel, QComboBox, "Mood")

    mood.setCurrentIndex(mood.findData("tc_sad"))
    mood.activated.emit(mood.currentIndex())
    named(panel, QSlider, "Strength of the mood").setValue(30)

    assert (asked.take.speech.emotion, asked.take.speech.emotion_intensity) == ("tc_sad", 150)


def test_panel__search_leaves_what_matches(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))
    panel.show_view(a_view())

    QTest.keyClicks(named(panel, QLineEdit, "Find a voice"), "happy")

    found = panel.findChild(QListView)
    assert isinstance(found, QListView)
    assert found.model().rowCount() == 1


def test_matches__every_word_and_no_gender_inside_the_other() -> None:
    woman = Timbre(key="female_3", name="Mei", gender=Gender.FEMALE, languages=("zh-CN",))

    assert matches(PLAIN, "male zh")
    assert not matches(woman, "male")
    assert matches(woman, "fem")
    assert matches(RICH, "ada happy")
    assert not matches(RICH, "ada angry")
    assert matches(RICH, "chinese", languages="zh-CN 中文 Chinese")


def test_panel__filters_sift_and_can_be_cleared(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))
    panel.show_view(a_view())
    gender = named(panel, QComboBox, "Gender of the voice")

    gender.setCurrentIndex(gender.findData("male"))
    gender.activated.emit(gender.currentIndex())
    assert [timbre.key for timbre in panel.voices.shown] == ["male_3"]
    mood = named(panel, QComboBox, "Mood of the voice")
    mood.setCurrentIndex(mood.findData("tc_sad"))
    mood.activated.emit(mood.currentIndex())
    assert panel.voices.shown == ()
    panel.voices.filters.clear()
    assert len(panel.voices.shown) == 2


def test_panel__languages_are_found_by_their_english_name(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))
    panel.show_view(a_view())

    QTest.keyClicks(named(panel, QLineEdit, "Find a voice"), "english")

    assert [timbre.key for timbre in panel.voices.shown] == ["multi_f1"]


def test_panel__favourites_come_first_and_can_be_shown_alone(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))
    panel.show_view(a_view())
    asked: list[tuple[str, bool]] = []
    panel.favourite_wanted.connect(lambda key, on: asked.append((key, on)))

    panel.voices.show_favourites(frozenset({"multi_f1"}))
    assert [timbre.key for timbre in panel.voices.shown] == ["multi_f1", "male_3"]
    named(panel, QToolButton, "Only favourites").click()
    assert [timbre.key for timbre in panel.voices.shown] == ["multi_f1"]

    panel.show_view(a_view(a_take(speech=Speech(timbre_key="multi_f1"))))
    named(panel, QPushButton, "Favourite").click()
    assert asked == [("multi_f1", False)]


def test_panel__a_click_on_the_star_is_no_choice_of_the_voice(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))
    asked = Asked(panel, a_view(a_take(speech=Speech(timbre_key="male_3"))))
    wanted: list[str] = []
    panel.favourite_wanted.connect(lambda key, _on: wanted.append(key))
    found = panel.findChild(QListView)
    assert isinstance(found, QListView)

    rect = found.visualRect(found.model().index(1, 0))
    QTest.mouseClick(
        found.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 12, rect.center().y())
    )

    assert wanted == ["multi_f1"]
    assert asked.take.speech.timbre_key == "male_3"


def test_panel__a_voice_that_expires_says_so(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((replace(PLAIN, days_left=3), replace(RICH, days_left=-2)))
    panel.show_view(a_view())

    assert [remark(timbre).split(" · ")[2] for timbre in panel.voices.shown] == [
        "expires in 3 days",
        "expired",
    ]


def test_panel__sample_of_the_chosen_voice(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_timbres((PLAIN, RICH))
    panel.show_view(a_view(a_take(speech=Speech(timbre_key="male_3"))))
    asked: list[object] = []
    panel.sample_wanted.connect(asked.append)
    sample = named(panel, QPushButton, "Sample")

    sample.click()
    panel.voices.show_playing("male_3")
    sample.click()

    assert asked == [PLAIN, None]


@pytest.mark.parametrize("seconds, words", [(60, "just now"), (7300, "2 hours"), (260_000, "3 days")])
def test_age__in_words(seconds: float, words: str) -> None:
    assert words in age_words(seconds)
