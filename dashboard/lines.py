"""
The lines of a chart, and how a reader is shown them.

Pure. Knows which rows belong to a line and which breaks concern it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from dashboard import comparison
from etl.catalogue import TOTAL, Break, Indicator, Lang


@dataclass(frozen=True)
class Line:
    """One series of a chart: which rows it takes, and how it is drawn."""

    region: str
    sex: str
    background: str
    name: str
    colour: str
    dash: str = "solid"
    width: float = 2.0
    members: tuple[str, ...] = ()  # of a union
    education: str = TOTAL

    def rows(self, series: pd.DataFrame) -> pd.DataFrame:
        """Its rows of a frame that holds several series."""
        own = (
            (series["region"] == self.region)
            & (series["sex"] == self.sex)
            & (series["background"] == self.background)
            & (series["education"] == self.education)
        )
        return series[own]


@dataclass(frozen=True)
class Look:
    """How a chart is to be drawn for this reader: language, narrow window, invented data."""

    lang: Lang
    narrow: bool = False
    example: bool = False


def breaks_of(line: Line, indicator: Indicator) -> tuple[Break, ...]:
    """The breaks and cautions that concern a line."""
    return comparison.applying(
        indicator.breaks,
        region=line.region,
        sex=line.sex,
        background=line.background,
        education=line.education,
        members=line.members,
    )


def marks(indicator: Indicator, drawn: Iterable[Line]) -> tuple[Break, ...]:
    """Breaks and cautions that concern a drawn line, oldest first."""
    found = {mark: None for line in drawn for mark in breaks_of(line, indicator)}
    return tuple(sorted(found, key=lambda mark: mark.period))
