"""
One observation as a plain value, and what can be read off it alone.

Pure. It knows the columns of the warehouse; what two of them say together is in `comparison`.
"""

from collections.abc import Container, Hashable, Iterable, Mapping
from functools import lru_cache
from math import isfinite
from operator import attrgetter
from typing import Any, NamedTuple

import pandas as pd

from dashboard.codes import DIMENSIONS, Group
from etl.catalogue import TOTAL
from etl.catalogue.periods import ordinal
from etl.measures.unions import MissingMember

PERIOD = attrgetter("period")
PERIOD_AND_REGION = attrgetter("period", "region")
_GROUP = attrgetter(*DIMENSIONS)


class Observation(NamedTuple):
    """
    One row of `data.series`; `value` is None, NaN or infinite where there is no number.

    A union of regions knows its `members`, which of them are `lacking` and why, the `division`
    of its areas, and `how` it is made (a key of `etl.measures.unions.METHOD_LABELS`); a mean the
    ages of its `weights`, and the share of them that is `covered` (0 to 1). An area
    that is the same in both divisions says so in `division`; of others the code tells.
    """

    indicator: str
    region: str
    period: str
    segment: str
    value: float | None
    status: str | None = None
    sex: str = TOTAL
    background: str = TOTAL
    age: str = TOTAL
    education: str = TOTAL
    kind: str = "published"
    numerator: float | None = None
    denominator: float | None = None
    members: tuple[str, ...] = ()
    lacking: tuple[MissingMember, ...] = ()
    division: str | None = None
    how: str | None = None
    weights: str | None = None
    covered: float | None = None

    @property
    def present(self) -> bool:
        """Whether there is a number; a zero is one, a symbol alone is none."""
        return self.value is not None and isfinite(self.value)

    @property
    def number(self) -> float:
        """The number; ValueError where there is none."""
        if self.value is None or not isfinite(self.value):
            raise ValueError(f"{self.indicator} {self.region} {self.period} has no number")
        return self.value

    @property
    def counts(self) -> tuple[float, float] | None:
        """Numerator and denominator of a share; None without a number or published counts."""
        numerator, denominator = _count(self.numerator), _count(self.denominator)
        if not self.present or numerator is None or denominator is None:
            return None
        return numerator, denominator

    @property
    def year(self) -> int:
        """The calendar year of the period."""
        return int(self.period[:4])

    @property
    def group(self) -> Group:
        """Whom it is about."""
        return Group(self.sex, self.background, self.age, self.education)


_NUMBER_TYPES = dict.fromkeys(("value", "numerator", "denominator", "covered"), "float64")


def observation_places(series: Iterable[Observation]) -> tuple[int, ...]:
    """Where each observation stands in time: its year, or the number of its quarter or month."""
    return _places(tuple(map(PERIOD, series)))


@lru_cache(maxsize=1024)
def _places(periods: tuple[str, ...]) -> tuple[int, ...]:
    """Remembered, as most series of a region have the same periods."""
    return tuple(map(ordinal, periods))


def of_series(rows: Iterable[Observation], region: str, group: Group) -> tuple[Observation, ...]:
    """Those of one region and group, in their order."""
    return tuple([row for row in rows if row.region == region and _GROUP(row) == group])


def of_regions(rows: Iterable[Observation], regions: Container[str]) -> tuple[Observation, ...]:
    """Those of some regions, in their order."""
    return tuple([row for row in rows if row.region in regions])


def of_periods(rows: Iterable[Observation], periods: Container[str]) -> tuple[Observation, ...]:
    """Those of some periods, in their order."""
    return tuple([row for row in rows if row.period in periods])


def with_numbers(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Those with a number, in their order."""
    return tuple([row for row in rows if row.present])


def frame_of(rows: Iterable[Observation]) -> pd.DataFrame:
    """
    Observations as a frame, for arithmetic and files: a column for each of their fields.

    What is missing is NaN among numbers and None elsewhere, `members` and `lacking` too.
    """
    frame = pd.DataFrame(list(rows), columns=list(Observation._fields))
    parts = frame["members"].map(bool)
    return frame.astype(_NUMBER_TYPES).assign(
        members=frame["members"].where(parts, None), lacking=frame["lacking"].where(parts, None)
    )


def as_observations(rows: pd.DataFrame, indicator: str = "") -> tuple[Observation, ...]:
    """
    The rows of a frame (as by `etl.measures.unions.united`) as observations, in their order.

    Of several indicators each row names its own; without `sex` a row is of both together.
    """
    return tuple(
        Observation(
            indicator=indicator or row["indicator"],
            region=row["region"],
            period=row["period"],
            segment=row["segment"],
            value=_count(row["value"]),
            status=_text(row["status"]),
            sex=_text(row.get("sex")) or TOTAL,
            background=row["background"],
            age=_text(row.get("age")) or TOTAL,
            education=_text(row.get("education")) or TOTAL,
            kind=row["kind"],
            numerator=_count(row.get("numerator")),
            denominator=_count(row.get("denominator")),
            **_union_fields(row),
        )
        for row in rows.to_dict("records")
    )


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def _count(cell: object) -> float | None:
    return float(cell) if isinstance(cell, (int, float)) and isfinite(cell) else None


def _union_fields(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """The fields of a union in a row; of another region only the division, where it is told."""
    members, lacking = row.get("members"), row.get("lacking")
    division = _text(row.get("division"))
    if not isinstance(members, tuple):
        return {"division": division} if division else {}
    return {
        "members": members,
        "lacking": lacking if isinstance(lacking, tuple) else (),
        "division": division,
        "how": _text(row.get("how")),
        "weights": _text(row.get("weights")),
        "covered": _count(row.get("covered")),
    }


def displayed_value(value: float, decimals: int) -> float:
    """The value as the reader sees it: rounded as `format.number` rounds."""
    return float(f"{value:.{decimals}f}")
