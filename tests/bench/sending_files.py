"""A server in a process of its own that sends one file as fast as the system can: ``python sending_files.py FILE``.

It prints its port; every request is answered with the whole file, by sendfile, so that it is no part of what is
measured.
"""

from __future__ import annotations

import os
import socketserver
import sys
from pathlib import Path

_PATH = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()


class _Sender(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """Read the head of one request, and send the file."""
        while self.rfile.readline().strip():
            pass
        size = os.path.getsize(_PATH)
        head = f'HTTP/1.1 200 OK\r\nContent-Length: {size}\r\nETag: "one"\r\nConnection: close\r\n\r\n'
        self.connection.sendall(head.encode())
        with _PATH.open("rb") as file:
            self.connection.sendfile(file)


if __name__ == "__main__":
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Sender) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
