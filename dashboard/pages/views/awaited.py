"""
What is said of years that a link asks for in vain.

A year is awaited only after the newest that the source has of the indicator, of any region and
group and with any status: a year that is held back has come.
"""

from dashboard import format, queries
from dashboard.sentences import not_yet
from dashboard.text import term
from dashboard.visit import Visit

Years = tuple[str, str]


def in_vain(visit: Visit, indicator: str, period: str) -> str:
    """That a year has no figures: that it has not come yet, or only that there are none."""
    asked = (period, period)
    return " ".join([*yet_to_come(visit, indicator, asked), *lacking(visit, indicator, asked)])


def yet_to_come(visit: Visit, indicator: str, asked: Years) -> list[str]:
    """That the years after the newest have not come yet; nothing where there are none."""
    latest = newest(visit, indicator)
    if not latest or asked[1] <= latest:
        return []
    first = max(asked[0], str(int(latest) + 1))
    return [not_yet(format.periods(first, asked[1]), latest, visit.lang)]


def lacking(visit: Visit, indicator: str, asked: Years) -> list[str]:
    """That the years until the newest have no figures; nothing where all are yet to come."""
    first, last = asked[0], min(asked[1], newest(visit, indicator) or asked[1])
    if first > last:
        return []
    if first == last:
        return [term("no_year", visit.lang, year=first)]
    return [term("rows_no_years", visit.lang, first=first, last=last)]


def newest(visit: Visit, indicator: str) -> str:
    """The newest year of an indicator in the warehouse, "" where it has no row."""
    every = visit.context.memory.recall(
        (visit.warehouse.version, "newest periods"), lambda: queries.newest_periods(visit.warehouse)
    )
    return every.get(indicator, "")[:4]
