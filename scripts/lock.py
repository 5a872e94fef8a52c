"""Resolve the dependencies of pyproject.toml into hashed lock files. Run by `make lock`.

The development lock is resolved within the run lock, so that both can be installed into one environment.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header"),
)


def compile_lock(output: str, *arguments: str) -> None:
    """Write requirements/`output` anew; raises CalledProcessError when the resolver finds no answer."""
    target = f"requirements/{output}"
    subprocess.run([*COMPILE, *arguments, "--output-file", target], cwd=ROOT, check=True)


def main() -> None:
    """Run, then development within run, then the Node wheel on its own."""
    compile_lock("run.txt", "--group", "pyproject.toml:build", "pyproject.toml")
    compile_lock("dev.txt", "--constraint", "requirements/run.txt", "--group", "pyproject.toml:dev", "pyproject.toml")
    compile_lock("node.txt", "requirements/node.in")


if __name__ == "__main__":
    main()
