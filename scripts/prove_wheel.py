"""Prove that a wheel runs as the checkout does: unpack it elsewhere, make a database, serve a page and its style sheet.

Run by `make wheel` as `prove_wheel.py dist`. The dependencies are those of the environment it runs in; the product is
the wheel's alone, which is checked.
"""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

VISIT = """
import sys, wiki
from pathlib import Path
assert Path(wiki.__file__).is_relative_to(sys.argv[1]), f"{wiki.__file__} is not the wheel's"
from wiki.app import create_app
client = create_app().test_client()
page = client.get("/")
assert page.status_code == 200, page.status
style = next(part for part in page.text.split('"') if part.startswith("/static/") and part.endswith(".css"))
assert client.get(style).status_code == 200, style
"""


def main() -> int:
    """Exit code 0 when the newest wheel in the folder of the first argument runs."""
    wheel = max(Path(sys.argv[1]).glob("*.whl"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory() as place:
        library, work = Path(place, "library"), Path(place, "work")
        work.mkdir()
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(library)
        environment = os.environ | {"PYTHONPATH": str(library), "FAGROM_INSTANCE": str(work / "instance")}
        for command in (["-m", "wiki", "db", "upgrade"], ["-c", VISIT, str(library)]):
            done = subprocess.run([sys.executable, *command], cwd=work, env=environment, check=False)
            if done.returncode:
                return done.returncode
    print(f"{wheel} runs outside the checkout")
    return 0


if __name__ == "__main__":
    sys.exit(main())
