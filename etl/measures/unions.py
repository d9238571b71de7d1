"""
Figures of several regions together: districts, groups of municipalities, own selections.

Pure. What may be made of the members is the indicator's `union`:

- counts: numerators and denominators are added and divided, or counts and nets are added
  ("summa"). Moves between members cancel in a net; gross moves are never bound as counts.
- weight: the mean of the members weighted by the population of the segment's ages, of the same
  year and sex ("vägt medel"), which is the share of the union. Only for everybody: no such
  population is published for any other background or level of education.
- none: nothing but the members one by one, or their median, called so ("median").

A member without a figure is left out, counted and named. Nothing is ever worked out from the
difference between a whole and its parts: each figure is made of cells with exactly its own
sex, background and education, and of members whose figures are shown.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from etl.catalogue import TOTAL, Indicator, Text
from etl.measures.members import Lacking, Union, Why, expected, overlapping
from etl.measures.sums import MISSING
from etl.names import DIVISION_2025
from etl.observations import NOT_POSSIBLE

How = Literal["sum", "weighted", "median"]
LABELS: Mapping[How, Text] = {
    "sum": Text(sv="summa", en="sum"),
    "weighted": Text(sv="vägt medel", en="weighted mean"),
    "median": Text(sv="median", en="median"),
}
CELL = ["period", "segment", "sex", "background", "education"]
COLUMNS = [
    "region", *CELL, "value", "status", "numerator", "denominator", "kind", "how", "members",
    "present", "lacking", "division",
]  # fmt: skip


def manner(indicator: Indicator, *, background: str = TOTAL, education: str = TOTAL) -> How | None:
    """Return how a union of one group is made, or None where there is no union of it."""
    if indicator.union == "counts":
        return "sum"
    everybody = background == education == TOTAL
    return "weighted" if indicator.union == "weight" and everybody else None


def united(
    rows: pd.DataFrame, union: Union, indicator: Indicator, population: pd.DataFrame | None = None
) -> pd.DataFrame:
    """
    Return the figures of a union that the indicator's rule allows.

    Args:
        rows: observations of the members: region, the columns of `CELL`, value, status,
            numerator, denominator, as in the warehouse.
        union: what to put together.
        indicator: whose figures they are.
        population: for the rule `weight`, the observations of `population` of the members:
            region, period, sex, background (the age groups), education, value.

    Returns:
        `COLUMNS`, sorted by `CELL`; no rows where there is no union. `kind` is "computed",
        `how` a key of `LABELS`; `members` are those expected, of which `present` many are in
        the figure and `lacking` tells of the others. A value without any member is missing
        with a status. `division` is "RegSO 2020", "RegSO 2025" or None. Figures with different
        `members` or `lacking` are not comparable.

    Raises:
        ValueError: when a member lies in another, a share has no counts, or no population is given.

    """
    if indicator.union == "counts":
        spread = _spread(rows, union)
        shares = indicator.measure == "share"
        return _told(_added(spread) if shares else _counted(spread), union, "sum")
    if indicator.union == "none":
        return pd.DataFrame(columns=COLUMNS)
    if population is None:
        raise ValueError(f"{indicator.id}: union weight needs the population of its members")
    everybody = rows[(rows["background"] == TOTAL) & (rows["education"] == TOTAL)]
    spread = _spread(everybody, union)
    return _told(_weighted(spread, _weights(population, indicator)), union, "weighted")


def median(rows: pd.DataFrame, union: Union, indicator: Indicator) -> pd.DataFrame:
    """
    Return the median of the members that have a figure, shaped as by `united`.

    It is no figure of the union, only of its members: show it under its label. Counts and
    classes have none.
    """
    if indicator.measure in {"count", "class"}:
        return pd.DataFrame(columns=COLUMNS)
    return _told(_middle(_spread(rows, union)), union, "median")


def _spread(rows: pd.DataFrame, union: Union) -> pd.DataFrame:
    """Return a row for each cell and each member that it should have; absent ones have no value."""
    nested = overlapping(union.members)
    if nested:
        raise ValueError(f"{union.code}: {nested[0][0]} lies in {nested[0][1]}; choose one of them")
    own = rows[rows["region"].isin(union.members)].assign(found=True)
    newer = own["region"].str.endswith(DIVISION_2025).groupby([own["segment"], own["period"]])
    cells = own.assign(newer=newer.transform("any"))[[*CELL, "newer"]].drop_duplicates()
    wanted = pd.DataFrame(
        [
            (flag, code, number)
            for flag in (False, True)
            for number, code in enumerate(expected(union.members, newer=flag))
        ],
        columns=["newer", "region", "place"],
    ).astype({"newer": bool, "region": own["region"].dtype})
    spread = cells.merge(wanted, on="newer", how="inner").merge(
        own, on=["region", *CELL], how="left", validate="one_to_one"
    )
    return spread.assign(found=spread["found"].notna()).sort_values([*CELL, "place"])


def _added(spread: pd.DataFrame) -> pd.DataFrame:
    """Add numerators and denominators; of nobody there is no share."""
    if (spread["value"].notna() & spread["numerator"].isna()).any():
        raise ValueError("shares cannot be added: numerator and denominator are needed")
    spread = spread.assign(present=spread["numerator"].notna() & spread["denominator"].notna())
    sums = _present_sums(spread, numerator=spread["numerator"], denominator=spread["denominator"])
    under = sums["denominator"].where(sums["denominator"] != 0)
    return _gathered(spread).assign(**sums, value=100 * sums["numerator"] / under)


def _counted(spread: pd.DataFrame) -> pd.DataFrame:
    spread = spread.assign(present=spread["value"].notna())
    return _gathered(spread).assign(**_present_sums(spread, value=spread["value"]))


def _weights(population: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the population at the ages of each segment: segment, region, period, sex, weight."""
    everybody = population[population["education"] == TOTAL]
    ages = pd.DataFrame(
        [(one.id, one.ages) for one in indicator.segments if one.ages],
        columns=["segment", "background"],
    )
    found = ages.merge(
        everybody.rename(columns={"value": "weight"})[
            ["region", "period", "sex", "background", "weight"]
        ],
        on="background",
    )
    return found.drop(columns="background")


def _weighted(spread: pd.DataFrame, weights: pd.DataFrame) -> pd.DataFrame:
    """Return the weighted mean; cells of which no member has a weight have none."""
    weighed = spread.merge(
        weights,
        on=["segment", "region", "period", "sex"],
        how="left",
        validate="many_to_one",
    )
    known = weighed["weight"].notna()
    weighed = weighed.assign(
        present=known & (weighed["value"].notna() | (weighed["weight"] == 0)),
        weightless=weighed["value"].notna() & ~known,
    )
    weighed = weighed[known.groupby([weighed[name] for name in CELL]).transform("any")]
    product = (weighed["value"] * weighed["weight"]).where(weighed["weight"] != 0, 0.0)
    sums = _present_sums(weighed, product=product, weight=weighed["weight"])
    mean = sums["product"] / sums["weight"].where(sums["weight"] != 0)
    return _gathered(weighed).assign(value=mean)


def _middle(spread: pd.DataFrame) -> pd.DataFrame:
    spread = spread.assign(present=spread["value"].notna())
    return _gathered(spread).assign(value=spread.groupby(CELL)["value"].median())


def _present_sums(spread: pd.DataFrame, **columns: pd.Series) -> pd.DataFrame:
    """Add columns over the members that are present; NaN where none is."""
    shown = {name: column.where(spread["present"]) for name, column in columns.items()}
    return spread.assign(**shown).groupby(CELL)[list(columns)].sum(min_count=1)


def _gathered(spread: pd.DataFrame) -> pd.DataFrame:
    """Return for each cell its members, how many are in it, who is lacking, and the division."""
    cells = spread.groupby(CELL)
    absent = spread[~spread["present"]]
    lacking: dict[object, tuple[Lacking, ...]] = {
        cell: tuple(Lacking(str(row.region), _why(row)) for row in rows.itertuples())
        for cell, rows in absent.groupby(CELL)
    }
    found = pd.DataFrame(
        {
            "members": cells["region"].agg(tuple),
            "present": cells["present"].sum(),
            "division": cells["region"].first().map(_division),
        }
    )
    named: list[object] = [lacking.get(cell, ()) for cell in found.index]
    return found.assign(lacking=pd.Series(named, found.index, dtype=object))


def _why(row: object) -> Why:
    """Return why a member is not in a figure."""
    if getattr(row, "weightless", False):
        return "population"
    if not row.found:  # type: ignore[attr-defined]
        older = row.newer and not row.region.endswith(DIVISION_2025)  # type: ignore[attr-defined]
        return "division" if older else "absent"
    return "impossible" if row.status == NOT_POSSIBLE else "suppressed"  # type: ignore[attr-defined]


def _division(code: str) -> str | None:
    if "R" not in code:
        return None
    return "RegSO 2025" if code.endswith(DIVISION_2025) else "RegSO 2020"


def _told(cells: pd.DataFrame, union: Union, how: How) -> pd.DataFrame:
    """Add what the figure is, and a status where it is missing."""
    empty = np.where(cells["present"] > 0, NOT_POSSIBLE, MISSING)
    status = pd.Series(empty, cells.index, dtype=object).where(cells["value"].isna(), None)
    return (
        cells.assign(region=union.code, kind="computed", how=how, status=status)
        .reset_index()
        .reindex(columns=COLUMNS)
        .sort_values(CELL, ignore_index=True)
    )
