"""The command line as it is typed: its own process, its exit code, and sentences instead of tracebacks."""

import os
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = ("db", "demo", "import", "municipality", "network", "run", "search", "space", "token", "user")


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def fagrom(instance: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m wiki`` in an instance folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FAGROM_") and name != "PORT"}
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "wiki", *words],
        cwd=ROOT,
        env={**kept, "FAGROM_INSTANCE": str(instance), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_lists_every_command_and_touches_nothing(instance: Path) -> None:
    done = fagrom(instance, "--help")
    assert done.returncode == 0
    listed = done.stdout.partition("Commands:")[2]
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "] == list(
        COMMANDS
    )
    assert not instance.exists()


def test_help_of_a_command_touches_nothing_either(instance: Path) -> None:
    done = fagrom(instance, "user", "add", "-h", FAGROM_PORT="wrong")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: fagrom")
    assert not instance.exists()


def test_the_version_is_that_of_the_package(instance: Path) -> None:
    assert fagrom(instance, "--version").stdout.strip() == version("fagrom")


@pytest.mark.parametrize("words", [("finnes-ikke",), ("user", "add")])
def test_a_command_that_is_wrongly_typed_ends_with_2(instance: Path, words: tuple[str, ...]) -> None:
    done = fagrom(instance, *words)
    assert done.returncode == 2
    assert "Usage: fagrom" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_ends_with_1_and_a_sentence(instance: Path) -> None:
    done = fagrom(instance, "user", "list", FAGROM_PORT="wrong")
    assert (done.returncode, done.stderr) == (1, "Error: FAGROM_PORT must be a whole number, not 'wrong'\n")


def test_a_database_without_its_tables_ends_with_1_and_what_to_do(instance: Path) -> None:
    done = fagrom(instance, "user", "list")
    assert done.returncode == 1
    assert done.stderr == "Error: The database says: no such table: person. Try first: fagrom db upgrade\n"
    assert fagrom(instance, "run").stderr == "Error: The database is not up to date. Run: fagrom db upgrade\n"


def test_the_database_is_upgraded_and_then_it_works(instance: Path) -> None:
    for _ in range(2):
        done = fagrom(instance, "db", "upgrade")
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n"), done.stderr
    assert fagrom(instance, "user", "list", "--json").stdout == "[]\n"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_port_that_is_taken_ends_with_1_and_a_sentence(instance: Path, host: str) -> None:
    try:
        taken = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with taken:
        port = taken.getsockname()[1]
        done = fagrom(instance, "run", "--prepare", PORT=str(port), FAGROM_HOST=host)
    assert done.returncode == 1
    shown = f"[{host}]" if ":" in host else host
    sentence = f"Error: Cannot listen on {shown}:{port}: Address already in use. PORT=… chooses another port.\n"
    assert done.stderr == sentence
