"""
Where the regions of a map lie, read from the borders that the browser is given.

An edge. Reads the files of assets/geo/; `python -m tools.boundaries` makes them.
"""

from collections.abc import Mapping
from pathlib import Path

import orjson

from dashboard.borders import BORDERS, Box

ROOT = Path(__file__).parent.parent


def boxes() -> Mapping[str, Box]:
    """The box of every county and municipality by code; a few milliseconds, worth keeping."""
    files = [ROOT / address.removeprefix("/") for _, address in BORDERS]
    return {
        feature["id"]: Box(*feature["bbox"])
        for file in files
        for feature in orjson.loads(file.read_bytes())["features"]
    }
