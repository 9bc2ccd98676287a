"""Every folder is known in one module, and none appears before it is used."""

from __future__ import annotations

import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from redub import paths

_CHECKOUT = Path(__file__).resolve().parents[1]


def test_places__with_redub_home_lie_in_that_one_folder(tmp_path: Path) -> None:
    home = tmp_path / "portable"

    found = paths.places({"REDUB_HOME": str(home)})

    assert found == paths.Places(
        config=home / "config",
        data=home / "data",
        cache=home / "cache",
        results=home / "results",
        runtime=home / "run",
        logs=home / "logs",
    )
    assert not home.exists()


def test_places__of_a_relative_home_stay_where_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    found = paths.places({"REDUB_HOME": "here"})

    assert found.data == tmp_path / "here" / "data"


@pytest.mark.skipif(sys.platform != "linux", reason="The folders of XDG are Linux's.")
def test_places__of_the_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_VIDEOS_DIR", str(tmp_path / "Films"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    found = paths.places({"XDG_RUNTIME_DIR": str(runtime)})

    assert found.config == tmp_path / ".config" / "redub"
    assert found.data == tmp_path / ".local" / "share" / "redub"
    assert found.results == tmp_path / "Films" / "Redub"
    assert found.runtime == runtime / "redub"


def test_places__without_a_login_session_keep_the_runtime_files_in_the_cache(tmp_path: Path) -> None:
    found = paths.places({"XDG_RUNTIME_DIR": str(tmp_path / "gone")})

    assert found.runtime == found.cache / "run"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a person's folders apart by itself.")
def test_ensure__creates_for_this_person_alone(tmp_path: Path) -> None:
    folder = paths.ensure(tmp_path / "new" / "config")

    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent)] == [0o700, 0o700]


def test_ensure__leaves_what_is_there(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    assert paths.ensure(tmp_path) == tmp_path
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_resource__of_a_checkout() -> None:
    assert paths.resource("locale").is_dir()


@pytest.mark.slow
def test_resource__of_a_wheel(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
    ]
    subprocess.run([*build, str(_CHECKOUT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("redub-*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")

    question = (
        "from redub import paths; print(paths.resource('locale', 'README.md').read_text()[:14], end='')"
    )
    asked = subprocess.run(
        [sys.executable, "-c", question],
        env={"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert asked.stdout == "# Translations"
