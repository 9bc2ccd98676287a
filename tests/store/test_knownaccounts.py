from __future__ import annotations

from pathlib import Path

from redub.store.knownaccounts import FILE_NAME, MOST, KnownAccount, KnownAccounts


def test_remember__the_latest_first_and_each_once(tmp_path: Path) -> None:
    known = KnownAccounts(tmp_path / "config")
    assert (known.all(), known.latest("china")) == ((), None)
    for site, appkey in (("china", "a"), ("international", "b"), ("china", "c"), ("china", "a")):
        known.remember(site, appkey)

    assert [one.appkey for one in KnownAccounts(tmp_path / "config").all()] == ["a", "c", "b"]
    assert known.latest("china") == KnownAccount("china", "a")
    assert known.latest("international") == KnownAccount("international", "b")


def test_remember__only_so_many(tmp_path: Path) -> None:
    known = KnownAccounts(tmp_path)
    for number in range(MOST + 5):
        known.remember("china", str(number))

    assert len(known.all()) == MOST
    assert known.all()[0].appkey == str(MOST + 4)


def test_all__a_damaged_file_is_an_empty_list(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{nonsense")
    known = KnownAccounts(tmp_path)
    assert known.all() == ()
    known.remember("china", "a")
    assert len(known.all()) == 1
