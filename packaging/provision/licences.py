"""`THIRD-PARTY.txt`: what the packaged program carries of others, with each one's licence, from what is installed.

Python packages say it in their own metadata and carry their texts; system libraries say it in Debian's copyright
files; the few parts that say it nowhere stand in `_BESIDE`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from provision import console, places

_RULE = "=" * 78
_LICENCE_NAMES = re.compile(r"(?i)(^|/)(licen[cs]e|copying|notice|authors|lgpl|gpl|commercial)[^/]*$")
_ONLY_TO_BUILD = frozenset({"hatchling", "editables", "pathspec", "pluggy", "trove-classifiers", "packaging"})
_BESIDE = (
    (
        "FFmpeg (the program bin/ffmpeg, built by imageio-ffmpeg's authors with x264 and x265)",
        "GPL-3.0-or-later. Source: https://ffmpeg.org and https://github.com/imageio/imageio-binaries",
    ),
    (
        "FFmpeg (the libraries inside PyAV, with x264 and x265)",
        "GPL-3.0-or-later. Source: https://ffmpeg.org and https://github.com/PyAV-Org/pyav-ffmpeg",
    ),
    (
        "Qt (the libraries inside PySide6)",
        "LGPL-3.0-only or GPL-2.0-only or GPL-3.0-only. Source: https://download.qt.io. They may be replaced.",
    ),
    (
        "espeak-ng (the library and data inside espeakng-loader)",
        "GPL-3.0-or-later. Source: https://github.com/espeak-ng/espeak-ng",
    ),
    (
        "PyInstaller's loader (the file redub)",
        "GPL-2.0-or-later with an exception that allows programs of any licence. Source: https://pyinstaller.org",
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Something of others that is carried.

    :ivar name: what it is called, with its version
    :ivar licence: its licence in a word or a sentence
    :ivar home: where it comes from, "" when it does not say
    :ivar text: its licence in full, "" when it carries none
    """

    name: str
    licence: str
    home: str = ""
    text: str = ""


def write(target: Path, *, inside: Path | None = None, faces: bool) -> int:
    """Write the list to `target` and return how many parts it names.

    :param inside: the folder ``_internal`` of a packaged program, whose system libraries are listed too
    """
    parts = [_python(), *(Part(name, licence) for name, licence in _BESIDE), *of_python(faces=faces)]
    if inside is not None:
        parts += of_the_system(inside)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_document(parts).replace("\0", ""), encoding="utf-8")
    return len(parts)


def of_python(*, faces: bool, site_packages: Path | None = None) -> list[Part]:
    """Return the installed Python packages that the locks name for running the program."""
    locks = (places.RUNTIME_LOCK, *((places.FACES_LOCK,) if faces else ()))
    wanted = {name for lock in locks for name in locked_names(lock)} - _ONLY_TO_BUILD
    folder = site_packages or _site_packages()
    found = {canonical(each.metadata["Name"]): each for each in metadata.distributions(path=[str(folder)])}
    return [_described(found[name]) for name in sorted(wanted & found.keys())]


def of_the_system(inside: Path) -> list[Part]:
    """Return the Debian packages that the carried system libraries were taken from; nothing elsewhere."""
    if shutil.which("dpkg-query") is None:
        return []
    names = sorted({path.name for path in inside.rglob("*.so*") if not path.is_dir()})
    owners = owners_of(names)
    return [_debian(package) for package in sorted(owners)]


def owners_of(names: Iterable[str]) -> set[str]:
    """Return the Debian packages that own a library of one of the file names `names`."""
    wanted = set(names)
    patterns = ["*/libvlc*.so*", "*/vlc/plugins/*.so", "/usr/lib/*-linux-gnu/*.so*", "/lib/*-linux-gnu/*.so*"]
    asked = subprocess.run(["dpkg-query", "-S", *patterns], capture_output=True, text=True, check=False)
    owners = set()
    for line in asked.stdout.splitlines():
        package, _, path = line.partition(": ")
        if Path(path).name in wanted and not package.startswith("diversion"):
            owners.add(package.split(",")[0].split(":")[0])
    return owners


def locked_names(lock: Path) -> set[str]:
    """Return the packages that `lock` names."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([A-Za-z0-9][A-Za-z0-9._-]*)==", line) for line in lines)
    return {canonical(match.group(1)) for match in found if match}


def canonical(name: str) -> str:
    """Return the one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _described(distribution: metadata.Distribution) -> Part:
    about = distribution.metadata
    title = f"{about['Name']} {distribution.version}"
    return Part(title, licence_of(about), _home(about), "\n\n".join(_texts(distribution)))


def licence_of(about: metadata.PackageMetadata) -> str:
    """Return what a package says of its licence: an expression, its classifiers, or the first line of a text."""
    if "License-Expression" in about:
        return about["License-Expression"]
    classifiers = about.get_all("Classifier") or []
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License :: OSI")]
    if named:
        return ", ".join(named)
    written = about["License"].strip().splitlines() if "License" in about else []
    return written[0].strip() if written else "see its text"


def _home(about: metadata.PackageMetadata) -> str:
    if "Home-page" in about:
        return about["Home-page"]
    urls = about.get_all("Project-URL") or []
    return next((each.partition(",")[2].strip() for each in urls), "")


def _texts(distribution: metadata.Distribution) -> Iterator[str]:
    for file in distribution.files or []:
        if _LICENCE_NAMES.search(str(file)) and ".dist-info" in str(file):
            path = Path(str(distribution.locate_file(file)))
            if path.is_file():
                yield path.read_text(encoding="utf-8", errors="replace").strip()


def _debian(package: str) -> Part:
    said = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}\t${Homepage}", package],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    version, _, home = said.partition("\t")
    copyright_file = Path("/usr/share/doc") / package / "copyright"
    text = copyright_file.read_text(encoding="utf-8", errors="replace") if copyright_file.is_file() else ""
    named = list(dict.fromkeys(re.findall(r"(?m)^License: *(\S.*)$", text)))
    return Part(f"{package} {version} (Debian)", ", ".join(named) or "see its text", home, text.strip())


def _python() -> Part:
    text = next((path for path in _python_licences() if path.is_file()), None)
    full = text.read_text(encoding="utf-8") if text else ""
    return Part(f"Python {sys.version.split()[0]}", "Python-2.0.1 (PSF)", "https://www.python.org", full)


def _python_licences() -> Iterator[Path]:
    version = "python{}.{}".format(*sys.version_info[:2])
    yield Path(sys.base_prefix) / "lib" / version / "LICENSE.txt"
    yield Path(sys.base_prefix) / "LICENSE.txt"
    yield Path("/usr/share/doc") / version / "copyright"


def _site_packages() -> Path:
    found = sorted(places.VENV.glob("lib/python*/site-packages")) or [places.VENV / "Lib" / "site-packages"]
    if not found[0].is_dir():
        raise console.Failed("Nothing is installed yet; python3 packaging/setup.py run does that.")
    return found[0]


def _document(parts: list[Part]) -> str:
    head = (
        "Redub carries the work of many others. This list is made from what was installed when this copy was\n"
        "made. First what it is in short, then every licence in full.\n"
    )
    table = [
        f"{part.name}\n    {part.licence}{f'{chr(10)}    {part.home}' if part.home else ''}" for part in parts
    ]
    full = [f"{_RULE}\n{part.name}\n{_RULE}\n\n{part.text}\n" for part in parts if part.text]
    return "\n".join([head, *table, "", *full])
