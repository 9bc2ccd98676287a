"""The words of a script that was heard: from what the service told to places in the script, to the disk and back."""

from __future__ import annotations

import re

from redub.cloud.reports import SpokenWord
from redub.core.ssml.tokens import decode
from redub.core.wordplaces import places
from redub.media.wordtimes import Word
from redub.store.heard import HeardRecord, HeardWord

_MARK = re.compile(r"<[^<>]*>")


def placed(ssml: str, words: tuple[SpokenWord, ...]) -> tuple[Word, ...]:
    """Return the words that the service told, with their places in the script."""
    found = places(ssml, [word.text for word in words])
    return tuple(
        Word(
            text=word.text,
            start=word.start,
            end=word.end,
            sentence=word.sentence,
            after=_between(ssml, place, after),
            source_start=place[0],
            source_end=place[1],
        )
        for word, place, after in zip(words, found, (*found[1:], (len(ssml), 0)), strict=True)
    )


def _between(ssml: str, place: tuple[int, int], after: tuple[int, int]) -> str:
    """Return the signs that stand behind a word up to the next one; a blank where both are one alias."""
    if not ssml:
        return ""
    if after[0] < place[1]:
        return " "
    return decode(_MARK.sub("", ssml[place[1] : after[0]])).text


def record_of(sound: str, duration: float, words: tuple[Word, ...]) -> HeardRecord:
    """Return what is kept of a sound (its file's name), its seconds and its words."""
    return HeardRecord(
        sound=sound,
        duration=duration,
        words=tuple(
            HeardWord(
                text=word.text,
                start=word.start,
                end=word.end,
                sentence=word.sentence,
                before=word.before,
                after=word.after,
                source_start=word.source_start,
                source_end=word.source_end,
            )
            for word in words
        ),
    )


def words_of(record: HeardRecord) -> tuple[Word, ...]:
    """Return the words that were kept."""
    return tuple(
        Word(
            text=word.text,
            start=word.start,
            end=word.end,
            sentence=word.sentence,
            before=word.before,
            after=word.after,
            source_start=word.source_start,
            source_end=word.source_end,
        )
        for word in record.words
    )
