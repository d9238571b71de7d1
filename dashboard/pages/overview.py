"""
The overview: the themes, and every indicator's latest value for one region.

Beside the region stand its county and the country, each with its own year. Nothing is
compared in words here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dash import dcc, html

from dashboard import format, queries, regions
from dashboard.components import Page, aria, notices, region_options, select
from dashboard.regions import Region
from dashboard.text import enumerated, term
from dashboard.url import State, link
from dashboard.view import label, own_region, sentences
from dashboard.visit import Visit
from dashboard.warehouse import Warehouse
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang, Theme


@dataclass(frozen=True)
class Latest:
    """The newest number of one indicator and region."""

    period: str
    value: float
    status: object
    background: str


@dataclass(frozen=True)
class Figures:
    """What the rows need: latest values by (indicator, region), and which are stale."""

    latest: Mapping[tuple[str, str], Latest]
    known: frozenset[str]
    stale: frozenset[str]


@dataclass(frozen=True)
class Columns:
    """The regions side by side, the own one first, the state that links carry, group names."""

    catalogue: Catalogue
    state: State
    regions: tuple[Region, ...]


def page(visit: Visit) -> Page:
    """The overview of the region that the link names."""
    state, places = visit.state, visit.places
    own, said = own_region(state, places)
    said += sentences(state.notices, state.lang)
    if own not in places:
        return Page(term("overview", state.lang), [html.H1(term("overview", state.lang))])
    region = places[own]
    columns = (own, *regions.company(region, places))
    found = figures(visit.warehouse, columns)
    shown = tuple(places[code] for code in columns)
    row = Columns(visit.catalogue, replace(state, region=own), shown)
    content = [
        _place(row.regions, places, state.lang),
        *notices(said, state.lang),
        *(
            _theme(theme, visit.catalogue.indicators, found, row)
            for theme in visit.catalogue.themes
            if any(one.theme == theme.id for one in visit.catalogue.indicators)
        ),
    ]
    title = f"{region.name(state.lang)} – {term('overview', state.lang)}"
    return Page(title, content, shown={"region": own})


def figures(warehouse: Warehouse, columns: Sequence[str]) -> Figures:
    """The latest values of some regions and the state of the sources."""
    latest = queries.latest(warehouse, columns)
    problems = queries.problems(warehouse)
    return Figures(
        {
            (row["indicator"], row["region"]): Latest(
                row["period"], row["value"], row["status"], row["background"]
            )
            for row in latest.to_dict("records")
        },
        frozenset(queries.indicators(warehouse)),
        frozenset(problems[problems["stale"]]["indicator"]),
    )


def _place(shown: Sequence[Region], places: Mapping[str, Region], lang: Lang) -> html.Div:
    """The region as the headline, what it is shown beside, and the control to change it."""
    own, *beside = shown
    words = [regions.kind(own, places, lang)] if own.level != "country" else []
    if beside:
        names = enumerated([regions.inline(region, lang) for region in beside], lang)
        words.append(f"{term('compared_with', lang)} {names}")
    return html.Div(
        [
            html.H1(own.name(lang)),
            html.P(" · ".join(words)),
            html.Div(
                select(
                    "region",
                    term("choose_region", lang),
                    region_options(places, own.code, lang),
                    own.code,
                ),
                className="controls",
            ),
        ],
        className="place",
    )


def _theme(
    theme: Theme, indicators: Sequence[Indicator], found: Figures, row: Columns
) -> html.Section:
    """A theme's heading and the rows of its indicators; nothing for a theme without any."""
    lang = row.state.lang
    own = [one for one in indicators if one.theme == theme.id]
    heads = [term("indicator", lang), *(region.name(lang) for region in row.regions)]
    return html.Section(
        [
            html.H2(theme.title[lang]),
            html.P(theme.line[lang], className="sub"),
            html.Div(
                [html.Span(head) for head in heads],
                className=f"row colhead of-{len(row.regions)}",
                **aria(hidden="true"),
            ),
            *(_row(indicator, found, row) for indicator in own),
        ],
        className="theme",
    )


def _row(indicator: Indicator, found: Figures, row: Columns) -> html.Div:
    """One indicator: title, first sentence of its definition, and a value per region."""
    lang = row.state.lang
    latest = [found.latest.get((indicator.id, region.code)) for region in row.regions]
    remarks = [html.P(text, className="group") for text in _groups(latest, row)]
    if indicator.id in found.stale:
        remarks.append(html.P(term("stale_short", lang), className="stale"))
    title = _title(indicator, row.state, remarks)
    if indicator.id not in found.known:
        cells: list[Any] = [html.P(term("no_data", lang), className="absent")]
    else:
        cells = [
            _value(
                indicator,
                one,
                region=region,
                size="value" if place == 0 else "value beside",
                lang=lang,
            )
            for place, (region, one) in enumerate(zip(row.regions, latest, strict=True))
        ]
    return html.Div([title, *cells], className=f"row of-{len(row.regions)}")


def _groups(latest: Sequence[Latest | None], row: Columns) -> list[str]:
    """Whom the figures are about, where the source has none of everybody."""
    codes = dict.fromkeys(one.background for one in latest if one and one.background != TOTAL)
    lang = row.state.lang
    names = [label(row.catalogue, "background", code, lang).lower() for code in codes]
    return [term("by_group_only", lang, group=name) for name in names]


def _title(indicator: Indicator, state: State, remarks: Sequence[html.P]) -> html.Div:
    """The link to the indicator, the first sentence of its definition, and remarks on it."""
    first = indicator.definition[state.lang].split(". ")[0].rstrip(".") + "."
    to = dcc.Link(indicator.title[state.lang], href=link(f"/indikator/{indicator.id}", state))
    return html.Div([html.H3(to), html.P(first), *remarks], className="what")


def _value(
    indicator: Indicator, latest: Latest | None, *, region: Region, size: str, lang: Lang
) -> html.Div:
    """A value with its year; without a number the words or the symbol that say so."""
    name = html.Span(region.name(lang), className="whose")
    if latest is None or not format.has_number(latest.value):
        text = html.Span(term("not_available", lang), className="absent")
        return html.Div([name, text], className=size)
    beside = format.symbol(latest.status)
    unit = f" · {indicator.unit[lang]}" if format.names_unit(indicator) else ""
    number = format.measured(latest.value, latest.status, indicator, lang)
    return html.Div(
        [
            name,
            html.Span([number, html.Sup(beside)] if beside else number, className="number"),
            html.Small(f"{latest.period}{unit}"),
        ],
        className=size,
    )
