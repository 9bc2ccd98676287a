"""Write files so that a crash leaves the old one or the new one, and say in words what a disk refuses."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redub.core.errors import EnvironmentFault, RedubError, UserError

_ORDINARY = 0o666  # the umask takes from it what this person does not want to share
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES})
_MOST_NAMES = 10_000


def write_atomically(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Replace `path` by `data`: temporary name in the same folder, fsync, rename, fsync of the folder.

    :param mode: permissions of the new file; None keeps those of the old one
    :raises UserError, EnvironmentFault: the file could not be written; the old one is as it was
    """
    with disk_errors(path, "could not be saved"):
        target = path.resolve() if path.is_symlink() else path
        draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
        try:
            _write_synced(draft, data, _mode_of(target) if mode is None else mode)
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def publish(partial: Path, final: Path) -> Path:
    """Give the whole and verified `partial` its final name, and return the name that it got.

    Another file is never overwritten: "name (2).mp4" is taken then. When an earlier call was killed after
    the file had got its name, that name is found again.

    :raises UserError, EnvironmentFault: the file could not be given its name; `partial` is still there
    """
    with disk_errors(final, "could not be put in its place"):
        _sync_file(partial)
        named = next(name for name in _names(final) if _take_name(partial, name))
        sync_folder(named.parent)
        return named


def free_name(final: Path) -> Path:
    """Return `final`, or the first "name (2).mp4" that no file has."""
    return next(name for name in _names(final) if not os.path.lexists(name))


def free_space(folder: Path) -> int:
    """Return the free bytes on the disk of `folder`, which need not exist yet."""
    existing = next((place for place in (folder, *folder.parents) if place.exists()), Path(folder.anchor))
    with disk_errors(folder, "could not be looked into"):
        return shutil.disk_usage(existing).free


def require_space(folder: Path, needed: int) -> None:
    """Raise EnvironmentFault when the disk of `folder` has less than `needed` bytes free."""
    missing = needed - free_space(folder)
    if missing > 0:
        raise EnvironmentFault(
            f"There is not enough space in {folder}.",
            why=f"{math.ceil(missing / 1e6)} MB more are needed than are free.",
            next_step="Make space, or choose another folder in the settings.",
        )


def require_writable(folder: Path) -> None:
    """Create `folder` if it is missing, and make sure that files can be written there.

    :raises UserError, EnvironmentFault: they cannot
    """
    make_folder(folder)
    probe = folder / f".redub-{secrets.token_hex(4)}.tmp"
    with disk_errors(folder, "takes no files"):
        try:
            probe.touch(exist_ok=False)
        finally:
            probe.unlink(missing_ok=True)


def make_folder(folder: Path) -> Path:
    """Create `folder` for this person alone if it is missing, and return it."""
    with disk_errors(folder, "could not be created"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` outlive a loss of power, where the system can do that."""
    # Windows opens no folders, and some network disks refuse it: there the rename itself has to do.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def disk_errors(path: Path, failed: str) -> Iterator[None]:
    """Turn an OSError of the block into the error that says "`path` `failed`" and why."""
    try:
        yield
    except OSError as exc:
        raise disk_fault(exc, path, failed) from exc


def disk_fault(exc: OSError, path: Path, failed: str) -> RedubError:
    """Return what `exc` means for a creator: `failed` is the end of a sentence that begins with the file."""
    what = f"{path.name or path} {failed}."
    kind, why, next_step = _reason(exc, path)
    return kind(what, why=why, next_step=next_step, detail=f"{type(exc).__name__}: {exc}")


def _reason(exc: OSError, path: Path) -> tuple[type[RedubError], str, str]:
    if exc.errno in _FULL:
        return EnvironmentFault, f"There is no space left in {path.parent}.", "Make space, then try again."
    if exc.errno == errno.EROFS:
        return EnvironmentFault, f"The disk of {path.parent} can only be read.", "Choose another folder."
    if exc.errno == errno.ENAMETOOLONG:
        return UserError, "The name is too long for this disk.", "Choose a shorter name."
    if exc.errno in {errno.ENOENT, errno.ENOTDIR}:
        return EnvironmentFault, f"It, or the folder {path.parent}, is not there.", "Check where it lies."
    if exc.errno == errno.EISDIR:
        return UserError, "A folder has this name.", "Choose another name."
    if isinstance(exc, PermissionError):
        return (
            EnvironmentFault,
            f"This program has no right to it in {path.parent}.",
            "Choose another folder.",
        )
    return EnvironmentFault, "The disk reported a fault.", "Check the disk, then try again."


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _mode_of(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return _ORDINARY


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _names(final: Path) -> Iterator[Path]:
    yield final
    for number in range(2, _MOST_NAMES):
        yield final.with_name(f"{final.stem} ({number}){final.suffix}")
    raise UserError(f"Too many files are called {final.name}.", next_step="Choose another name.")


def _take_name(partial: Path, name: Path) -> bool:
    """Move `partial` to `name` unless something else has that name; say whether it has it now."""
    try:
        os.link(partial, name)
    except FileExistsError:
        if not os.path.samestat(name.lstat(), partial.stat()):
            return False
    except OSError as exc:
        if exc.errno not in _NO_LINKS:
            raise
        return _rename_if_free(partial, name)
    partial.unlink()
    return True


def _rename_if_free(partial: Path, name: Path) -> bool:
    """Rename on a disk without hard links (FAT, some network disks): looking first is the best there is."""
    if os.path.lexists(name):
        return False
    partial.rename(name)
    return True
