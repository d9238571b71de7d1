"""
Map: one year of the counties, of the municipalities of a county, or of all municipalities.

Areas have no boundaries here: a sentence says so, and the list stands alone. A click on the map
and a link of the list lead to the same address.
"""

from collections.abc import Callable, Mapping
from typing import Any

from dash import dcc, html

from dashboard.charts import map
from dashboard.charts.map import MapLevel, MapPicture, Shading, choropleth
from dashboard.codes import AddressLevel
from dashboard.components import frame
from dashboard.components.elements import Element, element, linked
from dashboard.components.frame import aria
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
from dashboard.rules.classes import ShadeClass
from dashboard.sentences.wording import unit_sentence
from dashboard.state.url import link
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import COUNTRY

_UNPLACED_CLASS = "class-missing"


def map_legend(picture: MapPicture, indicator: Indicator, lang: Lang) -> html.Div:
    """Each class with its shade in words, bounds and number of regions; then the others."""
    items = [
        _entry(f"class-{shade.tone}", _class_words(shade, indicator, lang))
        for shade in picture.classes
    ]
    if picture.unplaced:
        words = f"{term('map_unplaced', lang)}: {term('map_none', lang)}"
        items.append(
            _entry(_UNPLACED_CLASS, f"{words} ({_region_count(len(picture.unplaced), lang)})")
        )
    if picture.outlined:
        items.append(_entry("class-own", term("map_own", lang)))
    return html.Div(
        [
            html.H3(term("map_legend", lang)),
            html.Ul(items, className="map-legend"),
            html.P(f"{term('map_method', lang)} {term('map_borders', lang)}", className="src"),
        ]
    )


def _colour_key(picture: MapPicture, indicator: Indicator, lang: Lang) -> list[tuple[str, str]]:
    """The same for a picture: the colour of each class and its words, then grey."""
    classes = [
        (map.SHADES[shade.tone - 1], _class_words(shade, indicator, lang))
        for shade in picture.classes
    ]
    words = f"{term('map_none', lang)} ({_region_count(len(picture.unplaced), lang)})"
    return [*classes, *([(map.UNPLACED_COLOUR, words)] if picture.unplaced else [])]


def map_links(
    picture: MapPicture,
    names: Mapping[str, str],
    lang: Lang,
    *,
    selected: str,
    href: Callable[[str], str],
) -> html.Nav:
    """
    The regions of a map as links, in its order: what a click does, by keyboard.

    Args:
        picture: the map.
        names: its regions by code.
        lang: the reader's language.
        selected: the reader's region; it is named, not linked.
        href: the address where a region is the reader's.

    """
    items = [_item(shading, names, selected=selected, href=href) for shading in picture.regions]
    label = term("map_choose", lang)
    return html.Nav([html.H3(label), html.Ul(items)], className="map-regions", **aria(label=label))


def _item(
    shading: Shading, names: Mapping[str, str], *, selected: str, href: Callable[[str], str]
) -> Element:
    """A region with its shade and what stands for its value, or why there is none."""
    shade = f"class-{shading.tone}" if shading.tone else _UNPLACED_CLASS
    label: Any = linked(names[shading.region], href(shading.region))
    if shading.region == selected:
        label = element("B", names[shading.region], **aria(current="true"))
    value = element("Span", shading.displayed or shading.reason, title=shading.reason or None)
    return element("Li", [_swatch(shade), label, value])


def _entry(shade: str, words: str) -> Element:
    return element("Li", [_swatch(shade), element("Span", words)])


def _swatch(shade: str) -> Element:
    """A patch of colour, which the words beside it say too."""
    return element("Span", className=f"swatch {shade}", **aria(hidden="true"))


def _class_words(shade: ShadeClass, indicator: Indicator, lang: Lang) -> str:
    """Such as "Mörk: 12,0 till 13,9 % (58 regioner)"."""
    low, high = (
        format.number(value, indicator.decimals, lang) for value in (shade.low, shade.high)
    )
    bounds = low if low == high else term("map_bounds", lang, low=low, high=high)
    tone = term(f"map_tone_{shade.tone}", lang)
    count = _region_count(len(shade.regions), lang)
    return f"{tone}: {bounds}{format.unit_sign(indicator)} ({count})"


def _region_count(count: int, lang: Lang) -> str:
    return term("map_region_one", lang) if count == 1 else term("map_regions", lang, count=count)


_MAP_LEVELS: Mapping[AddressLevel, MapLevel] = {"lan": "county", "kommun": "municipality"}
_LONG_LIST = 40  # regions


def view(visit: Visit, indicator: Indicator) -> ViewContent:
    """The map that the link asks for, its legend, its regions as links, and its table."""
    listed, notices = listing.listing_of_link(visit, indicator)
    period, year_notices = listing.shown_year(visit, listed)
    controls = content.controls_row(
        [
            *content.scope_controls(visit, indicator, listed.scope),
            *listing.select_field(visit, listed),
            *listing.select_year(visit, listed, period),
        ]
    )
    if not period:
        return listing.empty_view(visit, indicator, listed, notices=notices, controls=controls)
    shown = year_comparison(visit, indicator, listed, period)
    heading = listing.list_heading(visit, indicator, listed)
    title = f"{heading} {format.period_name(period, visit.lang)}"
    summary = level_summary(listed, period)
    return ViewContent(
        heading=title,
        content=[
            *_map_panel(visit, indicator, shown, title=title, summary=summary),
            *content.source_paragraphs(visit, indicator, shown.rows),
            comparison_table(visit, indicator, shown, title),
        ],
        rows=shown.rows,
        controls=controls,
        notices=[*notices, *year_notices],
        summary=summary,
        has_empty=shown.has_empty,
        wording=listed.wording,
    )


def _map_panel(
    visit: Visit, indicator: Indicator, shown: YearComparison, *, title: str, summary: str
) -> list[Any]:
    """The map beside its words; at a level without boundaries the reason."""
    level = shown.listed.scope.level
    map_level = _MAP_LEVELS.get(level)
    if map_level is None:
        reason = term(f"map_none_{level}", visit.lang)
        return [html.H2(title), html.P(reason, className="absent large")]
    borders = visit.context.memory.recall(("boxes",), boxes)
    codes = [item.region for item in shown.items if item.region in borders]
    if not codes:
        return [html.H2(title), html.P(term("map_alternative_none", visit.lang))]
    picture = choropleth(
        shown.rows,
        {code: shown.names[code] for code in codes},
        indicator,
        visit.look,
        region=shown.listed.scope.region,
        level=map_level,
        period=shown.period,
        boxes=borders,
    )
    box = map.enclosing_box(borders, codes)
    how = f"{unit_sentence(indicator, visit.lang)} {term('map_how', visit.lang)}"
    graph = _graph(visit, picture, box, title=title, summary=summary)
    columns = html.Div(
        [graph, _legend_and_links(visit, indicator, shown, picture)], className="map-and-words"
    )
    click = html.Span(term("map_click", visit.lang), className="ways")
    reading = html.P([how, " ", click], className="sub")
    buttons = _map_buttons(visit, indicator, shown, picture, title=title)
    return [html.Div([html.H2(title), reading, columns, buttons], className="panel")]


def _map_buttons(
    visit: Visit, indicator: Indicator, shown: YearComparison, picture: MapPicture, *, title: str
) -> html.Div:
    """The buttons that save the map, with its classes; the hatching is plain grey there."""
    how = f"{unit_sentence(indicator, visit.lang)} {term('picture_map', visit.lang)}"
    if picture.unplaced:
        how += f" {term('picture_grey', visit.lang)}"
    key = _colour_key(picture, indicator, visit.lang)
    return chart_buttons(visit, indicator, shown.rows, title=title, how=how, key=key)


def _graph(visit: Visit, picture: MapPicture, box: Box, *, title: str, summary: str) -> html.Div:
    graph = dcc.Graph(
        id=frame.choice("map"), figure=picture.figure, config=map.map_config(), responsive=True
    )
    alternative = content.text_alternative("map_of", title, [picture.alternative, summary], visit)
    size = "chart map" if box.is_wide else "chart map part"
    return html.Div(graph, role="img", className=size, **aria(label=alternative))


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
