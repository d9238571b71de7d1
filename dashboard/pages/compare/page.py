"""
Compare: one region and those that the reader compares it with, over many indicators.

Knows the controls and which parts the page has. The tables themselves are in `tables`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.controls import (
    Chip,
    Controls,
    add_region,
    chips,
    counts_field,
    folded_controls,
    region_select,
    select_indicators,
)
from dashboard.components.frame import Page, aria, control_values, notice_box, select, text_field
from dashboard.components.pictures import share_menu
from dashboard.pages.compare.tables import (
    gap_section,
    heat_table,
    outcomes_section,
    similar_outcomes,
    similar_section,
)
from dashboard.pages.missing import heading_page
from dashboard.panels import heat
from dashboard.panels.heat import HeatColumn
from dashboard.state.comparison import SIMILAR, SKR, default_comparison, skr_group
from dashboard.state.links import Shown
from dashboard.state.regions import REGION_GROUP_PREFIX, inline, peers
from dashboard.state.resolve import (
    chosen_indicators,
    notice_sentences,
    selected_region,
)
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue import Indicator

# The keys of the address that a link within the page keeps.
_CARRIED = ("comparison", "region_group", "pair", "indicators", "theme", "collection", "order")
_MOST_NAMED = 3  # columns, beside the button of the controls
_ORDERS = ("namn", "kod", "varde", "forandring")


def page(visit: Visit) -> Page:
    """The heat table of a link, differences between two groups, and similar municipalities."""
    lang, (region, messages) = visit.lang, selected_region(visit.state, visit.regions)
    messages += notice_sentences(visit.state.notices, lang)
    if region not in visit.regions:
        return heading_page(term("page_compare", lang), notice_box(messages, lang))
    columns, column_messages = heat.heat_columns(visit, region)
    indicators, what, indicator_messages = chosen_indicators(
        visit.state,
        visit.catalogue,
        named=term("choose_indicators", lang),
        usual=(visit.catalogue.indicators, term("all_of_them", lang)),
    )
    name = inline(visit.regions[region], lang)
    title = term("compare_title", lang, region=name)
    alike, outcomes = similar_outcomes(visit, region)
    tables = [(columns, indicators), *([(alike, outcomes)] if alike else [])]
    lines, *more = heat.heat_tables(visit, tables)
    ordered_columns, ordered_lines = heat.ordered_heat(columns, lines, visit.state.order)
    where = visit.regions[region].where[lang]
    lede = html.P(term("compare_lede", lang, where=where), className="lede")
    content = [
        html.Div([html.H1(title), lede], className="place"),
        *notice_box([*messages, *column_messages, *indicator_messages], lang),
        _controls(visit, region, columns, indicators),
        heat_table(visit, ordered_columns, ordered_lines, what=what),
        *gap_section(visit, ordered_columns, indicators),
        *outcomes_section(visit, region, alike, more[0] if more else ()),
        *similar_section(visit, region),
        share_menu(visit),
    ]
    compared = tuple(code for code in _comparison(visit, region) if code != region)
    return Page(title, content, shown=Shown(control_values(content), comparison=compared))


def _comparison(visit: Visit, region: str) -> tuple[str, ...]:
    """What the link compares the region with, or the default."""
    named = visit.state.comparison
    return default_comparison(visit.regions[region], visit.regions) if named is None else named


def _controls(
    visit: Visit, region: str, columns: Sequence[HeatColumn], indicators: Sequence[Indicator]
) -> html.Details:
    """Region, comparison, indicators, order, quick choices; behind them what is shown."""
    lang, state = visit.lang, visit.state
    orders = [{"label": term(f"order_{order}", lang), "value": order} for order in _ORDERS]
    controls = [
        region_select(visit, region),
        add_region(visit, [column.code for column in columns]),
        select_indicators(
            visit, term("choose_indicators", lang), all_label=term("all_of_them", lang)
        ),
        select("order", term("sort_columns", lang), orders, state.order),
    ]
    rest: list[Any] = []
    if len(columns) > 1:  # a name makes a group of the regions that are shown
        name = state.region_group.name if state.region_group else ""
        rest.append(text_field("name", term("name_selection", lang), name, most=60))
    rest += counts_field(visit, indicators)
    chosen = ", ".join(column.name for column in columns[:_MOST_NAMED])
    rest.append(chips(_chips(visit, region, columns), lang))
    under = [_quick_choices(visit, region)]
    return folded_controls(Controls(controls, rest, chosen=chosen, under=under), lang)


def _quick_choices(visit: Visit, region: str) -> html.Nav:
    """Whole groups in one click."""
    lang, regions, shown = visit.lang, visit.regions, _comparison(visit, region)
    level = regions[region].level
    choices: list[tuple[str, dict[str, Any]]] = []
    if skr_group(region, regions) and SKR not in shown:
        choices.append(("add_salar", {"comparison": (*shown, SKR)}))
    if level == "municipality" and SIMILAR not in shown:
        choices.append(("add_similar", {"comparison": (*shown, SIMILAR)}))
    near = tuple(code for code in peers(region, "kommun", regions) if code != region)
    if level in {"municipality", "county"} and not set(near) <= set(shown):
        choices.append(("add_county", {"comparison": tuple(dict.fromkeys((*shown, *near)))}))
    if shown or visit.state.region_group:
        choices.append(("clear", {"comparison": (), "region_group": None}))
    items = [
        html.Li(dcc.Link(term(key, lang), href=_link(visit, **changes))) for key, changes in choices
    ]
    return html.Nav(html.Ul(items), className="collections", **aria(label=term("quick", lang)))


def _chips(visit: Visit, region: str, columns: Sequence[HeatColumn]) -> Iterator[Chip]:
    """What is shown; everything but the own region can be taken away."""
    for column in columns:
        without = ""
        if column.code.startswith(REGION_GROUP_PREFIX):
            without = _link(visit, region_group=None)
        elif column.code != region:
            is_skr = column.code == skr_group(region, visit.regions)
            names = {column.code, SKR} if is_skr else {column.code}
            left = tuple(name for name in _comparison(visit, region) if name not in names)
            without = _link(visit, comparison=left)
        yield Chip(column.name, without=without)


def _link(visit: Visit, **changes: Any) -> str:
    """The address of the page with some of its choices changed."""
    return link("/jamfor", carried(visit.state, *_CARRIED, notices=(), **changes))
