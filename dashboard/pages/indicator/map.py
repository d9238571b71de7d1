"""
Map: one year of the counties, of the municipalities of a county, or of all municipalities.

Areas have no boundaries here: a sentence says so, and the list stands alone. A click on the map
and a link of the list lead to the same address. A slider leads through the years.
"""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.charts import map
from dashboard.charts.map import MapPicture, choropleth
from dashboard.components import frame
from dashboard.components.map_words import (
    MAP_LEVELS,
    colour_key,
    map_frame,
    map_legend,
    map_links,
)
from dashboard.components.pictures import chart_buttons
from dashboard.data.borders import Box, boxes
from dashboard.pages.indicator import content, listing
from dashboard.pages.indicator.content import ViewContent
from dashboard.pages.indicator.listing import (
    YearComparison,
    comparison_table,
    level_summary,
    year_comparison,
)
from dashboard.rules.comparison import NOT_COMPARED
from dashboard.sentences.wording import unit_sentence
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator
from etl.catalogue.regions import COUNTRY
from etl.measures.level import level_limit

_LONG_LIST = 40  # regions


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The map that the link asks for, its legend, its regions as links, and its table."""
    with_lines = indicator.measure not in NOT_COMPARED
    listed, notices = listing.listing_of_link(visit, indicator, beside=with_lines)
    period, year_notices = listing.shown_year(visit, listed)
    is_map = listed.scope.level in MAP_LEVELS
    controls = content.list_controls(
        visit,
        indicator,
        listed.scope,
        used=[] if is_map else listing.select_year(visit, listed, period),
        rest=listing.select_field(visit, listed),
        period=period,
    )
    if not period:
        return listing.empty_view(visit, indicator, listed, notices=notices, controls=controls)
    shown = year_comparison(visit, indicator, listed, period)
    heading = listing.list_heading(visit, indicator, listed)
    title = f"{heading} {format.period_name(period, visit.lang)}"
    summary = level_summary(listed, period)
    lede, more = content.summary_parts(summary, visit, indicator)
    slider = listing.slide_years(visit, listed, listed.years, period) if is_map else []
    return ViewContent(
        heading=title,
        content=[
            *listing.groups_not_shown(visit, listed, [listed.scope.group]),
            *_map_panel(visit, indicator, shown, title=title, summary=summary, slider=slider),
            *([html.P(more, className="told")] if more else []),
            *content.source_paragraphs(visit, indicator, shown.rows),
            comparison_table(visit, indicator, shown, title),
        ],
        rows=shown.rows,
        slider=slider,
        controls=controls,
        notices=[*notices, *year_notices],
        summary=lede,
        has_empty=shown.has_empty,
        wording=listed.wording,
    )


def _map_panel(
    visit: Visit,
    indicator: Indicator,
    shown: YearComparison,
    *,
    title: str,
    summary: str,
    slider: Sequence[Any],
) -> list[Any]:
    """The map beside its words; at a level without boundaries the reason."""
    level = shown.listed.scope.level
    map_level = MAP_LEVELS.get(level)
    if map_level is None:
        reason = term(f"map_none_{level}", visit.lang)
        return [html.H2(title), html.P(reason, className="absent large")]
    borders = visit.context.memory.recall(("boxes",), boxes)
    codes = [item.region for item in shown.items if item.region in borders]
    if not codes:
        return [html.H2(title), html.P(term("map_alternative_none", visit.lang))]
    picture = choropleth(
        shown.listed.rows,
        {code: shown.names[code] for code in codes},
        indicator,
        visit.look,
        region=shown.listed.scope.region,
        period=shown.period,
        boxes=borders,
        threshold=_threshold(shown, indicator),
    )
    box = map.enclosing_box(borders, codes)
    how = f"{unit_sentence(indicator, visit.lang)} {term('map_how', visit.lang)}"
    graph = _graph(visit, picture, box, title=title, summary=summary)
    columns = html.Div(
        [graph, _legend_and_links(visit, indicator, shown, picture)], className="map-and-words"
    )
    click = html.P(term("map_click", visit.lang), className="sub how ways")
    buttons = _map_buttons(visit, indicator, shown, picture, title=title)
    caption = html.P(how, className="sub")
    heading = html.H2(content.heading_words(title, indicator, visit.lang))
    parts = [heading, caption, *slider, columns, click, buttons]
    return [html.Div(parts, className="panel")]


def _threshold(shown: YearComparison, indicator: Indicator) -> float:
    """
    The difference from which two regions on the map are not in level; classes have none.

    The same in every year, so that the classes of a stretch are.
    """
    if indicator.measure in NOT_COMPARED:
        return 0.0
    rows = shown.listed.rows
    numbers = (abs(row.number) for row in rows if row.present and row.region in shown.names)
    highest = max(numbers, default=0.0)
    return level_limit(indicator, reference=highest, larger=highest)


def _map_buttons(
    visit: Visit, indicator: Indicator, shown: YearComparison, picture: MapPicture, *, title: str
) -> html.Div:
    """The buttons that save the map, with its classes; the hatching is plain grey there."""
    how = f"{unit_sentence(indicator, visit.lang)} {term('picture_map', visit.lang)}"
    if picture.unplaced:
        how += f" {term('picture_grey', visit.lang)}"
    key = colour_key(picture, indicator, visit.lang)
    return chart_buttons(visit, indicator, shown.rows, title=title, how=how, key=key)


def _graph(visit: Visit, picture: MapPicture, box: Box, *, title: str, summary: str) -> html.Div:
    graph = dcc.Graph(
        id=frame.choice("map"), figure=picture.figure, config=map.map_config(), responsive=True
    )
    alternative = content.text_alternative("map_of", title, [picture.alternative, summary], visit)
    return map_frame(graph, box, alternative, visit.lang)


def _legend_and_links(
    visit: Visit, indicator: Indicator, shown: YearComparison, picture: MapPicture
) -> html.Div:
    """The legend, a link to all municipalities, and the regions as links, folded when many."""
    links = map_links(
        picture,
        shown.names,
        visit.lang,
        selected=shown.listed.scope.region,
        href=lambda code: link(visit.path, visit.state, region=code, notices=()),
    )
    folded: Any = links
    if len(picture.regions) > _LONG_LIST:
        words = term("map_list", visit.lang, count=len(picture.regions))
        folded = html.Details([html.Summary(words), links])
    return html.Div(
        [map_legend(picture, indicator, visit.lang), *_country_link(visit, shown), folded]
    )


def _country_link(visit: Visit, shown: YearComparison) -> list[Any]:
    """A link to all municipalities, where those of a part of the country are shown."""
    scope, inside = shown.listed.scope, shown.listed.field.inside
    if scope.level != "kommun" or inside == COUNTRY:
        return []
    href = link(visit.path, visit.state, comparison=(COUNTRY,), notices=())
    return [html.P(dcc.Link(term("map_every", visit.lang), href=href))]
