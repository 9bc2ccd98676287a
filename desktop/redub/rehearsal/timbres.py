"""The list of voices (describetimbre) and their samples, which are spoken when they are asked for."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from redub.media.speech import Speaker
from redub.media.voices import LocalVoice
from redub.paths import ensure
from redub.rehearsal.asking import check_types, page_of, text
from redub.rehearsal.records import publish
from redub.rehearsal.shapes import DESCRIBETIMBRE
from redub.rehearsal.sound import encode

PATH = "/samples"
_SAMPLE_RATE = 24_000
_NAME = re.compile(r"([a-z0-9_]{1,60})\.mp3")


class Timbres:
    """Every voice of this machine, in the documented form."""

    def __init__(self, speaker: Speaker, folder: Path) -> None:
        """List the voices of `speaker`; their samples are kept in `folder`."""
        self._speaker, self._folder = speaker, ensure(folder)
        self._lock = threading.Lock()
        self._milliseconds: dict[str, int] = {}

    def describe(self, payload: Mapping[str, object], base_url: str) -> dict[str, object]:
        """Return the page that `payload` asks for; blocking.

        :raises Refusal: a field is mistyped, missing or out of its range
        """
        check_types(payload, DESCRIBETIMBRE)
        first, size = page_of(payload)
        found = list(_filtered(self._speaker.voices(), payload))
        return {
            "TimbreAssets": [self._asset(voice, base_url) for voice in found[first : first + size]],
            "Total": len(found),
        }

    def sample(self, name: str) -> Path | None:
        """Return the sample at the address `name`, spoken now if it was not before; None for no voice. Blocking."""
        named = _NAME.fullmatch(name)
        voice = self._speaker.voice_for(named[1]) if named else None
        if voice is None:
            return None
        final = self._folder / f"{voice.key}.mp3"
        with self._lock:
            if not final.is_file():
                self._speak(voice, final)
        return final

    def _speak(self, voice: LocalVoice, final: Path) -> None:
        with tempfile.TemporaryDirectory(dir=self._folder) as work:
            wav, mp3 = Path(work) / "sample.wav", Path(work) / "sample.mp3"
            self._speaker.speak(voice.sample_text, voice, 1.0, 0, wav)
            encode(wav, mp3, codec="mp3", rate=_SAMPLE_RATE)
            publish(mp3, final)

    def _sample_length(self, voice: LocalVoice) -> int:
        """Return AudioDuration: milliseconds of the sample."""
        with self._lock:
            if voice.key not in self._milliseconds:
                with tempfile.TemporaryDirectory(dir=self._folder) as work:
                    spoken = self._speaker.speak(voice.sample_text, voice, 1.0, 0, Path(work) / "sample.wav")
                self._milliseconds[voice.key] = round(spoken.duration * 1000)
            return self._milliseconds[voice.key]

    def _asset(self, voice: LocalVoice, base_url: str) -> dict[str, object]:
        return {
            "TimbreKey": voice.key,
            "TimbreName": voice.name,
            "TimbreSample": f"{base_url}{PATH}/{voice.key}.mp3",
            "TimbreDesc": voice.description,
            "SupportVirtualmanTypeCodes": [],
            "SupportDriverTypes": ["Text"],
            "ExpireDate": "",
            "AudioDuration": self._sample_length(voice),
            "AudioNum": 1,
            "EmotionalCategories": list(voice.emotions),
            "TimbreGender": int(voice.gender),
            "PurchaseType": "Lease",
            "TimbreType": "Boutique" if voice.emotions else "SampleBasic",
            "TimbreLanguages": list(voice.languages),
        }


def _filtered(voices: Iterable[LocalVoice], payload: Mapping[str, object]) -> Iterable[LocalVoice]:
    """Yield the voices that the filters let pass; a list of keys wins over everything else."""
    keys = payload.get("TimbreKeyList")
    if isinstance(keys, Sequence) and keys:
        return (voice for voice in voices if voice.key in keys)
    key, name = text(payload, "TimbreKey"), text(payload, "TimbreName").casefold()
    bought = text(payload, "PurchaseType")
    return (
        voice
        for voice in voices
        if key in {"", voice.key} and name in voice.name.casefold() and bought in {"", "Lease"}
    )
