"""
All that a version holds, by indicator: areas and years, breakdowns, tables, what is stale, revised.

Asks `data.queries`; decides nothing: the catalogue says what an indicator is. Says of periods that
are asked for in a link whether they have no figures, have not come yet or are shorter than those
there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import pandas as pd

from dashboard.codes import BACKGROUND_KINDS
from dashboard.data.observation import Observation
from dashboard.data.queries.holdings import (
    breakdowns,
    existing_groups,
    indicator_tables,
    indicators_with_numbers,
    newest_periods,
    revisions,
    version_freshness,
)
from dashboard.data.queries.sources import held_back, source_problems
from dashboard.data.versions import Warehouse
from dashboard.panels.losses import Loss, losses
from dashboard.rules.years import YearSpan
from dashboard.sentences.figures import not_yet_sentence
from dashboard.state.resolve import Existing
from dashboard.state.visit import Visit
from dashboard.text import format
from etl.catalogue import TOTAL, Catalogue, Indicator, SourceLevel
from etl.catalogue.periods import (
    PERIODS_A_YEAR,
    ends_before,
    following,
    frequency,
    period_at,
)

SOURCE_LEVELS = get_args(SourceLevel)  # from the country down
_SPLIT_KINDS = ("sex", *BACKGROUND_KINDS, "age", "education")
_LARGEST = 3  # revisions of an indicator that are listed

Levels = tuple[str, ...]
Row = Mapping[Any, Any]  # of a frame, by column
CountForm = Literal["none", "one", "many"]


@dataclass(frozen=True)
class LevelSpan:
    """Levels with the same first and last period; "" where the source does not say."""

    levels: Levels
    first: str
    last: str


@dataclass(frozen=True)
class LevelBreakdowns:
    """Levels with the same breakdowns; `crossed` are those that exist within groups too."""

    levels: Levels
    kinds: tuple[str, ...]
    crossed: frozenset[str]


@dataclass(frozen=True)
class SourceTable:
    """A table of the source with its dates (UTC); a missing one is NaT."""

    id: str
    title: str
    updated: pd.Timestamp
    fetched: pd.Timestamp
    next_update: pd.Timestamp


@dataclass(frozen=True)
class Revised:
    """One figure before and after the source changed it."""

    old: Observation
    new: Observation


@dataclass(frozen=True)
class Stock:
    """
    What there is of one indicator.

    `stale` is the day of a failed update, `held` the one since which an answer waits; or NaT.
    """

    spans: tuple[LevelSpan, ...] = ()
    splits: tuple[LevelBreakdowns, ...] = ()
    tables: tuple[SourceTable, ...] = ()
    stale: pd.Timestamp | pd.api.typing.NaTType = field(default=pd.NaT)
    held: pd.Timestamp | pd.api.typing.NaTType = field(default=pd.NaT)
    lost: tuple[Loss, ...] = ()
    revisions: int = 0
    largest: tuple[Revised, ...] = ()


@dataclass(frozen=True)
class Inventory:
    """All of a version: the stock of each indicator that has any, and how fresh the whole is."""

    stock: Mapping[str, Stock]
    known: frozenset[str]  # indicators with at least one number
    fresh: Mapping[str, Any]  # the columns of `version_freshness`


def inventory(catalogue: Catalogue, warehouse: Warehouse) -> Inventory:
    """The inventory of a version; a scan of all its figures, to be remembered."""
    tables = _by_indicator(indicator_tables(warehouse))
    splits = _by_indicator(breakdowns(warehouse))
    revised = _by_indicator(revisions(warehouse, _LARGEST))
    problems = source_problems(warehouse)
    stale = problems[problems["stale"]].groupby("indicator")["seen"].max()
    held = held_back(warehouse)
    lost = losses(catalogue, warehouse)
    stock = {
        indicator.id: Stock(
            spans=_spans(tables[indicator.id]),
            splits=_splits(splits[indicator.id]),
            tables=_tables(tables[indicator.id]),
            stale=pd.NaT if indicator.id in held else stale.get(indicator.id, pd.NaT),
            held=held.get(indicator.id, pd.NaT),
            lost=lost.get(indicator.id, ()),
            **_revised(indicator, revised[indicator.id]),
        )
        for indicator in catalogue.indicators
    }
    fresh = version_freshness(warehouse).iloc[0]
    return Inventory(
        stock, frozenset(indicators_with_numbers(warehouse)), {str(k): v for k, v in fresh.items()}
    )


def _by_indicator(frame: pd.DataFrame) -> defaultdict[str, list[Row]]:
    """The rows of each indicator in their order; none of one that has no row."""
    rows = defaultdict[str, list[Row]](list)
    for row in frame.to_dict("records"):
        rows[row["indicator"]].append(row)
    return rows


def count_form(count: int) -> CountForm:
    """Which form of a word a number takes."""
    return "none" if count == 0 else "one" if count == 1 else "many"


def _spans(rows: Sequence[Row]) -> tuple[LevelSpan, ...]:
    """Levels by first and last period, from the country down."""
    spans: dict[tuple[str, str], list[str]] = {}
    for level in SOURCE_LEVELS:
        of_level = [row for row in rows if row["level"] == level]
        if of_level:
            first, last = (
                [row[end] for row in of_level if isinstance(row[end], str)]
                for end in ("first", "last")
            )
            ends = (min(first, default=""), max(last, default=""))
            spans.setdefault(ends, []).append(level)
    return tuple(LevelSpan(tuple(levels), *ends) for ends, levels in spans.items())


def _splits(rows: Sequence[Row]) -> tuple[LevelBreakdowns, ...]:
    """Levels by their breakdowns, from the country down."""
    splits: dict[tuple[tuple[str, ...], frozenset[str]], list[str]] = {}
    for level in SOURCE_LEVELS:
        is_crossed = {row["kind"]: row["crossed"] for row in rows if row["level"] == level}
        kinds = tuple(kind for kind in _SPLIT_KINDS if kind in is_crossed)
        if kinds:
            crossed = frozenset(kind for kind, within in is_crossed.items() if within)
            splits.setdefault((kinds, crossed), []).append(level)
    return tuple(LevelBreakdowns(tuple(levels), *kinds) for kinds, levels in splits.items())


def _tables(rows: Sequence[Row]) -> tuple[SourceTable, ...]:
    """The tables of all levels, each once."""
    by_id: dict[str, Row] = {}
    for row in rows:
        by_id.setdefault(row["table_id"], row)
    return tuple(
        SourceTable(
            row["table_id"],
            row["title"] if isinstance(row["title"], str) else "",
            row["updated"],
            row["fetched"],
            row["next_update"],
        )
        for row in by_id.values()
    )


def _revised(indicator: Indicator, rows: Sequence[Row]) -> dict[str, Any]:
    """How many figures of an indicator were changed, and the largest changes."""
    if not rows:
        return {}
    largest = tuple(
        Revised(_figure(indicator, row, "old"), _figure(indicator, row, "new")) for row in rows
    )
    return {"revisions": int(rows[0]["changes"]), "largest": largest}


def _figure(indicator: Indicator, row: Row, when: str) -> Observation:
    """One side of a revision; its segment is that of its period in the catalogue."""
    value, status = row[f"{when}_value"], row[f"{when}_status"]
    period = row["period"]
    segments = [segment.id for segment in indicator.segments if period in segment.years]
    return Observation(
        indicator=indicator.id,
        region=row["region"],
        period=period,
        segment=segments[0] if segments else indicator.segments[-1].id,
        value=None if pd.isna(value) else float(value),
        status=status if isinstance(status, str) else None,
        sex=row["sex"] or TOTAL,
        background=row["background"] or TOTAL,
        age=row["age"] or TOTAL,
        education=row["education"] or TOTAL,
    )


def existing_level_groups(visit: Visit, indicator: Indicator) -> Existing:
    """The combinations of level and group that an indicator has, remembered per version."""
    return visit.context.memory.recall(
        (visit.warehouse.version, "combinations", indicator.id),
        lambda: existing_groups(visit.warehouse, indicator.id),
    )


def no_figures_in_year(visit: Visit, indicator: str, period: str) -> str:
    """That a period has no figures: that it has not come yet, or only that there are none."""
    asked = (period, period)
    return " ".join(
        [*years_to_come(visit, indicator, asked), *no_figures_in_years(visit, indicator, asked)]
    )


def years_to_come(visit: Visit, indicator: str, asked: YearSpan) -> list[str]:
    """That what is after the newest period has not come yet; nothing where there is none."""
    latest = _newest_period(visit, indicator)
    if not latest or not ends_before(latest, asked[1]):
        return []
    first, length = asked[0], frequency(asked[1])
    if not ends_before(latest, first):
        first = period_at(following(latest, length), length)
    return [not_yet_sentence(format.periods(first, asked[1], visit.lang), latest, visit.lang)]


def no_figures_in_years(visit: Visit, indicator: str, asked: YearSpan) -> list[str]:
    """That what is until the newest period has no figures; nothing where all is yet to come."""
    latest = _newest_period(visit, indicator)
    first, last = asked
    if latest and ends_before(latest, last):
        last = latest
    if ends_before(last, first):
        return []
    if first == last:
        name = format.period_name(first, visit.lang)
        return [format.term_by_length("no_year", first, visit.lang, year=name)]
    names = {"first": format.period_name(first, visit.lang)}
    names["last"] = format.period_name(last, visit.lang)
    return [format.term_by_length("rows_no_years", last, visit.lang, **names)]


def longer_periods(visit: Visit, asked: YearSpan | None, shown: Iterable[str]) -> list[str]:
    """
    That whole years (or quarters) are shown where a link asks for a shorter period of them.

    Args:
        visit: gives the language.
        asked: of the link.
        shown: the periods that are shown for it, in any order.

    """
    periods = sorted(shown)
    if asked is None or not periods:
        return []
    lengths = [PERIODS_A_YEAR[frequency(end)] for end in asked]
    if max(lengths) <= PERIODS_A_YEAR[frequency(periods[0])]:
        return []
    lang = visit.lang
    what = {
        "asked": format.periods(*asked, lang),
        "shown": format.periods(periods[0], periods[-1], lang),
    }
    return [format.term_by_length("longer_periods", periods[0], lang, **what)]


def _newest_period(visit: Visit, indicator: str) -> str:
    """The newest period of an indicator in the warehouse, "" where it has no row."""
    periods = visit.context.memory.recall(
        (visit.warehouse.version, "newest periods"), lambda: newest_periods(visit.warehouse)
    )
    return periods.get(indicator, "")
