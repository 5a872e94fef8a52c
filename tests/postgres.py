"""A private PostgreSQL for one test run: its own cluster in a temporary folder, reached by a socket, gone afterwards.

Nothing of a PostgreSQL that already runs on the machine is touched. PostgreSQL refuses to run as root, so as root it is
started as `postgres`, else as `nobody`.
"""

import os
import pwd
import subprocess
from pathlib import Path

import psycopg
from filelock import FileLock

USER = "fagrom"
# Nothing of a test run has to survive a power cut.
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, of the newest PostgreSQL here; None when there is none."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else None


def start(folder: Path) -> None:
    """Start the cluster of this run in `folder`, unless another test process has done so."""
    with FileLock(folder / "lock"):
        if (folder / "data" / "postmaster.pid").exists():
            return
        account = _account()
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = str(folder / "data")
        _call("initdb", "-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        _call("pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"), "-o", f"-k {folder} {OPTIONS}")


def stop(folder: Path) -> None:
    """Stop the cluster of this run, if one was started."""
    if (folder / "data" / "postmaster.pid").exists():
        _call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(folder / "data"))


def url(folder: Path, database: str) -> str:
    """The SQLAlchemy address of a database of the cluster."""
    return f"postgresql+psycopg://{USER}@/{database}?host={folder}"


def create(folder: Path, database: str, template: str = "template0") -> None:
    """Make `database` as a copy of `template`, which nobody may be connected to."""
    _execute(folder, f'CREATE DATABASE "{database}" TEMPLATE "{template}"')


def drop(folder: Path, database: str) -> None:
    """Remove `database`, with whoever is still connected to it."""
    _execute(folder, f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def exists(folder: Path, database: str) -> bool:
    """Whether the cluster has `database`."""
    with psycopg.connect(host=str(folder), user=USER, dbname="postgres") as connection:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone())


def _execute(folder: Path, statement: str) -> None:
    with psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def _account() -> pwd.struct_passwd | None:
    """Who runs PostgreSQL when root runs the tests; None for everybody else."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _call(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; raises RuntimeError with what it said."""
    folder, account = binaries(), _account()
    assert folder is not None, "asked for PostgreSQL on a machine without one"
    done = subprocess.run(
        [str(folder / program), *arguments],
        cwd="/",
        stdout=subprocess.DEVNULL,  # the server keeps an inherited pipe open, and reading it would never end
        stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        text=True,
        check=False,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stderr or 'see the log in its folder'}")
