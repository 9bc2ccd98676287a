"""Tell whoever listens that something changed: plain callbacks, called where the change is made."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)


class Changes(Generic[T]):
    """Listeners of one kind of news; told in the order in which they began to listen."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Call `listener` with every piece of news from now on; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._forget(listener)

    def tell(self, news: T) -> None:
        """Tell everybody; a listener that fails is logged and does not keep the others from hearing it."""
        for listener in list(self._listeners):
            try:
                listener(news)
            except Exception:
                log.exception("A listener could not take the news")

    def _forget(self, listener: Callable[[T], None]) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)
