"""
The few series of a small extract as columns for a native chart, cut where nothing may be joined.

Pure. `pieces` decides what a line may join; every stretch is a column of its own, so that no
program can draw across a break or a missing year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import comparison, pieces
from dashboard.exports.extract import KEY, Meta
from dashboard.exports.strokes import Values, categories, named_columns
from etl.catalogue import Indicator

SERIES = 10
KEYS = ("region", "sex", "background", "education")
ROWS = 2_000


@dataclass(frozen=True)
class Stretch:
    """A piece of a series that may be drawn as one line; None where it has no number."""

    series: int
    name: str
    values: Values


@dataclass(frozen=True)
class Plot:
    """All periods between first and last, and the stretches over them."""

    periods: tuple[str, ...]
    stretches: tuple[Stretch, ...]


def plot(rows: pd.DataFrame, meta: Meta) -> Plot | None:
    """
    Columns for a chart of one indicator with at most `SERIES` series; else None.

    Args:
        rows: the machine columns, in the order of the extract.
        meta: of the same extract.

    """
    keys = zip(*(rows[name] for name in KEY), strict=True)
    made = pd.Series([meta.made.get(key) for key in keys], rows.index, dtype="object")
    told = rows.assign(members=made)
    found = [own for _, own in told.groupby(list(KEYS), sort=False)]
    one = meta.indicators[0] if len(meta.indicators) == 1 else None
    if one is None or one.measure == "class" or not 0 < len(found) <= SERIES:
        return None
    every = pieces.step(rows["period"])
    periods = categories(rows)
    named = _names([own.iloc[0] for own in found], meta)
    stretches: list[Stretch] = []
    for place, (own, name) in enumerate(zip(found, named, strict=True)):
        stretches += _stretches(own, place, name, one=one, every=every, axis=periods, meta=meta)
    return Plot(periods, tuple(stretches)) if stretches else None


def _stretches(
    own: pd.DataFrame,
    place: int,
    name: str,
    *,
    one: Indicator,
    every: int,
    axis: Sequence[str],
    meta: Meta,
) -> list[Stretch]:
    """The pieces of one series; all but the first say since when they are."""
    group = own.iloc[0]
    marks = comparison.applying(
        one.breaks,
        region=group["region"],
        sex=group["sex"],
        background=group["background"],
        education=group["education"],
    )
    cut = pieces.stretches(own, marks, every)
    return [Stretch(place, *told) for told in named_columns(cut, name, axis=axis, lang=meta.lang)]


def _names(groups: Sequence["pd.Series[str]"], meta: Meta) -> list[str]:
    """A name for each series: the parts in which they differ, the region where in none."""
    told = [_parts(group, meta) for group in groups]
    differing = [key for key in KEYS if len({parts[key] for parts in told}) > 1]
    return [", ".join(parts[key] for key in differing or ["region"]) for parts in told]


def _parts(group: "pd.Series[str]", meta: Meta) -> Mapping[str, str]:
    """The words for region and group of one series."""
    words = {"region": str(group["region_name"])}
    for key in KEYS[1:]:
        category = meta.categories.get((key, group[key]))
        words[key] = category.label[meta.lang] if category else str(group[key])
    return words
