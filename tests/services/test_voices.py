"""The voices of an account: pages, the list on disk, what expires; samples and favourites."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from redub.cloud.signing import Credentials
from redub.cloud.sites import INTERNATIONAL
from redub.core.errors import Unreachable, UserError
from redub.core.timbre import Timbre, dated
from redub.media.probe import probe
from redub.media.voices import voices as local_voices
from redub.services.accounts import Account
from redub.services.favourites import Favourites
from redub.services.samples import VoiceSamples
from redub.services.voices import FRESH_SECONDS, Voices
from services.stand import fake_service

ADA = Timbre(key="ada", name="Ada", expires="2030-01-02 03:04:05")
BEN = Timbre(key="ben", name="Ben")


class Clock:
    now = datetime(2029, 12, 30).timestamp()

    def __call__(self) -> float:
        return self.now


class FakeClient:
    """Lists what it is told to, and counts."""

    def __init__(self) -> None:
        self.listed: tuple[Timbre, ...] = (ADA, BEN)
        self.asked = 0
        self.trouble: Exception | None = None

    async def timbres(self) -> tuple[Timbre, ...]:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return self.listed


class FakeAccounts:
    def __init__(self, client: FakeClient) -> None:
        self._client = client

    async def chosen(self) -> Account:
        return Account(INTERNATIONAL, Credentials("key", "token"))

    def client(self, _account: Account) -> FakeClient:
        return self._client


def the_voices(client: FakeClient, cache: Path, clock: Clock) -> Voices:
    return Voices(FakeAccounts(client), cache, clock)  # type: ignore[arg-type]  # what is used of Accounts


async def test_all__is_kept_on_disk_for_a_day(tmp_path: Path) -> None:
    client, clock = FakeClient(), Clock()
    await the_voices(client, tmp_path, clock).all()

    again = the_voices(client, tmp_path, clock)
    found = await again.all()

    assert [timbre.key for timbre in found] == ["ada", "ben"]
    assert (client.asked, again.asked) == (1, clock.now)
    clock.now += FRESH_SECONDS + 1
    await the_voices(client, tmp_path, clock).all()
    assert client.asked == 2


async def test_all__renewing_asks_and_a_voice_that_is_gone_is_gone(tmp_path: Path) -> None:
    client, clock = FakeClient(), Clock()
    voices = the_voices(client, tmp_path, clock)
    await voices.all()
    client.listed = (BEN,)

    await voices.all(renew=True)

    assert [timbre.key for timbre in voices.known] == ["ben"]


async def test_all__without_a_network_the_old_list_serves(tmp_path: Path) -> None:
    client, clock = FakeClient(), Clock()
    await the_voices(client, tmp_path, clock).all()
    begun = clock.now
    clock.now += 3 * FRESH_SECONDS
    client.trouble = Unreachable("No network.")
    voices = the_voices(client, tmp_path, clock)

    assert len(await voices.all()) == 2
    assert voices.asked == begun
    with pytest.raises(Unreachable):
        await voices.all(renew=True)


async def test_all__says_how_many_days_are_left(tmp_path: Path) -> None:
    found = await the_voices(FakeClient(), tmp_path, Clock()).all()

    assert [timbre.days_left for timbre in found] == [3, None]


@pytest.mark.parametrize("expires", ["", "soon", "2030-13-45"])
def test_dated__what_is_no_date_says_nothing(expires: str) -> None:
    assert dated(Timbre(key="x", expires=expires), datetime(2030, 1, 1)).days_left is None


def test_dated__an_hour_ago_has_expired() -> None:
    now = datetime(2030, 1, 2, 3, 4, 5) + timedelta(hours=1)

    assert dated(ADA, now).days_left == -1


async def test_broken_list__counts_as_none(tmp_path: Path) -> None:
    client, clock = FakeClient(), Clock()
    await the_voices(client, tmp_path, clock).all()
    for file in (tmp_path / "voices").iterdir():
        file.write_bytes(b"{")

    assert len(await the_voices(client, tmp_path, clock).all()) == 2
    assert client.asked == 2


async def test_sample__is_fetched_once(tmp_path: Path) -> None:
    async with fake_service() as service:
        service.files["/s/ada.mp3"] = b"sound"
        timbre = Timbre(key="ada", sample_url=f"{service.base_url}/s/ada.mp3?sign=1")
        samples = VoiceSamples(tmp_path)
        first = await samples.sample(timbre)
        del service.files["/s/ada.mp3"]

        assert await samples.sample(timbre) == first
        assert first.read_bytes() == b"sound"
        assert [file.name for file in first.parent.iterdir()] == [first.name]


async def test_sample__voices_of_this_machine_speak_it(tmp_path: Path) -> None:
    path = await VoiceSamples(tmp_path).sample(Timbre(key=local_voices()[0].key))

    assert probe(path).duration > 1.0


async def test_sample__without_one_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no sample"):
        await VoiceSamples(tmp_path).sample(Timbre(key="mute"))


async def test_favourites__outlive_the_program(tmp_path: Path) -> None:
    first = Favourites(tmp_path)
    await first.put("ada", True)
    await first.put("ben", True)
    await first.put("ada", False)

    assert await Favourites(tmp_path).keys() == {"ben"}
