"""
One observation as a plain value, and what can be read off it alone.

Pure. It knows the columns of the warehouse; what two of them say together is in `comparison`.
"""

import math
import re
from dataclasses import dataclass

import pandas as pd

from etl.catalogue import TOTAL

NEWER_DIVISION = "_RegSO2025"


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of the warehouse; `value` is None, NaN or infinite where there is no number."""

    indicator: str
    region: str
    period: str
    segment: str
    value: float | None
    status: str | None = None
    sex: str = TOTAL
    background: str = TOTAL
    education: str = TOTAL
    kind: str = "published"
    numerator: float | None = None
    denominator: float | None = None

    @property
    def present(self) -> bool:
        """Whether there is a number; a zero is one, a symbol alone is none."""
        return self.value is not None and math.isfinite(self.value)

    @property
    def number(self) -> float:
        """The number; ValueError where there is none."""
        if self.value is None or not math.isfinite(self.value):
            raise ValueError(f"{self.indicator} {self.region} {self.period} has no number")
        return self.value

    @property
    def year(self) -> int:
        """The year of the period."""
        return int(self.period[:4])

    @property
    def group(self) -> tuple[str, str, str]:
        """Whom it is about: sex, background, education."""
        return self.sex, self.background, self.education


def observations(rows: pd.DataFrame, indicator: str) -> tuple[Observation, ...]:
    """Rows of the warehouse (as by `queries.series`) as observations, in their order."""
    return tuple(
        Observation(
            indicator=indicator,
            region=row["region"],
            period=row["period"],
            segment=row["segment"],
            value=row["value"],
            status=row["status"] if isinstance(row["status"], str) else None,
            sex=row["sex"],
            background=row["background"],
            kind=row["kind"],
        )
        for row in rows.to_dict("records")
    )


def division(region: str) -> str | None:
    """The division of a RegSO code, "RegSO 2020" or "RegSO 2025"; None for other regions."""
    if region.endswith(NEWER_DIVISION):
        return "RegSO 2025"
    return "RegSO 2020" if re.fullmatch(r"\d{4}R\d+", region) else None


def level(region: str) -> str:
    """The level of a region by its code: country, county, municipality, regso, stadsdel, group."""
    if division(region):
        return "regso"
    if region == "00":
        return "country"
    if region.isdigit() and len(region) in {2, 4}:
        return "county" if len(region) == 2 else "municipality"
    return "stadsdel" if region.startswith("stadsdel") else "group"


def shown(value: float, decimals: int) -> float:
    """The value as the reader sees it: rounded as `format.number` rounds."""
    return float(f"{value:.{decimals}f}")
