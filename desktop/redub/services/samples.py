"""The sound of a voice before it is chosen: its sample, fetched once, or spoken here for the voices of this machine."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from redub.cloud.downloads import clean, fetch
from redub.core.errors import EnvironmentFault, UserError
from redub.core.timbre import Timbre
from redub.i18n import _
from redub.media.speech import Speaker
from redub.paths import ensure

FOLDER = "voice-samples"
"""Where samples lie, in the folder for what can be made again."""
_ENDINGS = ("mp3", "wav", "m4a", "aac", "ogg", "wma")


class VoiceSamples:
    """Brings the samples of voices (TimbreSample) to this disk."""

    def __init__(self, cache: Path, speaker: Speaker | None = None) -> None:
        """Keep samples under `cache`; `speaker` knows which voices are this machine's own."""
        self._folder, self._speaker = cache / FOLDER, speaker or Speaker()
        self._lock = asyncio.Lock()

    async def sample(self, timbre: Timbre) -> Path:
        """Return a sound file with the sample of `timbre`.

        :raises UserError: the service has no sample of this voice
        :raises CloudFault: it cannot be fetched
        :raises EnvironmentFault: it cannot be kept or spoken
        """
        async with self._lock:
            own = {voice.key: voice for voice in self._speaker.voices()}.get(timbre.key)
            if own is None:
                return await self._fetched(timbre)
            path = await asyncio.to_thread(self._place, f"{timbre.key}.wav")
            if not path.exists():
                await asyncio.to_thread(self._speaker.speak, own.sample_text, own, 1.0, 0, path)
            return path

    async def _fetched(self, timbre: Timbre) -> Path:
        if not timbre.sample_url:
            raise UserError(
                _("There is no sample of the voice {name}.").format(name=timbre.name or timbre.key),
                why=_("The service names no recording of it."),
                next_step=_("Choose it and let it speak a sentence of your script (Hear it)."),
            )
        path = await asyncio.to_thread(self._place, _file_name(timbre))
        if not path.exists():
            partial = path.with_suffix(".part")
            await fetch(timbre.sample_url, partial)
            await asyncio.to_thread(partial.replace, path)
            clean(partial)
        return path

    def _place(self, name: str) -> Path:
        try:
            return ensure(self._folder) / name
        except OSError as exc:
            raise EnvironmentFault(
                _("The sample of the voice could not be kept."),
                why=exc.strerror or _("The folder cannot be written."),
                next_step=_("Free some space, then try again."),
                detail=str(exc),
            ) from exc


def _file_name(timbre: Timbre) -> str:
    """Return a name that is another one when the address is: a voice may get a new sample."""
    bare = timbre.sample_url.partition("?")[0]
    ending = bare.rsplit(".", 1)[-1].lower()
    name = hashlib.sha256(f"{timbre.key}\n{bare}".encode()).hexdigest()[:32]
    return f"{name}.{ending if ending in _ENDINGS else 'mp3'}"
