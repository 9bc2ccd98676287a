"""Each content is brought to the service once, and a remembered address is tried before it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from redub.cloud import sites
from redub.cloud.linkcheck import Found
from redub.cloud.media_urls import MediaKind, MediaUrls
from redub.cloud.signing import Credentials
from redub.core.errors import CloudFault, UserError
from redub.core.progress import Progress
from redub.services.accounts import Account
from redub.services.uploading import Uploading
from services.stand import fake_service, silent


async def test_addresses__uploads_once_and_counts_all_bytes(tmp_path: Path) -> None:
    clip, copy, voice = tmp_path / "a.mp4", tmp_path / "copy.mp4", tmp_path / "b.wav"
    clip.write_bytes(b"a" * 3000)
    copy.write_bytes(b"a" * 3000)
    voice.write_bytes(b"b" * 1000)
    reports: list[Progress] = []
    async with fake_service() as service:
        account = Account(sites.custom(service.base_url), Credentials("k", "t"))
        both = {MediaKind.REFERENCE: clip, MediaKind.RECORDING: voice}
        first = await Uploading(tmp_path).addresses(account, both, MediaUrls(), reports.append)
        again = await Uploading(tmp_path).addresses(account, {MediaKind.REFERENCE: copy}, MediaUrls(), silent)
        other = Account(account.site, Credentials("k2", "t"))
        foreign = await Uploading(tmp_path).addresses(other, {MediaKind.REFERENCE: clip}, MediaUrls(), silent)
        service.files.clear()
        anew = await Uploading(tmp_path).addresses(account, {MediaKind.REFERENCE: clip}, MediaUrls(), silent)

    assert again.reference == first.reference
    assert len({first.reference, foreign.reference, anew.reference}) == 3
    assert len(service.uploads) == 4
    assert (reports[-1].done, reports[-1].total) == (4000, 4000)


async def test_addresses__a_site_without_a_shelf_wants_an_address(tmp_path: Path) -> None:
    clip = tmp_path / "a.mp4"
    clip.write_bytes(b"a")
    account = Account(sites.INTERNATIONAL, Credentials("k", "t"))

    with pytest.raises(UserError, match="takes addresses only"):
        await Uploading(tmp_path).addresses(account, {MediaKind.REFERENCE: clip}, MediaUrls(), silent)
    with pytest.raises(UserError, match="takes addresses only"):
        await Uploading(tmp_path).addresses(account, {MediaKind.REFERENCE: clip}, MediaUrls(), silent)


async def test_addresses__pasted_ones_are_looked_at_before_anything_is_sent(tmp_path: Path) -> None:
    account = Account(sites.INTERNATIONAL, Credentials("k", "t"))
    known = MediaUrls(reference="https://a.example/a.mp4", letter="https://a.example/b.pdf")
    looked: list[tuple[str, MediaKind]] = []
    reports: list[Progress] = []

    async def look(url: str, kind: MediaKind) -> Found:
        looked.append((url, kind))
        if kind is MediaKind.LETTER:
            raise CloudFault("The file did not come.")
        return Found(size=1, type="text/plain", speed=1.0, remarks=("It comes slowly.",))

    urls = await Uploading(tmp_path, look=look).addresses(account, {}, known, reports.append)

    assert urls == known
    assert [kind for _url, kind in looked] == [MediaKind.REFERENCE, MediaKind.LETTER]
    assert [report.note for report in reports] == ["It comes slowly.", "The file did not come."]

    async def refuses(url: str, kind: MediaKind) -> Found:
        raise UserError("The service would not get the file from this address.")

    with pytest.raises(UserError, match="would not get the file"):
        await Uploading(tmp_path, look=refuses).addresses(account, {}, known, reports.append)
