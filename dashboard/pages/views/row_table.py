"""
The table of all rows: its heads that sort, its rows, and the borders of breaks.

Knows the class names of assets/table.css. It decides no order and no year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import format
from dashboard.comparison import difference
from dashboard.components import aria
from dashboard.observation import observations
from dashboard.pages.views import sheet
from dashboard.spells import Seam, Span
from dashboard.table import cell
from dashboard.text import term
from dashboard.url import Order, link
from dashboard.visit import Visit
from etl.catalogue import Indicator

DIRECTION = {"namn": "ascending", "kod": "ascending", "varde": "descending"}


@dataclass(frozen=True)
class Sheet:
    """
    One page of the table.

    `listed` regions are of the level, in their order; `beside` stand above them. `between` are
    the years of the change, None where there is none. `count` regions are found in all.
    """

    rows: pd.DataFrame
    years: tuple[str, ...]
    names: Mapping[str, str]
    listed: tuple[str, ...]
    beside: tuple[str, ...]
    own: str
    order: Order
    between: Span | None
    seams: Mapping[str, Seam]
    count: int
    page: int
    pages: int

    @property
    def has_empty(self) -> bool:
        """Whether a cell has neither number nor symbol."""
        known = self.rows[self.rows["value"].notna() | self.rows["status"].notna()]
        return len(known) < len({*self.listed, *self.beside}) * len(self.years)


def table(visit: Visit, indicator: Indicator, shown: Sheet, title: str) -> html.Div:
    """The table in a field of its own that scrolls sideways."""
    lang = visit.lang
    cells = {(one.region, one.period): one for one in observations(shown.rows, indicator.id)}
    parts = []
    for words, codes in ((term("beside_rows", lang), shown.beside), ("", shown.listed)):
        rows = [_row(code, cells, shown, indicator=indicator, visit=visit) for code in codes]
        if words and rows:
            wide = len(shown.years) + 2 + bool(shown.between)
            name = html.Th(html.Span(words), scope="rowgroup", colSpan=wide)
            rows = [html.Tr(name, className="part"), *rows]
        parts += [html.Tbody(rows)] if rows else []
    example = f"{term('example', lang)}. " if visit.warehouse.example else ""
    caption = html.Caption(
        [
            html.Span(title, className="unseen"),
            html.Small(f"{example}{sheet.unit(indicator, lang)}"),
        ]
    )
    listed = html.Table([caption, _head(visit, shown), *parts], className="figures rows")
    return html.Div(listed, className="scroll", role="region", tabIndex=0, **aria(label=title))


def _head(visit: Visit, shown: Sheet) -> html.Thead:
    lang = visit.lang
    heads = [
        _sorting(visit, shown, "namn", term("column_region", lang)),
        _sorting(visit, shown, "kod", term("column_code", lang)),
    ]
    if shown.between:
        first, last = shown.between
        words = term("rows_change", lang, first=first, last=last)
        heads.append(_sorting(visit, shown, "forandring", words))
    for place, year in enumerate(shown.years):
        seam = shown.seams.get(year)
        mark = [html.Small(term(f"rows_{seam.sort}", lang))] if seam else []
        if place == 0:
            heads.append(_sorting(visit, shown, "varde", year, mark=mark, border=_border(seam)))
        else:
            heads.append(html.Th([year, *mark], scope="col", className=_border(seam)))
    return html.Thead(html.Tr(heads))


def _sorting(
    visit: Visit,
    shown: Sheet,
    order: Order,
    name: str,
    *,
    mark: Sequence[Any] = (),
    border: str | None = None,
) -> html.Th:
    """A head whose link orders the rows; it says when they are."""
    href = link(visit.path, visit.state, sortering=order, sida="1", notices=())
    hidden = html.Span(f" ({term('rows_sort', visit.lang)})", className="unseen")
    inside = dcc.Link([name, hidden], href=href, id=f"sort-{order}")
    active = aria(sort=DIRECTION.get(order, "descending")) if shown.order == order else {}
    return html.Th([inside, *mark], scope="col", className=border, **active)


def _row(
    code: str, cells: Mapping[Any, Any], shown: Sheet, *, indicator: Indicator, visit: Visit
) -> html.Tr:
    """Name, code, a value for each year, and the change where it may be told."""
    made = []
    if shown.between:
        earlier, later = (cells.get((code, year)) for year in shown.between)
        change = difference(later, earlier, indicator).value if earlier and later else None
        made.append(html.Td(_signed(change, indicator, visit)))
    for year in shown.years:
        one = cells.get((code, year))
        value = cell(one.value if one else None, one.status if one else None, indicator, visit.lang)
        border = _border(shown.seams.get(year))
        made.append(html.Td(value.children, className=border) if border else value)
    name = html.Th(shown.names[code], scope="row")
    own = "own" if code == shown.own else None
    return html.Tr([name, html.Td(code, className="code"), *made], className=own)


def _signed(change: float | None, indicator: Indicator, visit: Visit) -> Any:
    """A change with its sign; where none may be told a dash with its meaning."""
    if change is None:
        return html.Abbr("–", title=term("rows_incomparable", visit.lang))
    return ("+" if change > 0 else "") + format.number(change, indicator.decimals, visit.lang)


def _border(seam: Seam | None) -> str | None:
    """The class of the border between a year and the one before it."""
    return f"after-{seam.sort}" if seam else None
