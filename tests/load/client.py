"""A load client for loopback: keep-alive connections over raw sockets, so that it costs little beside the server."""

import selectors
import socket
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

_READ = 1 << 18


@dataclass(frozen=True)
class Load:
    """What came of a load: answers a second, and milliseconds of the median and the 95th in a hundred."""

    per_second: float
    p50: float
    p95: float
    failures: int


class _Connection:
    def __init__(self, address: tuple[str, int], requests: Sequence[bytes], first: int) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._address, self._requests, self._next = address, requests, first
        self._received, self._missing = bytearray(), -1
        self.began = 0.0
        self.status = b""

    def ask(self) -> None:
        """Send the next request."""
        self._received.clear()
        self._missing = -1
        self.began = time.perf_counter()
        self.socket.sendall(self._requests[self._next % len(self._requests)])
        self._next += 1

    def take(self) -> bool:
        """Read what has come; whether the answer is whole."""
        part = self.socket.recv(_READ)
        if not part:
            raise ConnectionError("the server closed the connection")
        self._received += part
        if self._missing < 0:
            head, found, _body = self._received.partition(b"\r\n\r\n")
            if not found:
                return False
            self.status = bytes(head[9:12])
            self._missing = len(head) + 4 + _length(bytes(head))
        return len(self._received) >= self._missing


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":", 1)[1])
    raise ValueError("an answer without a length")


def get(path: str, cookie: str = "") -> bytes:
    """A GET request as it goes over the wire."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: keep-alive"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def load(port: int, requests: Sequence[bytes], *, connections: int, seconds: float) -> Load:
    """Ask in turn over so many connections for so long. Anything but a 200 counts as a failure."""
    selector = selectors.DefaultSelector()
    step = max(1, len(requests) // connections)
    opened = [_Connection(("127.0.0.1", port), requests, i * step) for i in range(connections)]
    for connection in opened:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask()
    times: list[float] = []
    failures = 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for key, _mask in selector.select(timeout=1):
            connection: _Connection = key.data
            if connection.take():
                times.append((time.perf_counter() - connection.began) * 1000)
                failures += connection.status != b"200"
                connection.ask()
    elapsed = time.perf_counter() - began
    for connection in opened:
        connection.socket.close()
    ordered = sorted(times)
    return Load(
        per_second=len(times) / elapsed,
        p50=statistics.median(ordered),
        p95=ordered[int(len(ordered) * 0.95)],
        failures=failures,
    )
