"""
What the colours of a map say, in words, and its regions as links: HTML, not a picture.

Knows the class names of assets/map.css. It decides no class and no value.
"""

from collections.abc import Callable, Mapping

from dash import dcc, html

from dashboard import borders, format
from dashboard.classes import Class
from dashboard.components import aria
from dashboard.map import MapPicture, Shading
from dashboard.text import term
from etl.catalogue import Indicator, Lang

UNPLACED = "class-missing"


def legend(picture: MapPicture, indicator: Indicator, lang: Lang) -> html.Div:
    """Each class with its shade in words, bounds and number of regions; then the others."""
    items = [
        _entry(f"class-{one.tone}", _class_words(one, indicator, lang)) for one in picture.classes
    ]
    if picture.unplaced:
        words = f"{term('map_unplaced', lang)}: {term('map_none', lang)}"
        items.append(_entry(UNPLACED, f"{words} ({_counted(len(picture.unplaced), lang)})"))
    if picture.outlined:
        items.append(_entry("class-own", term("map_own", lang)))
    return html.Div(
        [
            html.H3(term("map_legend", lang)),
            html.Ul(items, className="map-legend"),
            html.P(f"{term('map_method', lang)} {term('map_borders', lang)}", className="src"),
        ]
    )


def keyed(picture: MapPicture, indicator: Indicator, lang: Lang) -> list[tuple[str, str]]:
    """The same for a picture: the colour of each class and its words, then grey."""
    found = [
        (borders.SHADES[one.tone - 1], _class_words(one, indicator, lang))
        for one in picture.classes
    ]
    words = f"{term('map_none', lang)} ({_counted(len(picture.unplaced), lang)})"
    return [*found, *([(borders.UNPLACED, words)] if picture.unplaced else [])]


def chooser(
    picture: MapPicture,
    names: Mapping[str, str],
    lang: Lang,
    *,
    own: str,
    href: Callable[[str], str],
) -> html.Nav:
    """
    The regions of a map as links, in its order: what a click does, by keyboard.

    Args:
        picture: the map.
        names: its regions by code.
        lang: the reader's language.
        own: the reader's region; it is named, not linked.
        href: the address where a region is the reader's.

    """
    items = [
        _item(one, names[one.region], href(one.region), is_own=one.region == own)
        for one in picture.regions
    ]
    label = term("map_choose", lang)
    return html.Nav([html.H3(label), html.Ul(items)], className="map-regions", **aria(label=label))


def _item(one: Shading, name: str, href: str, *, is_own: bool) -> html.Li:
    """A region with its shade and what stands for its value, or why there is none."""
    shade = f"class-{one.tone}" if one.tone else UNPLACED
    called = html.B(name, **aria(current="true")) if is_own else dcc.Link(name, href=href)
    value = html.Span(one.shown or one.reason, title=one.reason or None)
    return html.Li([_swatch(shade), called, value])


def _entry(shade: str, words: str) -> html.Li:
    return html.Li([_swatch(shade), html.Span(words)])


def _swatch(shade: str) -> html.Span:
    """A patch of colour, which the words beside it say too."""
    return html.Span(className=f"swatch {shade}", **aria(hidden="true"))


def _class_words(one: Class, indicator: Indicator, lang: Lang) -> str:
    """Such as "Mörk: 12,0 till 13,9 % (58 regioner)"."""
    low, high = (format.number(value, indicator.decimals, lang) for value in (one.low, one.high))
    bounds = low if low == high else term("map_bounds", lang, low=low, high=high)
    shade = term(f"map_tone_{one.tone}", lang)
    many = _counted(len(one.regions), lang)
    return f"{shade}: {bounds}{format.unit_sign(indicator)} ({many})"


def _counted(many: int, lang: Lang) -> str:
    return term("map_region_one", lang) if many == 1 else term("map_regions", lang, count=many)
