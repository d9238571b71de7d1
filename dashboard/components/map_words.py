"""
A map in its frame, and the words beside it: its classes with their shades, its regions as links.

What a click on the map does, the links do by keyboard.
"""

from collections.abc import Callable, Mapping
from typing import Any

from dash import html

from dashboard.charts import map
from dashboard.charts.map import MapLevel, MapPicture, Shading
from dashboard.codes import AddressLevel
from dashboard.components.elements import Element, element, linked
from dashboard.components.frame import aria
from dashboard.data.borders import Box
from dashboard.rules.classes import ShadeClass
from dashboard.text import format, term
from etl.catalogue import Indicator, Lang

MAP_LEVELS: Mapping[AddressLevel, MapLevel] = {"lan": "county", "kommun": "municipality"}
_UNPLACED_CLASS = "class-missing"


def map_frame(graph: Any, box: Box, alternative: str, lang: Lang) -> html.Div:
    """The map with its text alternative, as high as its regions need, and the buttons to zoom."""
    buttons = [
        _zoom_button(way, sign, lang)
        for way, sign in (("in", "+"), ("out", "−"), ("whole", term("map_whole", lang)))
    ]
    tools = html.Div(buttons, className="zooms", role="group", **aria(label=term("map_zoom", lang)))
    picture = html.Div(graph, role="img", className="drawn", **aria(label=alternative))
    return html.Div([picture, tools], className="chart map" if box.is_wide else "chart map part")


def _zoom_button(way: str, sign: str, lang: Lang) -> html.Button:
    given: dict[str, Any] = {"data-zoom": way, **aria(label=term(f"map_zoom_{way}", lang))}
    return html.Button(sign, type="button", className="zoom", **given)


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
            html.P(_method_words(picture, lang), className="src"),
        ]
    )


def _method_words(picture: MapPicture, lang: Lang) -> str:
    """How the classes are made, for which years, and whose the borders are."""
    first, last = picture.years
    scale = term("map_years", lang, years=format.periods(first, last, lang))
    parts = [term("map_method", lang), scale if first != last else "", term("map_borders", lang)]
    return " ".join(filter(None, parts))


def colour_key(picture: MapPicture, indicator: Indicator, lang: Lang) -> list[tuple[str, str]]:
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
