"""The settings of an installation: environment over ``instance/config.py`` over the defaults.

Every field of :class:`Settings` is ``FAGROM_<NAME>`` in the environment and ``<NAME>`` in
``config.py``. A secret may instead be named by a file: ``FAGROM_SECRET_KEY_FILE``. A wrong value
stops the start with a sentence that says which and why. All are listed in ``docs/settings.md``.
"""

import os
import runpy
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from ipaddress import ip_address
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "FAGROM_"
LANGUAGES = ("nb", "nn", "en")
SEARCH_BACKENDS = ("whoosh", "memory")
LOG_FORMATS = ("text", "json")
_SHORTEST_SECRET = 32

_PACKAGE = Path(__file__).resolve().parent
_PACKED = _PACKAGE / "_resources"


def resource(name: str) -> Path:
    """The folder ``name`` (``templates``, ``static/dist``, ``migrations``) of this installation.

    In a checkout it lies beside ``wiki/``, in an installed wheel inside it.
    """
    packed = _PACKED / name
    return packed if packed.exists() else _PACKAGE.parent / name


def default_instance() -> Path:
    """The instance folder when ``FAGROM_INSTANCE`` does not name one."""
    return Path.cwd() / "instance" if _PACKED.exists() else _PACKAGE.parent / "instance"


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What can be set.

    Attributes:
        instance: folder of the run-time data; made when missing.
        database_url: SQLAlchemy address; empty means SQLite in the instance folder.
        secret_key: signs sessions; empty means one made and kept in the instance folder.
        host, port: where the server listens.
        workers, threads: processes of the server, and threads of each.
        base_url: the address people use, for links in invitations; empty means host and port.
        demo: the demo network with «sign in as»; only on a loopback host.
        default_language: nb, nn or en.
        search_backend: whoosh or memory.
        proxies: how many proxies of ours stand before the server; so many entries of X-Forwarded-* are believed.
        max_request_mb: the largest request body taken, in MiB.
        log_format: text or json.
    """

    instance: Path
    database_url: str = ""
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 4
    base_url: str = ""
    demo: bool = False
    default_language: str = "nb"
    search_backend: str = "whoosh"
    proxies: int = 0
    max_request_mb: int = 16
    log_format: str = "text"

    @property
    def listens_on(self) -> str:
        """Host and port as one word; an IPv6 address stands in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def public_url(self) -> str:
        """The address people use, without a slash at the end."""
        return (self.base_url or f"http://{self.listens_on}").rstrip("/")

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies travel over HTTPS only."""
        return self.public_url.startswith("https://")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this installation.

    Raises:
        SettingsError: a value cannot be used.
    """
    environ = os.environ if environ is None else environ
    instance = Path(environ.get(PREFIX + "INSTANCE") or default_instance()).resolve()
    values: dict[str, Any] = {"instance": instance}
    file_values = _config_file(instance / "config.py")
    for field in fields(Settings):
        if field.name == "instance":
            continue
        source, raw = _from_environment(environ, field.name)
        if raw is None:
            raw = file_values.get(field.name.upper())
        if raw is not None:
            values[field.name] = _convert(source, raw, type(field.default))
    return _complete(_checked(Settings(**values)))


def _config_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return runpy.run_path(str(path))
    except Exception as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def _from_environment(environ: Mapping[str, str], name: str) -> tuple[str, str | None]:
    """The variable that decides a setting, and what it says; what is empty says nothing."""
    variable = PREFIX + name.upper()
    secret_file = environ.get(variable + "_FILE")
    if secret_file:
        try:
            return variable + "_FILE", Path(secret_file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{variable}_FILE cannot be read: {error}") from error
    if name == "port" and not environ.get(variable) and environ.get("PORT"):
        variable = "PORT"
    return variable, environ.get(variable) or None


def _convert(source: str, raw: Any, kind: type) -> Any:
    text = str(raw).strip()
    if kind is bool:
        if text.lower() in ("1", "true", "yes", "ja", "on"):
            return True
        if text.lower() in ("0", "false", "no", "nei", "off", ""):
            return False
        raise SettingsError(f"{source} must be yes or no, not {text!r}")
    if kind is int:
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise SettingsError(f"{source} must be a whole number, not {text[:40]!r}")
        return int(text)
    return text


def _checked(settings: Settings) -> Settings:
    choices = {
        "default_language": LANGUAGES,
        "search_backend": SEARCH_BACKENDS,
        "log_format": LOG_FORMATS,
    }
    for name, allowed in choices.items():
        if getattr(settings, name) not in allowed:
            raise SettingsError(f"{PREFIX}{name.upper()} must be one of {', '.join(allowed)}")
    for name, (low, high) in {
        "port": (1, 65535),
        "workers": (1, 64),
        "threads": (1, 64),
        "proxies": (0, 8),
        "max_request_mb": (1, 1024),
    }.items():
        if not low <= getattr(settings, name) <= high:
            raise SettingsError(f"{PREFIX}{name.upper()} must be between {low} and {high}")
    if settings.demo and not is_loopback(settings.host):
        raise SettingsError("FAGROM_DEMO lets anybody sign in as anybody: it needs FAGROM_HOST on loopback")
    if settings.secret_key and len(settings.secret_key) < _SHORTEST_SECRET:
        raise SettingsError(f"FAGROM_SECRET_KEY must have at least {_SHORTEST_SECRET} characters")
    if not _is_database_address(settings.database_url or "sqlite://"):  # never said back: it may hold a password
        raise SettingsError("FAGROM_DATABASE_URL must be an address such as postgresql+psycopg://host/fagrom")
    return settings


def _is_database_address(text: str) -> bool:
    try:
        return make_url(text).get_dialect().name in ("sqlite", "postgresql")
    except (ArgumentError, ImportError, ValueError):
        return False


def is_loopback(host: str) -> bool:
    """Whether a server on ``host`` can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _complete(settings: Settings) -> Settings:
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
        values = {field.name: getattr(settings, field.name) for field in fields(Settings)}
        if not settings.database_url:
            values["database_url"] = f"sqlite:///{settings.instance / 'fagrom.sqlite3'}"
        if not settings.secret_key:
            values["secret_key"] = _kept_secret(settings.instance / "secret_key")
    except OSError as error:
        raise SettingsError(f"FAGROM_INSTANCE names a folder that cannot be used: {error}") from error
    return Settings(**values)


def _kept_secret(path: Path) -> str:
    """The secret in ``path``; made by whichever process comes first, and there only when it is whole."""
    if not path.exists():
        with NamedTemporaryFile("w", encoding="ascii", dir=path.parent, prefix=".secret-") as file:  # mode 0600
            file.write(secrets.token_urlsafe(48))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    secret = path.read_text(encoding="ascii", errors="replace").strip()
    if len(secret) < _SHORTEST_SECRET:
        raise SettingsError(f"{path} must hold at least {_SHORTEST_SECRET} characters; remove it and a new one is made")
    return secret
