"""
The tables of the groups of one region: start and end of each series, and the sexes side by side.

Knows which years stand in a row. What may be compared is decided in `comparison` and `stretches`.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import format
from dashboard.comparison import difference
from dashboard.components import aria
from dashboard.grouping import Grouped
from dashboard.lines import Line
from dashboard.observation import Observation, observations
from dashboard.offers import SEXES, Group
from dashboard.pages.views import sheet
from dashboard.stretches import unbroken
from dashboard.table import cell
from dashboard.text import term
from dashboard.url import link
from dashboard.view import label
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator, Lang


def heading(kind: str, groups: Sequence[Grouped], lang: Lang) -> str:
    """What the groups of a kind are, and whether women and men are told apart."""
    crossed = any(one.crossed for one in groups)
    return term(f"groups_{kind}" if crossed or kind == "sex" else f"by_{kind}", lang)


def twin(
    visit: Visit,
    indicator: Indicator,
    own: str,
    *,
    kind: str,
    groups: Sequence[Grouped],
    rows: pd.DataFrame,
) -> html.Div:
    """Every group, and each sex of it, in the first and the last year of its newest stretch."""
    lang, crossed = visit.lang, any(one.crossed for one in groups)
    heads = ["groups_column", *(["sex"] if crossed else []), "groups_start", "groups_end"]
    body = []
    for one in groups:
        for place, group in enumerate(one.groups):
            first, last = _ends(_series(rows, own, group, indicator), indicator)
            cells: list[Any] = [_head(visit, kind, one, len(one.groups))] if place == 0 else []
            if crossed:
                name = label(visit.catalogue, "sex", group[1], lang)
                cells.append(html.Td(name, className="sex"))
            cells += [_dated(each, indicator, visit) for each in (first, last)]
            body.append(html.Tr(cells))
    title = f"{heading(kind, groups, lang)}, {visit.places[own].name(lang)}"
    small = f"{sheet.unit(indicator, lang)} {term('groups_start_note', lang)}"
    names = [term(key, lang) for key in heads]
    return _table(title, _small(visit) + small, names, body, crossed=crossed)


def by_sex(
    visit: Visit, indicator: Indicator, own: str, *, groups: Sequence[Grouped], rows: pd.DataFrame
) -> html.Div:
    """Women and men of each group in the newest year, and what parts them."""
    lang = visit.lang
    period = rows[rows["value"].notna()]["period"].max() if rows["value"].notna().any() else ""
    title = term(
        "groups_by_sex",
        lang,
        title=term("groups_sex", lang),
        where=visit.places[own].where[lang],
        period=period,
    )
    everybody = Grouped(TOTAL, label(visit.catalogue, "background", TOTAL, lang), ())
    heads = [term("groups_column", lang)]
    heads += [label(visit.catalogue, "sex", sex, lang) for sex in SEXES]
    body = [
        html.Tr(_sexes(visit, indicator, own, one=one, rows=rows[rows["period"] == period]))
        for one in (everybody, *groups)
    ]
    small = _small(visit) + sheet.unit(indicator, lang)
    return _table(title, small, [*heads, _unit(indicator, visit)], body)


def _small(visit: Visit) -> str:
    """That figures are invented, where they are."""
    return f"{term('example', visit.lang)}. " if visit.warehouse.example else ""


def _sexes(
    visit: Visit, indicator: Indicator, own: str, *, one: Grouped, rows: pd.DataFrame
) -> list[Any]:
    """A group's name, its two values, and their difference as displayed."""
    pair = [
        next(iter(_series(rows, own, (one.code, sex, TOTAL), indicator)), None) for sex in SEXES
    ]
    cells = [_plain(each, indicator, visit) for each in pair]
    women, men = pair
    value = difference(women, men, indicator).value if women and men else None
    if value is None:
        gone = html.Td(html.Span(term("not_compared", visit.lang), className="absent"))
        return [html.Th(one.name, scope="row"), *cells, gone]
    sign = "+" if value > 0 else ""
    apart = sign + format.number(value, indicator.decimals, visit.lang)
    return [html.Th(one.name, scope="row"), *cells, html.Td(apart)]


def _unit(indicator: Indicator, visit: Visit) -> str:
    unit = indicator.unit[visit.lang]
    if indicator.measure == "share":
        unit = term("percentage_points", visit.lang)
    return f"{term('groups_gap', visit.lang)} ({unit})"


def _series(
    rows: pd.DataFrame, own: str, group: Group, indicator: Indicator
) -> tuple[Observation, ...]:
    background, sex, education = group
    line = Line(own, sex, background, "", "", education=education)
    return observations(line.rows(rows), indicator.id)


def _ends(
    shown: Sequence[Observation], indicator: Indicator
) -> tuple[Observation | None, Observation | None]:
    """The first with a number and the last of the newest stretch; None without rows."""
    if not shown:
        return None, None
    newest = unbroken(shown, indicator)[-1]
    return (newest.present or newest.observations)[0], newest.observations[-1]


def _head(visit: Visit, kind: str, one: Grouped, height: int) -> html.Th:
    """The group, and the way to its line over time."""
    key = {"education": "utb", "sex": "kon"}.get(kind, "bakgrund")
    href = link(visit.path, visit.state, vy="tid", notices=(), **{key: (one.code,)})
    return html.Th(dcc.Link(one.name, href=href), scope="rowgroup" if height > 1 else "row",
                   rowSpan=height)  # fmt: skip


def _dated(one: Observation | None, indicator: Indicator, visit: Visit) -> html.Td:
    """A value with its year."""
    shown = _plain(one, indicator, visit)
    if one is None:
        return shown
    inside = shown.children if isinstance(shown.children, list) else [shown.children]
    return html.Td([*inside, html.Small(one.period)], className="dated")


def _plain(one: Observation | None, indicator: Indicator, visit: Visit) -> html.Td:
    return cell(one.value if one else None, one.status if one else None, indicator, visit.lang)


def _table(
    title: str, small: str, heads: Sequence[str], body: Sequence[html.Tr], *, crossed: bool = False
) -> html.Div:
    caption = html.Caption([title, html.Small(small)])
    head = html.Thead(html.Tr([html.Th(one, scope="col") for one in heads]))
    table = html.Table(
        [caption, head, html.Tbody(list(body))], className=f"figures groups{' crossed' * crossed}"
    )
    return html.Div(table, className="scroll", role="region", tabIndex=0, **aria(label=title))
