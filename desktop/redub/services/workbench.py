"""Everything that a person can ask for, built once: the window and the command line work with the same.

It is opened in this order, and closed in the opposite one, so that nobody outlives what he needs::

    preferences, secrets     what the person has decided
    rehearsal                the service on this machine; a process that is started when first needed
    accounts                 clients, one for each account
    ledger                   the history of paid jobs
    news                     what goes on right now
    preflight, voices        what is known
    conversions, wholeness   what is made of clips, and whether they are whole
    storage, tidying         the creator's own bucket, and what is deleted from it again
    uploading                what is brought away
    downloads, monitor       what is followed and brought home
    lengths, listening       what is heard before it is made
    queue                    what waits for a place at the service
    actions, records, quota, outlooks, bundles    what can be done with tasks, and known about them
    maker                    the main job

Importing this module imports the adapters (codecs, network): `redub.services.opening` does it in a thread.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from redub.core.tasks import TaskRecord
from redub.paths import Places
from redub.services.accounts import Accounts
from redub.services.bundle import Bundles
from redub.services.choice import Choice
from redub.services.clipstrips import ClipStrips
from redub.services.conversions import Conversions
from redub.services.conversionsettings import encode_settings
from redub.services.deriving import Deriver
from redub.services.documents import Documents
from redub.services.downloads import Downloads
from redub.services.driving import DrivingSound
from redub.services.faces import FaceBook
from redub.services.favourites import Favourites
from redub.services.ledger import Ledger
from redub.services.lengths import Lengths
from redub.services.listening import Listening
from redub.services.making import Maker
from redub.services.monitor import TaskMonitor
from redub.services.news import News
from redub.services.outlook import Outlooks
from redub.services.preferences import Preferences
from redub.services.preflight import Preflight
from redub.services.proxies import Proxies
from redub.services.quota import Quota
from redub.services.rehearsals import Rehearsal
from redub.services.review import Reviews
from redub.services.samples import VoiceSamples
from redub.services.sendqueue import SendQueue
from redub.services.simulating import Simulating
from redub.services.speaking import speak_by
from redub.services.storage import Storage
from redub.services.takerecords import TakeRecords
from redub.services.taskactions import TaskActions
from redub.services.tidying import Tidying
from redub.services.turns import Turns
from redub.services.uploading import Uploading
from redub.services.voices import Voices
from redub.services.wholeness import Wholeness
from redub.store import settingsfile as settings_file
from redub.store.knownaccounts import KnownAccounts
from redub.store.secrets import Secrets
from redub.store.settings import Settings

DATABASE_NAME = "tasks.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """All services of one run of the program."""

    places: Places
    preferences: Preferences
    secrets: Secrets
    known_accounts: KnownAccounts
    rehearsal: Rehearsal
    simulating: Simulating
    accounts: Accounts
    ledger: Ledger
    news: News
    preflight: Preflight
    voices: Voices
    conversions: Conversions
    wholeness: Wholeness
    proxies: Proxies
    downloads: Downloads
    monitor: TaskMonitor
    queue: SendQueue
    actions: TaskActions
    records: TakeRecords
    outlooks: Outlooks
    quota: Quota
    bundles: Bundles
    maker: Maker
    documents: Documents
    deriver: Deriver
    faces: FaceBook
    lengths: Lengths
    listening: Listening
    samples: VoiceSamples
    favourites: Favourites
    driving: DrivingSound
    storage: Storage
    tidying: Tidying
    reviews: Reviews

    @property
    def settings(self) -> Settings:
        """Return the settings as they are now."""
        return self.preferences.settings

    @classmethod
    async def open(
        cls, places: Places, choice: Choice | None = None, *, mark: bool | None = None
    ) -> Workbench:
        """Build everything; nothing is started, asked or followed yet.

        :param choice: what this run was told about the service
        :param mark: whether rehearsed videos carry the mark; None leaves it to the settings
        :raises UserError: the settings cannot be used, or the history was made by a newer version
        :raises EnvironmentFault: the history cannot be opened
        """
        ground = await _Ground.lay(places, choice or Choice(), mark)
        settings, preferences, secrets = ground.settings, ground.preferences, ground.secrets
        ledger, accounts, preflight, voices = ground.ledger, ground.accounts, ground.preflight, ground.voices
        lengths = await _lengths(places, ledger)
        conversions = ground.conversions()
        downloads = Downloads(places=places, ledger=ledger, accounts=accounts, news=ground.news)
        outlooks = Outlooks(ledger)
        monitor = ground.monitor(downloads, outlooks)
        queue = SendQueue(ledger=ledger, accounts=accounts, monitor=monitor, news=ground.news)
        storage = Storage(preferences, secrets, places.cache, ledger)
        uploading = Uploading(places.cache, storage.uploader)
        faces = FaceBook(ClipStrips(places.cache / "strips"))
        return cls(
            places=places,
            preferences=preferences,
            secrets=secrets,
            known_accounts=KnownAccounts(places.config),
            rehearsal=ground.rehearsal,
            simulating=Simulating(ground.rehearsal),
            accounts=accounts,
            ledger=ledger,
            news=ground.news,
            preflight=preflight,
            voices=voices,
            conversions=conversions,
            wholeness=Wholeness(places.cache, preflight),
            proxies=Proxies(places.cache),
            downloads=downloads,
            monitor=monitor,
            queue=queue,
            actions=TaskActions(ledger=ledger, accounts=accounts, monitor=monitor, queue=queue),
            records=TakeRecords(ledger),
            outlooks=outlooks,
            quota=Quota(ledger=ledger, accounts=accounts),
            bundles=Bundles(places=places, ledger=ledger, settings=settings),
            maker=ground.maker(conversions, uploading, monitor, queue),
            documents=Documents(places),
            deriver=Deriver(preflight, lambda: accounts.site_name, lambda: voices.known, lengths),
            faces=faces,
            lengths=lengths,
            listening=_listening(accounts, voices, lengths, places),
            samples=VoiceSamples(places.cache),
            favourites=Favourites(places.config),
            driving=DrivingSound(places.data, ffmpeg_path=settings.ffmpeg_path),
            storage=storage,
            tidying=Tidying(ledger, storage, preferences, uploading),
            reviews=Reviews(places.data / "reviews", places.cache, ledger, faces),
        )

    @property
    def results_folder(self) -> Path:
        """Return where results lie when nobody says otherwise."""
        return Path(self.settings.results_folder or self.places.results).expanduser().absolute()

    async def resume(self) -> tuple[TaskRecord, ...]:
        """Go on with everything that an earlier run has left, and return the tasks whose fate is unclear."""
        await self.conversions.resume()
        return await self.monitor.resume()

    async def aclose(self) -> None:
        """Close everything; what is under way is finished or written down, and goes on at the next start."""
        await asyncio.to_thread(self.reviews.forget_sounds)
        await self.driving.aclose()
        await self.listening.aclose()
        await self.lengths.aclose()
        self.storage.is_closing = True
        self.outlooks.end()
        await self.queue.aclose()
        await self.tidying.aclose()
        await self.monitor.aclose()
        await self.downloads.aclose()
        await self.proxies.aclose()
        await self.conversions.aclose()
        await self.wholeness.aclose()
        await self.accounts.aclose()
        await self.rehearsal.aclose()
        await self.ledger.aclose()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What every other service stands on: decisions, accounts, history, news, and what is known."""

    places: Places
    preferences: Preferences
    secrets: Secrets
    rehearsal: Rehearsal
    accounts: Accounts
    ledger: Ledger
    news: News
    preflight: Preflight
    voices: Voices

    @classmethod
    async def lay(cls, places: Places, choice: Choice, mark: bool | None) -> _Ground:
        """Read the settings and open the history; arguments and errors as for `Workbench.open`."""
        settings = await asyncio.to_thread(settings_file.load, settings_path(places))
        preferences = Preferences(settings_path(places), settings)
        speak_by(settings)
        preferences.changes.listen(speak_by)
        ledger = await Ledger.open(places.data / DATABASE_NAME)
        secrets = Secrets(places.config)
        rehearsal = Rehearsal(places, mark=settings.rehearsal_mark if mark is None else mark)
        accounts = Accounts(choice, settings, secrets, rehearsal)
        preferences.changes.listen(accounts.follow)
        return cls(
            places=places,
            preferences=preferences,
            secrets=secrets,
            rehearsal=rehearsal,
            accounts=accounts,
            ledger=ledger,
            news=News(time.monotonic),
            preflight=Preflight(),
            voices=Voices(accounts, places.cache),
        )

    @property
    def settings(self) -> Settings:
        """Return the settings as they are now."""
        return self.preferences.settings

    def conversions(self) -> Conversions:
        """Build what converts clips, by the settings of the moment."""
        made = Conversions(
            self.places.cache,
            self.preflight,
            settings=encode_settings(self.settings),
            ffmpeg_path=self.settings.ffmpeg_path,
            name_template=self.settings.convert_name,
        )
        self.preferences.changes.listen(made.follow)
        return made

    def monitor(self, downloads: Downloads, outlooks: Outlooks) -> TaskMonitor:
        """Build what follows tasks, at the pace of the settings."""
        made = TaskMonitor(
            ledger=self.ledger,
            accounts=self.accounts,
            downloads=downloads,
            news=self.news,
            settings=self.settings,
            outlooks=outlooks,
        )
        self.preferences.changes.listen(made.use)
        return made

    def maker(
        self, conversions: Conversions, uploading: Uploading, monitor: TaskMonitor, queue: SendQueue
    ) -> Maker:
        """Build what does the main job."""
        made = Maker(
            accounts=self.accounts,
            voices=self.voices,
            preflight=self.preflight,
            conversions=conversions,
            uploading=uploading,
            ledger=self.ledger,
            monitor=monitor,
            queue=queue,
            turns=Turns(self.places.runtime / "making"),
            name_template=self.settings.result_name,
        )
        self.preferences.changes.listen(made.use)
        return made


async def _lengths(places: Places, ledger: Ledger) -> Lengths:
    """Open what is known about how long speech lasts; every result teaches it."""
    made = Lengths(places.data)
    await made.open()
    ledger.changes.listen(made.learn_from)
    return made


def _listening(accounts: Accounts, voices: Voices, lengths: Lengths, places: Places) -> Listening:
    """Build what speaks scripts; every length that it brings is learnt."""
    made = Listening(accounts, cache=places.cache, data=places.data, timbres=lambda: voices.known)
    made.changes.listen(
        lambda heard: lengths.learn(heard.site, heard.utterance.ssml, heard.utterance.speech, heard.duration)
    )
    return made


def settings_path(places: Places) -> Path:
    """Return where the settings lie."""
    return places.config / settings_file.FILE_NAME
