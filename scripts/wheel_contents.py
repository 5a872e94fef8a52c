"""Build hook: pack what stands beside wiki/ into the wheel, so that an installed wheel runs as the checkout does.

wiki/settings.py looks in wiki/_resources when there is no templates/ beside the package. An editable install needs
none of it. The front end and the compiled catalogues must be built first: `make wheel` does so.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

RESOURCES = ("templates", "static/dist", "migrations")


class WheelContents(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the resource folders to a standard wheel; refuses to build one that lacks any of them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; `version` is "standard" or "editable". Raises FileNotFoundError for a missing folder."""
        if version == "editable":
            return
        for folder in RESOURCES:
            source = Path(self.root, folder)
            if not source.is_dir():
                raise FileNotFoundError(f"{source} is missing: run `make wheel`, which builds it first")
            build_data["force_include"][str(source)] = f"wiki/_resources/{folder}"
