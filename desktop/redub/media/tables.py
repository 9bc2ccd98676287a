"""The tables of the clips that were opened last: several decoders of one clip read its packets once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import av
from av.container import InputContainer

from redub.media.opening import same_file
from redub.media.packets import PictureTable, whole_table

_MOST = 4
_Key = tuple[str, tuple[int, int]]

_known: OrderedDict[_Key, PictureTable] = OrderedDict()
_lock = threading.Lock()


def table_of(
    path: str | Path,
    container: InputContainer,
    stream: av.VideoStream,
    cancelled: Callable[[], bool] | None = None,
) -> PictureTable:
    """Return the table of `stream`, the picture of the clip at `path`; a file that was changed is read anew.

    :raises Stopped: `cancelled` said so
    """
    try:
        key = (str(Path(path).absolute()), same_file(path))
    except OSError:  # gone since it was opened; what is open can still be read
        return whole_table(container, stream, cancelled)
    known = _recall(key)
    if known is None:
        known = whole_table(container, stream, cancelled)
        _remember(key, known)
    return known


def _recall(key: _Key) -> PictureTable | None:
    with _lock:
        known = _known.get(key)
        if known is not None:
            _known.move_to_end(key)
        return known


def _remember(key: _Key, table: PictureTable) -> None:
    with _lock:
        _known[key] = table
        while len(_known) > _MOST:
            _known.popitem(last=False)
