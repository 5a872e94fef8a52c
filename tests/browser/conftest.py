"""A real browser against a real server: Debian's Chromium, the demo network, and axe for accessibility.

Every page of every test must stay quiet: a script error, an answer of 500, a line of the content security policy broken
or a request to another host fails the test that caused it.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    expect,
    sync_playwright,
)

from wiki.web.language import COOKIE as LANGUAGE_COOKIE

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "static" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NO_CHROMIUM = "Chromium is not installed on this machine, so the browser tests were skipped"
START_SECONDS = 120
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder; skip it where there is no Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the demo network, for this test process alone; the demo is loaded once for all."""
    run = tmp_path_factory.getbasetemp()
    shared = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "demo-instance"
    with FileLock(f"{shared}.lock"):
        if not (shared / "ready").exists():
            for command in (["db", "upgrade"], ["demo", "load"]):
                _call(shared, *command)
            (shared / "ready").touch()
    own = tmp_path_factory.mktemp("instance")
    shutil.copytree(shared, own, dirs_exist_ok=True)
    return own


@pytest.fixture(scope="session")
def server(demo_instance: Path) -> Iterator[str]:
    """The address of `fagrom run` with the demo network, without a slash at its end."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    log = demo_instance / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "wiki", "run"],
            cwd=ROOT,
            env=_environment(demo_instance, port),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, which sends nothing anywhere on its own account."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own (`viewport`, `color_scheme`, … as Playwright names them), and listens."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(base_url=server, locale="nb-NO", **{"viewport": DESK, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        _listen(page, server, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page 1280 pixels wide in which nobody is signed in."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A page 390 pixels wide in which nobody is signed in."""
    return new_page(viewport=PHONE)


@pytest.fixture(scope="session")
def sessions(browser: Browser, server: str) -> Callable[[str], StorageState]:
    """What a browser keeps of somebody who has signed in with the button of the demo; each signs in once."""

    @cache
    def session(account: str) -> StorageState:
        context = browser.new_context(base_url=server, locale="nb-NO")
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "nb", "url": server}])
        page = context.new_page()
        page.goto("/logg-inn")
        page.get_by_role("button", name=f"Logg inn som {account}", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Hei, {account}")
        kept = context.storage_state()
        context.close()
        return kept

    return session


@pytest.fixture
def as_account(new_page: Callable[..., Page], sessions: Callable[[str], StorageState]) -> Callable[..., Page]:
    """`as_account("Leser Bergen")` is a page in a browser of its own, that demo account signed in; "" is nobody."""

    def open_page(account: str, **options: Any) -> Page:
        return new_page(storage_state=sessions(account) if account else None, **options)

    return open_page


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with what axe finds on the page as it stands, every rule on."""
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(source)  # not a script tag, which the content security policy rightly refuses
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        report = [f"{rule['id']}: {rule['help']}\n  {node['html']}" for rule in found for node in rule["nodes"]]
        assert not report, f"axe on {page.url}:\n" + "\n".join(report)

    return check


@pytest.fixture(scope="session")
def screenshot() -> Callable[[Page, str], None]:
    """`screenshot(page, "start")` keeps a picture for the README, when `make screenshots` asks for pictures."""
    folder = os.environ.get("FAGROM_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png")

    return take


def _call(instance: Path, *command: str) -> None:
    """Run a command of `fagrom`; fails with what it said."""
    environment = _environment(instance, 8000)
    done = subprocess.run(
        [sys.executable, "-m", "wiki", *command], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, f"fagrom {' '.join(command)}:\n{done.stdout}{done.stderr}"


def _environment(instance: Path, port: int) -> dict[str, str]:
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("FAGROM_")}
    ours = {"FAGROM_INSTANCE": str(instance), "FAGROM_DEMO": "1", "FAGROM_WORKERS": "1", "PORT": str(port)}
    return quiet | ours


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; raises RuntimeError with its log when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310  our own address
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-2000:]}")


def _listen(page: Page, server: str, complaints: list[str]) -> None:
    """Write down what a quiet page would not do."""

    def on_console(message: ConsoleMessage) -> None:
        # An answer of 4xx is also reported here; tests ask for those on purpose.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text} ({json.dumps(message.location)})")

    def on_request(request: Request) -> None:
        if not request.url.startswith((server, "data:", "blob:")):
            complaints.append(f"request to another host: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 500:
            complaints.append(f"{response.status} from {response.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("response", on_response)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
