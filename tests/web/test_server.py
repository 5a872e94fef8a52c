"""The real server: started as `fagrom run` starts it, asked over the network, stopped as Ctrl-C stops it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A running installation with an empty database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FAGROM_")}
    environ = {
        **kept,
        "FAGROM_INSTANCE": str(tmp_path_factory.mktemp("served")),
        "FAGROM_WORKERS": "1",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "wiki", "run", "--prepare"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until_served(process, port)
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until_served(process: subprocess.Popen[str], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        try:
            if ask(port, "/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not answer within {START_SECONDS} s")


def ask(port: int, address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def raw(port: int, request: bytes) -> bytes:
    """The first line of what the server says to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(4096).partition(b"\r\n")[0]


@pytest.mark.usefixtures("server")
def test_it_serves_pages_with_our_headers(port: int) -> None:
    status, headers, body = ask(port, "/")
    assert status == 200
    assert "<h1" in body
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert ask(port, "/finnes-ikke")[0] == 404
    assert ask(port, "/healthz")[2].strip() == '{"status":"ok"}'


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("address", [b"/s/%ff", b"/s/\xff", b"/?q=\xe6", b"/?q=%00", b"/%00"])
def test_broken_bytes_on_the_wire_are_refused(port: int, address: bytes) -> None:
    assert b" 400 " in raw(port, b"GET " + address + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")


def test_it_says_where_it_is_and_stops_when_told(server: subprocess.Popen[str], port: int) -> None:
    server.send_signal(signal.SIGINT)
    said, complaints = server.communicate(timeout=STOP_SECONDS)
    assert server.returncode == 0
    assert f"Fagrom is at http://127.0.0.1:{port}" in said
    assert "Traceback" not in complaints
    with pytest.raises(ConnectionRefusedError):
        ask(port, "/healthz")
