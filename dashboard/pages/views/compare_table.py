"""
The table twin of a comparison: the same rows in the same order, with their symbols.

Knows its columns. It decides no row and no order.
"""

from typing import Any

from dash import html

from dashboard.listed import Item, why
from dashboard.pages.views import sheet
from dashboard.pages.views.compared import Compared, change
from dashboard.table import cell
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import Indicator, Lang


def twin(visit: Visit, indicator: Indicator, shown: Compared, title: str) -> html.Section:
    """The rows of the chart as a table, and its lines of reference under them."""
    lang, order = visit.lang, shown.order
    lines = [_line(one, shown, indicator, visit) for one in shown.items]
    made = sheet.table(
        title,
        sheet.unit(indicator, lang),
        _columns(shown, lang),
        [("", lines), (term("beside_rows", lang), _beside(shown, indicator, visit))],
    )
    ordered = order in {"varde", "forandring"}
    return sheet.twin(visit, indicator, made, shown.rows, ordered=ordered)


def _columns(shown: Compared, lang: Lang) -> list[sheet.Column]:
    order, code = shown.order, term("column_code", lang)
    columns = [
        sheet.Column(term("column_region", lang), "ascending" if order == "namn" else ""),
        *([sheet.Column(code, "ascending")] if order == "kod" else []),
        sheet.Column(term("sorted_by_varde", lang), "descending" if order == "varde" else ""),
    ]
    if order == "forandring":
        name = term("column_change", lang, year=shown.earlier)
        columns.append(sheet.Column(name, "descending"))
    return columns + ([sheet.Column(term("column_why", lang))] if _has_why(shown) else [])


def _has_why(shown: Compared) -> bool:
    return any(one.aside for one in shown.items)


def _line(one: Item, shown: Compared, indicator: Indicator, visit: Visit) -> sheet.Line:
    seen = one.observation
    cells: list[Any] = [one.region] if shown.order == "kod" else []
    cells.append(cell(seen.value, seen.status, indicator, visit.lang))
    cells += [change(one, indicator, visit)] if shown.order == "forandring" else []
    cells += [why(one, visit.lang)] if _has_why(shown) else []
    return sheet.Line(shown.names[one.region], cells, one.region == shown.found.scope.own)


def _beside(shown: Compared, indicator: Indicator, visit: Visit) -> list[sheet.Line]:
    """The county, the country or the own region, which are of another level than the rows."""
    extra = [""] * ((shown.order == "forandring") + _has_why(shown))
    lines = []
    for one in (found.other for found in shown.references):
        code = [one.region] if shown.order == "kod" else []
        value = cell(one.value, one.status, indicator, visit.lang)
        name = visit.places[one.region].name(visit.lang)
        own = one.region == shown.found.scope.own
        lines.append(sheet.Line(name, [*code, value, *extra], own))
    return lines
