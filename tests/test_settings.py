"""Settings: where a value comes from, and the sentence that stops a wrong one."""

import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.settings import Settings, SettingsError, default_instance, is_loopback, load_settings, resource

SECRET = "s" * 32


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def load(instance: Path, /, **environ: str) -> Settings:
    return load_settings({"FAGROM_INSTANCE": str(instance), **environ})


def write_config(instance: Path, text: str) -> None:
    instance.mkdir(exist_ok=True)
    (instance / "config.py").write_text(text, encoding="utf-8")


# --- where a value comes from ----------------------------------------------------------------------------------------


def test_without_a_word_everything_has_its_default(instance: Path) -> None:
    settings = load(instance)
    assert settings.instance == instance
    assert settings.database_url == f"sqlite:///{instance}/fagrom.sqlite3"
    assert (settings.host, settings.port, settings.demo, settings.default_language) == ("127.0.0.1", 8000, False, "nb")
    assert settings.public_url == "http://127.0.0.1:8000"
    assert not settings.secure_cookies


def test_the_environment_goes_over_the_file_and_the_file_over_the_default(instance: Path) -> None:
    write_config(instance, "PORT = 9000\nWORKERS = 3\nDEMO = True\nSOMETHING_ELSE = 1\n")
    settings = load(instance, FAGROM_WORKERS="5")
    assert (settings.port, settings.workers, settings.threads, settings.demo) == (9000, 5, 4, True)


def test_what_is_empty_in_the_environment_says_nothing(instance: Path) -> None:
    write_config(instance, "PORT = 9000\n")
    assert load(instance, FAGROM_PORT="", FAGROM_HOST="", FAGROM_SECRET_KEY_FILE="").port == 9000


@pytest.mark.parametrize(
    ("environ", "port"),
    [
        ({"PORT": "9001"}, 9001),
        ({"PORT": "9001", "FAGROM_PORT": "9002"}, 9002),
        ({"PORT": "9001", "FAGROM_PORT": ""}, 9001),
        ({"PORT": ""}, 8000),
    ],
)
def test_port_may_be_named_as_everywhere(instance: Path, environ: Mapping[str, str], port: int) -> None:
    assert load(instance, **environ).port == port


def test_a_value_may_be_named_by_a_file(instance: Path, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql+psycopg://u:p@h/d\n", encoding="utf-8")
    (tmp_path / "key").write_text(f"{SECRET}\n", encoding="utf-8")
    settings = load(
        instance,
        FAGROM_DATABASE_URL_FILE=str(tmp_path / "url"),
        FAGROM_SECRET_KEY_FILE=str(tmp_path / "key"),
        FAGROM_SECRET_KEY="x" * 40,
    )
    assert (settings.database_url, settings.secret_key) == ("postgresql+psycopg://u:p@h/d", SECRET)


@pytest.mark.parametrize(("word", "value"), [(w, True) for w in ("1", "TRUE", "yes", " ja ", "on")] + [("nei", False)])
def test_yes_and_no_have_many_words(instance: Path, word: str, value: bool) -> None:
    assert load(instance, FAGROM_DEMO=word).demo is value


def test_the_public_address_is_what_people_use(instance: Path) -> None:
    settings = load(instance, FAGROM_BASE_URL="https://wiki.example.no/")
    assert settings.public_url == "https://wiki.example.no"
    assert settings.secure_cookies
    assert load(instance, FAGROM_HOST="::1").public_url == "http://[::1]:8000"


# --- wrong values ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FAGROM_PORT", "abc"),
        ("FAGROM_PORT", "-1"),
        ("FAGROM_PORT", "0"),
        ("FAGROM_PORT", "65536"),
        ("FAGROM_PORT", "80.5"),
        ("FAGROM_PORT", "٨٠٠٠"),
        ("FAGROM_PORT", "9" * 5000),
        ("PORT", "abc"),
        ("FAGROM_WORKERS", "0"),
        ("FAGROM_THREADS", "65"),
        ("FAGROM_MAX_REQUEST_MB", "2000"),
        ("FAGROM_DEMO", "maybe"),
        ("FAGROM_DEFAULT_LANGUAGE", "sv"),
        ("FAGROM_SEARCH_BACKEND", "elastic"),
        ("FAGROM_LOG_FORMAT", "xml"),
        ("FAGROM_SECRET_KEY", "short"),
        ("FAGROM_DATABASE_URL", "wiki.db"),
        ("FAGROM_DATABASE_URL", "mysql://u:p@h/d"),
        ("FAGROM_DATABASE_URL", "postgresql+psycopg://h:port/d"),
        ("FAGROM_SECRET_KEY_FILE", "/finnes/ikke"),
    ],
)
def test_a_wrong_value_stops_with_a_sentence_that_names_it(instance: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(instance, **{variable: value})
    assert str(refused.value).startswith(f"{variable} ")
    assert len(str(refused.value)) < 200
    assert not (instance / "secret_key").exists()


def test_a_wrong_database_address_is_not_said_back(instance: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load(instance, FAGROM_DATABASE_URL="oracle://wiki:hemmelig@h/d")
    assert "hemmelig" not in str(refused.value)


@pytest.mark.parametrize("text", ["PORT = ", "raise RuntimeError('no')", "import finnes_ikke"])
def test_a_file_that_cannot_be_run_is_named(instance: Path, text: str) -> None:
    write_config(instance, text)
    with pytest.raises(SettingsError, match=r"config\.py cannot be read"):
        load(instance)


def test_a_file_of_a_secret_that_is_no_text_is_named(instance: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="FAGROM_SECRET_KEY_FILE cannot be read"):
        load(instance, FAGROM_SECRET_KEY_FILE=str(tmp_path / "key"))


def test_an_instance_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="FAGROM_INSTANCE names a folder that cannot be used"):
        load(tmp_path / "file")


# --- demo mode -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "wiki.example.no", "127.0.0.1.example.no"])  # noqa: S104
def test_demo_mode_is_refused_where_others_reach_it(instance: Path, host: str) -> None:
    with pytest.raises(SettingsError, match="FAGROM_DEMO"):
        load(instance, FAGROM_DEMO="1", FAGROM_HOST=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_demo_mode_is_for_this_machine(instance: Path, host: str) -> None:
    assert load(instance, FAGROM_DEMO="1", FAGROM_HOST=host).demo


@given(st.ip_addresses().map(str) | st.text(max_size=20))
def test_loopback_is_127_and_1_alone(host: str) -> None:
    try:
        address = ip_address(host)
    except ValueError:
        assert is_loopback(host) == (host == "localhost")
        return
    expected = host == str(ip_address("::1")) if address.version == 6 else host.startswith("127.")
    assert is_loopback(host) == expected


# --- the secret ------------------------------------------------------------------------------------------------------


def test_a_secret_is_made_once_and_kept_for_the_owner_alone(instance: Path) -> None:
    first = load(instance).secret_key
    assert len(first) >= 64
    assert load(instance).secret_key == first
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in instance.iterdir()] == ["secret_key"]


def test_a_secret_that_is_given_makes_none(instance: Path) -> None:
    assert load(instance, FAGROM_SECRET_KEY=SECRET).secret_key == SECRET
    assert not (instance / "secret_key").exists()


def test_those_who_start_at_once_get_the_same_secret(instance: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(lambda _: load(instance).secret_key, range(64)))
    assert len(secrets) == 1


def test_a_kept_secret_that_is_broken_is_not_used(instance: Path) -> None:
    instance.mkdir()
    (instance / "secret_key").write_text("short", encoding="ascii")
    with pytest.raises(SettingsError, match="secret_key must hold at least 32 characters"):
        load(instance)


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["templates", "migrations", "static"])
def test_a_resource_lies_beside_the_package(name: str) -> None:
    assert resource(name).is_dir()


def test_the_instance_of_a_checkout_lies_in_it() -> None:
    assert default_instance() == Path(__file__).resolve().parents[1] / "instance"
