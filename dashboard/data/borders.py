"""Borders of counties and municipalities: the files the browser gets, and where each lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

ROOT = Path(__file__).parents[2]
BORDERS = (("county", "/assets/geo/lan.geojson"), ("municipality", "/assets/geo/kommun.geojson"))
_WIDE = 5.0  # degrees of latitude from which a map is one of the country


@dataclass(frozen=True)
class Box:
    """The degrees between which something lies."""

    west: float
    south: float
    east: float
    north: float

    @property
    def is_wide(self) -> bool:
        """Whether it holds so much that lines must be thin."""
        return self.north - self.south >= _WIDE


def boxes() -> Mapping[str, Box]:
    """The box of every county and municipality by code; a few milliseconds, worth keeping."""
    files = [ROOT / address.removeprefix("/") for _, address in BORDERS]
    return {
        feature["id"]: Box(*feature["bbox"])
        for file in files
        for feature in orjson.loads(file.read_bytes())["features"]
    }
