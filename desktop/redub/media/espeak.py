"""espeak-ng inside this process, through ctypes: text in, samples with word and phoneme times out.

The library has one global state: it is opened once in a process, and one lock lets one caller in at a time.
Flags and structures are those of espeak-ng's speak_lib.h (1.52).
"""

from __future__ import annotations

import atexit
import ctypes
import functools
import logging
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

from redub.core.errors import EnvironmentFault

_log = logging.getLogger(__name__)

_SYNCHRONOUS = 2  # espeak_AUDIO_OUTPUT: samples come to the callback, nothing is played
_PHONEME_EVENTS, _PHONEME_IPA, _DONT_EXIT = 0x0001, 0x0002, 0x8000
_UTF8, _PHONEME_INPUT = 0x1, 0x100
_RATE, _PITCH, _RANGE = 1, 3, 4
_WORD, _PHONEME = 1, 7
_CHARACTER_POSITION = 1

LONGEST_DATA_PATH = 140
"""Bytes. espeak-ng keeps the path in 160 bytes, with the names of its files behind it."""

Samples = NDArray[np.int16]


class _EventId(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True, slots=True)
class WordEvent:
    """A word begins: the place of its first character in the text (from 0), its length, seconds."""

    position: int
    length: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Phoneme:
    """A sound begins: its IPA ("" is a pause), seconds."""

    ipa: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one text sounds like: mono samples, samples a second, words and sounds in order."""

    samples: Samples
    rate: int
    words: tuple[WordEvent, ...]
    phonemes: tuple[Phoneme, ...]

    @property
    def duration(self) -> float:
        """Return its length in seconds."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is spoken.

    :ivar voice: espeak-ng's name with its variant, such as "cmn+f2"
    :ivar words_per_minute: 80 to 450; 175 is normal
    :ivar pitch: 0 to 100; 50 is the voice's own
    :ivar liveliness: how far the pitch moves, 0 to 100; 50 is the voice's own
    """

    voice: str
    words_per_minute: int = 175
    pitch: int = 50
    liveliness: int = 50


class Engine:
    """The one espeak-ng of this process; get it from `engine()`."""

    def __init__(self, data: Path) -> None:
        self._lock = threading.Lock()
        self._library = _load()
        self.rate = _initialise(self._library, data)
        self._pcm = bytearray()
        self._words: list[WordEvent] = []
        self._phonemes: list[Phoneme] = []
        # The library keeps the bare pointer, so the callback object has to live as long as we do.
        self._callback = _Callback(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, manner: Manner) -> Utterance:
        """Speak `text`; a part in [[ ]] is taken as espeak-ng's phoneme mnemonics.

        :raises EnvironmentFault: the voice is missing, or the library refuses
        """
        with self._lock:
            self._choose(manner)
            self._pcm.clear()
            self._words.clear()
            self._phonemes.clear()
            encoded = _speakable(text)
            result = self._library.espeak_Synth(
                encoded,
                len(encoded) + 1,
                0,
                _CHARACTER_POSITION,
                0,
                _UTF8 | _PHONEME_INPUT,
                None,
                None,
            )
            if result != 0:
                raise _fault(f"espeak_Synth returned {result}")
            samples = np.frombuffer(bytes(self._pcm), dtype=np.int16)
            return Utterance(samples, self.rate, tuple(self._words), tuple(self._phonemes))

    def mnemonics(self, text: str, voice: str) -> str:
        """Return espeak-ng's phoneme mnemonics for `text`, as they can stand in [[ ]]."""
        with self._lock:
            self._choose(Manner(voice))
            buffer = ctypes.create_string_buffer(_speakable(text))
            place = ctypes.c_void_p(ctypes.addressof(buffer))
            found: list[str] = []
            while place.value:
                part: bytes | None = self._library.espeak_TextToPhonemes(ctypes.byref(place), _UTF8, 0)
                found.append((part or b"").decode("utf-8", "replace"))
            return " ".join(part for part in found if part)

    def _choose(self, manner: Manner) -> None:
        if self._library.espeak_SetVoiceByName(manner.voice.encode("utf-8")) != 0:
            raise _fault(f"There is no voice {manner.voice}.")
        self._library.espeak_SetParameter(_RATE, min(450, max(80, manner.words_per_minute)), 0)
        self._library.espeak_SetParameter(_PITCH, min(100, max(0, manner.pitch)), 0)
        self._library.espeak_SetParameter(_RANGE, min(100, max(0, manner.liveliness)), 0)

    def _collect(
        self, wave: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]
    ) -> int:
        # At the end the callback comes once more without samples (a null pointer, a count of 0).
        if count > 0:
            self._pcm.extend(ctypes.string_at(wave, count * 2))
        place = 0
        while events[place].type:
            self._note(events[place])
            place += 1
        return 0

    def _note(self, event: _Event) -> None:
        seconds = event.sample / self.rate
        if event.type == _WORD:
            self._words.append(WordEvent(event.text_position - 1, event.length, seconds))
        elif event.type == _PHONEME:
            ipa = bytes(event.id.string).decode("utf-8", "replace")
            self._phonemes.append(Phoneme(ipa, seconds))


_opening = threading.Lock()


def engine() -> Engine:
    """Open espeak-ng on first use and return it.

    :raises EnvironmentFault: the library or its data cannot be opened
    """
    with _opening:
        return _opened()


@functools.cache
def _opened() -> Engine:
    try:
        data = Path(espeakng_loader.get_data_path())
    except RuntimeError as exc:
        raise _fault("espeakng_loader finds no data") from exc
    return Engine(short_path(data))


def version() -> str:
    """Return what the library says of itself (espeak_Info).

    :raises EnvironmentFault: it cannot be loaded
    """
    library = _load()
    library.espeak_Info.restype = ctypes.c_char_p
    said: bytes | None = library.espeak_Info(None)
    return said.decode("utf-8", "replace") if said else "of an unknown version"


def short_path(data: Path) -> Path:
    """Return a path to espeak-ng's data that is short enough for it.

    A longer one gets a link in a private temporary folder, or a copy where links are not allowed; the folder
    goes when the process ends.

    :raises EnvironmentFault: the temporary folder cannot be written, or lies too deep itself
    """
    if len(os.fsencode(data)) <= LONGEST_DATA_PATH:
        return data
    try:
        folder = Path(tempfile.mkdtemp(prefix="redub-voice-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        short = folder / "data"
        _link_or_copy(data, short)
    except OSError as exc:
        raise _fault(str(exc)) from exc
    if len(os.fsencode(short)) > LONGEST_DATA_PATH:
        raise _fault(f"The temporary folder's path is too long: {folder}")
    return short


def _link_or_copy(data: Path, short: Path) -> None:
    try:
        short.symlink_to(data, target_is_directory=True)
    except OSError:
        _log.info("Links are not allowed here; copying the voices' data.")
        shutil.copytree(data, short)


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as exc:
        raise _fault(str(exc)) from exc
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.POINTER(ctypes.c_uint),
        ctypes.c_void_p,
    ]
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    return library


def _initialise(library: ctypes.CDLL, data: Path) -> int:
    options = _PHONEME_EVENTS | _PHONEME_IPA | _DONT_EXIT
    rate = int(library.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(data), options))
    if rate <= 0:
        raise _fault(f"espeak_Initialize returned {rate} for {data}")
    return rate


def _speakable(text: str) -> bytes:
    """Encode `text`; a zero would end it and half a surrogate pair is no character."""
    return text.replace("\0", " ").encode("utf-8", "replace")


def _fault(detail: str) -> EnvironmentFault:
    return EnvironmentFault(
        "The rehearsal voice cannot speak.",
        why="The speech program that comes with Redub could not be used on this machine.",
        next_step="Install Redub again; if that does not help, copy the details and report them.",
        detail=detail,
    )
