"""The Debian package: the frozen program under /usr/lib/redub, and what a desktop wants to know of it.

What it depends on is found out and not listed: every library that a part of the folder asks for and that does not lie
in the folder, by the Debian package that owns it here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from provision import console, freezing, places

ID = "org.redub.Redub"
_LINUX = places.RECIPES / "linux"
_MODE_OF_FOLDERS, _MODE_OF_FILES, _MODE_OF_PROGRAMS = 0o755, 0o644, 0o755
# Found while the program runs and by no linker: what Qt loads to draw a window, and letters to draw in it.
_LOADED_LATER = ("libgl1", "libegl1", "fontconfig", "fonts-dejavu-core")
_RECOMMENDED = ("fonts-wqy-microhei", "xdg-utils", "shared-mime-info", "desktop-file-utils")
_MAGIC = b"\x7fELF"


def build() -> Path:
    """Make the package of the frozen program and return its path.

    :raises Failed: this is no Debian, or the frozen program is not there
    """
    if shutil.which("dpkg-deb") is None:
        raise console.Failed("A Debian package is made on Debian or Ubuntu: dpkg-deb is missing here.")
    target = path()
    with tempfile.TemporaryDirectory() as name, console.step("Making the Debian package"):
        root = Path(name) / "root"
        _lay_out(root)
        _write_control(root)
        _set_modes(root)
        argv = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z10", "--build", str(root), str(target)]
        console.run_quietly(argv, log="deb")
    return target


def path() -> Path:
    """Return where the package lies once it is made."""
    return places.DIST / f"redub_{version()}_{_architecture()}.deb"


def version() -> str:
    """Return the version of the program."""
    text = (places.CHECKOUT / "desktop" / "redub" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if found is None:
        raise console.Failed("The version of the program cannot be found.")
    return found.group(1)


def lay_out_desktop(usr: Path) -> None:
    """Put the desktop file, the icons, the type of .redub files and the AppStream description under `usr`."""
    share = usr / "share"
    _copy(_LINUX / f"{ID}.desktop", share / "applications" / f"{ID}.desktop")
    _copy(_LINUX / f"{ID}.metainfo.xml", share / "metainfo" / f"{ID}.metainfo.xml")
    _copy(_LINUX / f"{ID}.mime.xml", share / "mime" / "packages" / f"{ID}.xml")
    icons = share / "icons" / "hicolor"
    _copy(places.RESOURCES / "app" / "redub.svg", icons / "scalable" / "apps" / f"{ID}.svg")


def _lay_out(root: Path) -> None:
    if not freezing.PROGRAM.is_file():
        raise console.Failed("The frozen program is not there; python3 packaging/setup.py package makes it.")
    usr = root / "usr"
    shutil.copytree(freezing.FOLDER, usr / "lib" / "redub", symlinks=True)
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / "redub").symlink_to("../lib/redub/redub")
    lay_out_desktop(usr)
    documents = usr / "share" / "doc" / "redub"
    _copy(places.CHECKOUT / "LICENSE", documents / "copyright")
    with (documents / "copyright").open("a", encoding="utf-8") as file:
        file.write("\nWhat it carries of others: /usr/lib/redub/THIRD-PARTY.txt\n")


def _write_control(root: Path) -> None:
    folder = root / "DEBIAN"
    folder.mkdir()
    size = freezing.size(root) // 1024
    depends = sorted({*needed(freezing.FOLDER), *_LOADED_LATER})
    fields = {
        "Package": "redub",
        "Version": version(),
        "Architecture": _architecture(),
        "Maintainer": "The Redub developers <redub@localhost>",
        "Installed-Size": str(size),
        "Depends": ", ".join(depends),
        "Recommends": ", ".join(_RECOMMENDED),
        "Section": "video",
        "Priority": "optional",
        "Description": "give the person in a filmed clip new words\n"
        " A workstation around the Video Production API (No Training Video): it prepares a clip,\n"
        " a script or a voice, rehearses on this machine, and checks what comes back.",
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    (folder / "control").write_text(text, encoding="utf-8")


def needed(folder: Path) -> set[str]:
    """Return the Debian packages that own what `folder` asks for and does not carry, with libc's version."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_elf(path)]
    outside = _outside(files, folder)
    owners = {owner for path in outside for owner in _owner(path)}
    libc = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", "libc6"], capture_output=True, text=True, check=True
    ).stdout
    least = re.match(r"[0-9.]+", libc)
    return {f"libc6 (>= {least.group()})" if least and owner == "libc6" else owner for owner in owners}


def _outside(files: Iterable[Path], folder: Path) -> set[str]:
    """Return the paths of the libraries outside `folder` that `files` are linked with."""
    environ = os.environ | {"LD_LIBRARY_PATH": str(folder / "_internal")}
    argv = ["ldd", *map(str, files)]
    said = subprocess.run(argv, capture_output=True, text=True, check=False, env=environ).stdout
    found = set(re.findall(r"=> (/\S+) \(0x", said))
    return {path for path in found if not path.startswith(str(folder))}


def _owner(path: str) -> list[str]:
    # A merged /usr: the linker says /lib, the list of the package may say /usr/lib, or the other way round.
    other = path.removeprefix("/usr") if path.startswith("/usr/") else f"/usr{path}"
    for each in (path, other, str(Path(path).resolve())):
        asked = subprocess.run(["dpkg-query", "-S", each], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            return [asked.stdout.partition(":")[0]]
    return []


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == _MAGIC


def _set_modes(root: Path) -> None:
    """Give everything the modes that Debian expects, whatever this person's umask is."""
    for path in root.rglob("*"):
        if path.is_symlink():
            continue
        if path.is_dir():
            path.chmod(_MODE_OF_FOLDERS)
        else:
            is_program = path.parent.name == "bin" or path == root / "usr" / "lib" / "redub" / "redub"
            path.chmod(_MODE_OF_PROGRAMS if is_program else _MODE_OF_FILES)
    root.chmod(_MODE_OF_FOLDERS)


def _architecture() -> str:
    return subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
