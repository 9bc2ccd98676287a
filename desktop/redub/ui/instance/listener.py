"""Hear what later starts of the program want."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from redub.ui.instance.address import ANSWER, address, decode

log = logging.getLogger(__name__)

_LONGEST_LINE = 64 * 1024


class Listener(QObject):
    """Listens for this person's other programs only.

    Signals: `wanted` with a `Wish`, after its sender was told that it is taken.
    """

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self, runtime: Path) -> bool:
        """Begin to listen; what a killed program has left there is put away. False when it is not possible.

        Only for the program that has the claim of `runtime`.
        """
        try:
            name = address(runtime)
        except OSError as fault:
            log.info("Others cannot hand their files over: %s", fault)
            return False
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            log.info("Others cannot hand their files over: %s", self._server.errorString())
            return False
        return True

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda one=socket: self._read(one))
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_LINE:
                socket.abort()
            return
        wish = decode(bytes(socket.readLine().data()))
        # Whoever has waited too long has opened a window of its own and gone.
        if wish is None or socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            socket.abort()
            return
        socket.write(ANSWER)
        socket.flush()
        self.wanted.emit(wish)
