"""The proof of a converted clip, kept as JSON beside it: ``<name>.proof.json``.

A clip in the cache counts only together with its proof; the proof is written last, when everything is on disk.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from redub.core.proof import Copy, Proof
from redub.store.files import write_atomically

SUFFIX = ".proof.json"


class _Document(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    size: int
    proof: Proof


def save(copy: Copy) -> None:
    """Write the proof of `copy` beside it.

    :raises UserError, EnvironmentFault: it could not be written
    """
    document = _Document(size=copy.proof.size, proof=copy.proof)
    write_atomically(_beside(Path(copy.path)), msgspec.json.encode(document))


def load(clip: Path) -> Copy | None:
    """Return the converted clip with its proof, or None when it is not there, or not as it was proven."""
    try:
        data = _beside(clip).read_bytes()
        size = clip.stat().st_size
        document = msgspec.json.decode(data, type=_Document)
    except (OSError, msgspec.MsgspecError):
        return None
    return Copy(path=str(clip), proof=document.proof) if size == document.size else None


def _beside(clip: Path) -> Path:
    return clip.with_suffix(SUFFIX)
