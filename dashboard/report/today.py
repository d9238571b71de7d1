"""
The report's figures beside today's of the same year: both in words, and what parts them.

Pure. A difference is today's displayed figure minus the printed one, and only where definition
and area are the same; a missing figure is told as missing and never as zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import format
from dashboard.observation import Observation, shown
from dashboard.phrases import said
from dashboard.report.printed import Printed
from dashboard.text import term
from etl.catalogue import Catalogue, Indicator, Lang

Key = tuple[str, str, str, str, str]  # indicator, region, background, sex, period
Known = Mapping[Key, Observation]
HUNDRED = 100


@dataclass(frozen=True)
class Row:
    """One row of the table, in words."""

    printed: Printed
    report: str
    today: str
    difference: str


def row(one: Printed, known: Known, catalogue: Catalogue, lang: Lang) -> Row:
    """A printed figure, today's of the same year, and the difference where there is one."""
    return Row(
        one,
        report(one, lang),
        _today(one, known, catalogue, lang),
        _apart(one, known, catalogue, lang),
    )


def report(one: Printed, lang: Lang) -> str:
    """A figure as printed: "nästan 25 000", "83,7 %", or the report's words."""
    if one.printed is not None:
        return one.printed[lang]
    number = _united(format.number(one.value, one.decimals, lang), one, lang)
    return number if one.operator == "exact" else term(f"op_{one.operator}", lang, number=number)


def years(one: Printed, lang: Lang) -> str:
    """When it was: a year, a span, or that the year is not given."""
    if one.year is None:
        return term("report_no_year", lang)
    return format.periods(one.year, one.until or one.year)


def found(one: Printed, known: Known) -> Observation | None:
    """Today's observation of the same year; None where no table has it."""
    if one.current is None or one.year is None:
        return None
    return known.get(_key(one, one.year))


def _key(one: Printed, year: str) -> Key:
    if one.current is None:
        raise ValueError(f"{one.id}: nothing of today is named")
    asked = one.current
    return asked.indicator, asked.region, asked.background, asked.sex, year


def _united(number: str, one: Printed, lang: Lang) -> str:
    if one.unit == "percent":
        return f"{number}{format.NBSP}%"
    if one.unit == "points":
        return f"{number} {said('point' if number == '1' else 'points', lang)}"
    return number


def _today(one: Printed, known: Known, catalogue: Catalogue, lang: Lang) -> str:
    if one.current is None:
        return term("report_no_table", lang)
    indicator = catalogue.indicator[one.current.indicator]
    if one.until is not None:
        return _side(one, known, lang)
    today = found(one, known)
    if today is None:
        return term("not_available", lang)
    return format.measured(today.value, today.status, indicator, lang) or term(
        "not_available", lang
    )


def _side(one: Printed, known: Known, lang: Lang) -> str:
    """In how many of the years with a figure a ratio was above 100."""
    first, last = int(one.year or 0), int(one.until or 0)
    every = (known.get(_key(one, str(year))) for year in range(first, last + 1))
    present = [each for each in every if each is not None and each.present]
    if not present:
        return term("not_available", lang)
    above = sum(shown(each.number, 1) > HUNDRED for each in present)
    return term("report_above", lang, above=above, years=len(present))


def _apart(one: Printed, known: Known, catalogue: Catalogue, lang: Lang) -> str:
    if not one.comparable or one.value is None or one.step is None or one.current is None:
        return term("report_not_comparable", lang)
    today = found(one, known)
    if today is None or not today.present:
        return term("not_available", lang)
    indicator = catalogue.indicator[one.current.indicator]
    decimals = max(indicator.decimals, one.decimals)
    apart = round(shown(today.number, indicator.decimals) - one.value, decimals)
    size = _sized(apart, decimals, indicator, lang)
    if one.operator != "exact":
        return term("report_about", lang, difference=size)
    if apart and abs(apart) <= one.step / 2:
        return term("report_rounding", lang, difference=size)
    return size


def _sized(apart: float, decimals: int, indicator: Indicator, lang: Lang) -> str:
    """A difference with its sign and unit: "+0,4 procentenheter", "−400 personer"."""
    number = format.number(abs(apart), decimals, lang)
    sign = "" if apart == 0 else "+" if apart > 0 else format.MINUS
    share = indicator.measure == "share"
    unit = said("points", lang) if share else indicator.unit[lang]
    return f"{sign}{number} {unit}"
