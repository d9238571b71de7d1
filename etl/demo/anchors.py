"""
Published figures that the example passes through.

Reads `anchors.csv`; what is drawn through them is up to the models.
"""

from dataclasses import dataclass
from pathlib import Path

from etl.demo.places import Array, along, rows


@dataclass(frozen=True)
class Anchor:
    """One figure: of which subject, region, year and group, and what it says."""

    subject: str
    region: str
    period: str
    background: str
    value: float


def anchors(path: Path) -> tuple[Anchor, ...]:
    """Return every anchor of the file."""
    return tuple(
        Anchor(row["subject"], row["region"], row["period"], row["background"], float(row["value"]))
        for row in rows(path)
    )


def between(deltas: dict[str, float]) -> Array:
    """Return a correction for all years from those of some: straight between, level outside."""
    years = sorted(deltas)
    return along([(int(year), deltas[year]) for year in years])
