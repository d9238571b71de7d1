"""
Years and levels that have no figures because a table of the source could not be read.

The catalogue says what each source would give, the warehouse which sources it lacks and what the
others have. An indicator without any figures has no losses: it says that it has none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

import pandas as pd

from dashboard.data.queries.holdings import indicator_tables
from dashboard.data.queries.sources import missing_sources
from dashboard.data.versions import Warehouse
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import Catalogue, Indicator, Lang, Segment, SourceLevel, Table

_LEVELS = get_args(SourceLevel)  # from the country down
_Years = frozenset[int]


@dataclass(frozen=True)
class Loss:
    """
    What is lacking: years at some levels, all of some levels, or only groups at some levels.

    `levels` is empty where all levels of the indicator lack the years; `last` where nobody knows
    how far the table went; `tables` counts the tables that could not be read.
    """

    what: Literal["years", "levels", "groups"]
    levels: tuple[str, ...]
    first: str
    last: str
    tables: int


def losses(catalogue: Catalogue, warehouse: Warehouse) -> dict[str, tuple[Loss, ...]]:
    """The losses of each indicator of a version, from the country down and the oldest first."""
    problems, held = missing_sources(warehouse), indicator_tables(warehouse)
    lacking = problems[~problems["stale"].astype(bool)]
    # A year has figures when it is over: a table that goes on promises none of this year.
    newest = int(warehouse.version[:4]) - 1
    return {
        indicator.id: tuple(
            _losses(indicator, catalogue, rows.to_dict("records"), own, newest=newest)
        )
        for indicator in catalogue.indicators
        for rows in [lacking[lacking["indicator"] == indicator.id]]
        for own in [held[held["indicator"] == indicator.id]]
        if len(rows) and len(own)
    }


def late_years(catalogue: Catalogue, warehouse: Warehouse) -> dict[str, tuple[str, str]]:
    """
    First and last year of what is stale, of indicators of which only some years are.

    The last is "" where nobody knows how far the table goes.
    """
    problems, newest = missing_sources(warehouse), int(warehouse.version[:4]) - 1
    late = problems[problems["stale"].astype(bool)]
    spans = {}
    for indicator in catalogue.indicators:
        years = frozenset[int]().union(
            *(
                given
                for row in late[late["indicator"] == indicator.id].to_dict("records")
                for given in _given(indicator, catalogue, row, newest).values()
            )
        )
        if years and years < frozenset[int]().union(
            *_promised(indicator, catalogue, newest).values()
        ):
            first, last = min(years), max(years)
            spans[indicator.id] = (str(first), "" if first < last == newest else str(last))
    return spans


def loss_sentence(loss: Loss, lang: Lang) -> str:
    """What is lacking and why: "2025 saknas för kommuner: tabellen kunde inte läsas"."""
    several = "many" if loss.tables > 1 else "one"
    words = {
        "years": format.periods(loss.first, loss.last or loss.first, lang),
        "levels": enumerated([term(f"level_of_{level}", lang) for level in loss.levels], lang),
        "reason": term(f"lost_tables_{several}", lang),
    }
    if loss.what == "years":
        span = "year" if loss.first == loss.last else "span" if loss.last else "since"
        return term(f"lost_{span}{'_of' * bool(loss.levels)}", lang, **words)
    return capital(term(f"lost_{loss.what}", lang, **words))


def _losses(
    indicator: Indicator,
    catalogue: Catalogue,
    lacking: Sequence[Mapping[Any, Any]],
    held: pd.DataFrame,
    *,
    newest: int,
) -> Iterator[Loss]:
    """Merge what the sources would have given, less what others give, by years and level."""
    promised = _promised(indicator, catalogue, newest)
    there = {level: _covered(held[held["level"] == level], newest) for level in _LEVELS}
    lost: dict[str, _Years] = {}
    groups: dict[str, None] = {}
    tables: dict[str, set[str]] = {}
    for row in lacking:
        key = row["source"].partition("#")[0]
        for level, years in _given(indicator, catalogue, row, newest).items():
            tables.setdefault(level, set()).add(key)
            if absent := years - there[level]:
                lost[level] = lost.get(level, frozenset()) | absent
            elif years:
                groups[level] = None
    whole = [level for level in _LEVELS if level in lost and lost[level] >= promised[level]]
    spans: dict[tuple[int, int], list[str]] = {}
    for level in _LEVELS:
        for span in _runs(lost.get(level, frozenset()) if level not in whole else ()):
            spans.setdefault(span, []).append(level)
    for (first, last), levels in sorted(spans.items()):
        named = () if set(levels) == promised.keys() else tuple(levels)
        # Nobody knows how near to the newest year a table came; one of a single year had that.
        until = "" if first < last == newest else str(last)
        yield Loss("years", named, str(first), until, _count(tables, levels))
    if whole:
        yield Loss("levels", tuple(whole), "", "", _count(tables, whole))
    only_groups = [level for level in _LEVELS if level in groups and level not in whole]
    if only_groups:
        yield Loss("groups", tuple(only_groups), "", "", _count(tables, only_groups))


def _given(
    indicator: Indicator, catalogue: Catalogue, row: Mapping[Any, Any], newest: int
) -> dict[str, _Years]:
    """The years that a source would give at each level; of an older catalogue's as far as known."""
    key, _, place = row["source"].partition("#")
    table = catalogue.table.get(key)
    if table is None:
        return {}
    segment = next((one for one in indicator.segments if one.id == row["segment"]), None)
    sources = segment.sources if segment else ()
    if segment and place.isdecimal() and int(place) < len(sources):
        source = sources[int(place)]
        if source.table == key:
            return dict.fromkeys(source.given_levels, _years(table, segment, newest))
    used = {s.table for one in indicator.segments for s in one.sources}
    return dict.fromkeys(table.levels, _years(table, None, newest)) if key in used else {}


def _promised(indicator: Indicator, catalogue: Catalogue, newest: int) -> dict[str, _Years]:
    """All years that the catalogue declares at each level."""
    years: dict[str, _Years] = {}
    for segment in indicator.segments:
        for source in segment.sources:
            declared = _years(catalogue.table[source.table], segment, newest)
            for level in source.given_levels:
                years[level] = years.get(level, frozenset()) | declared
    return years


def _years(table: Table, segment: Segment | None, newest: int) -> _Years:
    spans = [table.years, *([segment.years] if segment else [])]
    first = max(span.first for span in spans)
    # A single year that goes on is that year, whenever the version is from.
    last = min([max(newest, first), *(span.last for span in spans if span.last)])
    return frozenset(range(first, last + 1))


def _covered(rows: pd.DataFrame, newest: int) -> _Years:
    """The years that the tables of a level have; one that does not say has all."""
    years: set[int] = set()
    for row in rows.to_dict("records"):
        first, last = row["first"], row["last"]
        known = isinstance(first, str) and isinstance(last, str)
        years.update(range(int(first[:4]), int(last[:4]) + 1) if known else range(1900, newest + 1))
    return frozenset(years)


def _runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of years."""
    ordered = sorted(years)
    if not ordered:
        return []
    gaps = [(before, after) for before, after in pairwise(ordered) if after > before + 1]
    starts = [ordered[0], *(after for _, after in gaps)]
    return list(zip(starts, [*(before for before, _ in gaps), ordered[-1]], strict=True))


def _count(tables: Mapping[str, set[str]], levels: Iterable[str]) -> int:
    return len(set().union(*(tables[level] for level in levels)))
