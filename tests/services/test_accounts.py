"""Which service, and as whom: the choice, the settings, and the account of an earlier task."""

from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.core.tasks import TaskRecord, TaskState
from redub.services.accounts import Accounts
from redub.services.choice import Choice
from redub.services.rehearsals import Rehearsal
from redub.store.secrets import Secrets
from redub.store.settings import Settings
from services.stand import at

URL = "http://127.0.0.1:7"


def accounts(tmp_path: Path, choice: Choice, settings: Settings | None = None) -> Accounts:
    places = at(tmp_path)
    return Accounts(choice, settings or Settings(), Secrets(places.config), Rehearsal(places))


def test_site_name__is_rehearsal_until_an_account_is_set_up(tmp_path: Path) -> None:
    assert accounts(tmp_path, Choice()).site_name == "rehearsal"
    assert accounts(tmp_path, Choice(), Settings(site="china")).site_name == "china"
    assert (
        accounts(tmp_path, Choice(site="international"), Settings(site="china")).site_name == "international"
    )
    assert accounts(tmp_path, Choice(service_url=URL)).site_name == "custom"


async def test_chosen__takes_the_key_of_this_run(tmp_path: Path) -> None:
    choice = Choice(service_url=URL, appkey="a", accesstoken="t")

    account = await accounts(tmp_path, choice).chosen()

    assert (account.site.base_url, account.credentials.appkey, account.credentials.accesstoken) == (
        URL,
        "a",
        "t",
    )


async def test_chosen__takes_a_kept_accesstoken(tmp_path: Path) -> None:
    Secrets(at(tmp_path).config).save_accesstoken("china", "a", "kept")

    account = await accounts(tmp_path, Choice(), Settings(site="china", appkey="a")).chosen()

    assert account.credentials.accesstoken == "kept"


@pytest.mark.parametrize(
    "choice, missing",
    [
        (Choice(site="international"), "REDUB_APPKEY"),
        (Choice(site="international", appkey="a"), "REDUB_ACCESSTOKEN"),
        (Choice(site="mars", appkey="a"), "international"),
    ],
)
async def test_chosen__says_what_is_missing(choice: Choice, missing: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=missing):
        await accounts(tmp_path, choice).chosen()


async def test_of__finds_a_service_that_has_moved(tmp_path: Path) -> None:
    record = TaskRecord(
        id="1", state=TaskState.QUEUED, site="custom", base_url="http://127.0.0.1:8", appkey="a"
    )
    moved = accounts(tmp_path, Choice(service_url=URL, appkey="a", accesstoken="t"))
    other = accounts(tmp_path, Choice(service_url=URL, appkey="b", accesstoken="t"))

    assert (await moved.of(record)).site.base_url == URL
    with pytest.raises(UserError, match="accesstoken"):
        await other.of(record)
