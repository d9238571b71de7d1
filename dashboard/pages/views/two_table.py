"""
The table twin of two years: both figures, the change, and why there is none.

Knows its columns. A change is judged in words only where the catalogue has an agreed direction.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard import format
from dashboard.judgement import judged
from dashboard.pages.views import sheet
from dashboard.pairs import Pair, reason
from dashboard.table import cell
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import Indicator, Lang


def twin(
    visit: Visit,
    indicator: Indicator,
    listed: Sequence[Pair],
    *,
    title: str,
    years: tuple[str, str],
    rows: pd.DataFrame,
) -> html.Section:
    """The rows of the chart, in its order."""
    lang, order = visit.lang, visit.state.sortering
    has_why = not all(pair.comparable for pair in listed)
    columns = [
        sheet.Column(term("column_region", lang), "ascending" if order == "namn" else ""),
        *([sheet.Column(term("column_code", lang), "ascending")] if order == "kod" else []),
        sheet.Column(years[0]),
        sheet.Column(years[1], "descending" if order == "varde" else ""),
        sheet.Column(
            term("sorted_by_forandring", lang), "descending" if order == "forandring" else ""
        ),
    ]
    columns += [sheet.Column(term("column_judged", lang))] if indicator.better != "none" else []
    columns += [sheet.Column(term("column_why", lang))] if has_why else []
    lines = [
        sheet.Line(
            pair.name,
            _cells(pair, indicator, lang, code=order == "kod", has_why=has_why),
            pair.region == visit.state.region,
        )
        for pair in listed
    ]
    unit = (
        f"{sheet.unit(indicator, lang)} {term('change_unit', lang, unit=unit_of(indicator, lang))}"
    )
    made = sheet.table(title, unit, columns, [("", lines)])
    ordered = order in {"varde", "forandring"}
    return sheet.twin(visit, indicator, made, rows, ordered=ordered)


def unit_of(indicator: Indicator, lang: Lang) -> str:
    """The unit of a difference: percentage points of shares, else the indicator's own."""
    if indicator.measure == "share":
        return term("percentage_points", lang)
    return indicator.unit[lang]


def signed(value: float | None, indicator: Indicator, lang: Lang) -> str:
    """A difference with its sign; a dash where there is none."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "") + format.number(value, indicator.decimals, lang)


def _cells(pair: Pair, indicator: Indicator, lang: Lang, *, code: bool, has_why: bool) -> list[Any]:
    both = [cell(one.value, one.status, indicator, lang) for one in (pair.earlier, pair.later)]
    cells: list[Any] = [pair.region] if code else []
    cells += [*both, signed(pair.difference.value, indicator, lang)]
    if indicator.better != "none":
        found = judged(pair.difference, indicator)
        cells.append(f"{found.symbol} {found.word[lang]}" if found else "")
    return [*cells, reason(pair, lang)] if has_why else cells
