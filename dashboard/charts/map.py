"""
One year of one group on a map, shaded in classes.

Pure: rows in, a plotly dictionary out. Only figures that may be compared with each other are
shaded; the others are left out of the classes, each with its reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashboard.charts import style
from dashboard.charts.line_chart import example_mark
from dashboard.data.borders import BORDERS, Box
from dashboard.data.observation import Observation, observations, shown
from dashboard.rules.classes import Class, classes
from dashboard.rules.comparison import compared
from dashboard.rules.order import largest
from dashboard.state.visit import Look
from dashboard.text import format, term
from dashboard.text.phrases import said
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import region_level

MapLevel = Literal["county", "municipality"]
# From the lightest to the darkest; the outline is at least 3:1 against each and against white.
SHADES = ("#E6EDF3", "#C3D0DC", "#9FB2C4", "#7E96AC", "#607B94")
OUTLINE = "#1B1F24"
UNPLACED = "#F1EFEA"  # assets/map.css hatches what has this colour
CLEAR = "rgba(0,0,0,0)"
MERIDIAN = 16.5  # degrees east, in the middle of the country
AIR = 0.02  # part of the map's size that is left free at each edge
EXAMPLE = 20  # pixels of the words over invented data, which a narrow map holds


@dataclass(frozen=True)
class Shown:
    """One region on a map: the words of its hover, and its tone from 1; None for unplaced."""

    region: str
    words: str
    tone: int | None = None


def shaded(regions: Sequence[Shown], level: MapLevel) -> list[dict[str, Any]]:
    """The regions of the classes in one trace, `z` their tones, and the others in another."""
    placed = [one for one in regions if one.tone is not None]
    others = [one for one in regions if one.tone is None]
    tones = len(SHADES)
    steps = [[(place + end) / tones, shade] for place, shade in enumerate(SHADES) for end in (0, 1)]
    flat = [[0, UNPLACED], [1, UNPLACED]]
    return [
        _trace(name, [one.region for one in some], level)
        | {
            "z": [one.tone or 0 for one in some],
            "zmin": 0.5,
            "zmax": tones + 0.5,
            "colorscale": scale,
            "text": [one.words for one in some],
            "hovertemplate": "%{text}<extra></extra>",
        }
        for name, some, scale in (("unplaced", others, flat), ("classes", placed, steps))
        if some
    ]


def outlined(own: str, codes: Sequence[str], level: MapLevel, box: Box) -> list[dict[str, Any]]:
    """The own region's outline, dark on white; a county's also on a map of several counties."""
    is_above = len(_counties(codes)) > 1 and own in _counties(codes)
    if own not in codes and not is_above:
        return []
    whose: MapLevel = "county" if region_level(own) == "county" else level
    width = 1.75 if box.is_wide else 3.0
    return [
        _trace(name, [own], whose)
        | {
            "z": [0],
            "colorscale": [[0, CLEAR], [1, CLEAR]],
            "marker": {"line": {"color": colour, "width": times * width}},
            "hoverinfo": "skip",
        }
        for name, colour, times in (("casing", "#FFFFFF", 2), ("own", style.LEAD, 1))
    ]


def around(boxes: Mapping[str, Box], codes: Iterable[str]) -> Box:
    """
    What holds all of some regions.

    Raises:
        KeyError: for a region without borders.
        ValueError: for no region at all.

    """
    each = [boxes[code] for code in codes]
    return Box(
        min(one.west for one in each),
        min(one.south for one in each),
        max(one.east for one in each),
        max(one.north for one in each),
    )


def map_layout(box: Box, look: Look) -> dict[str, Any]:
    """
    The frame: what the box holds, upright and as large as it fits.

    Plotly turns the globe to the middle of the range of longitudes and cuts there, so the
    range lies evenly about the meridian in the middle of the map.
    """
    middle = MERIDIAN if box.is_wide else (box.west + box.east) / 2
    aside = (1 + 2 * AIR) * max(box.east - middle, middle - box.west)
    above = AIR * (box.north - box.south)
    geo = {
        "visible": False,
        "bgcolor": CLEAR,
        "fitbounds": False,
        "projection": {"type": "transverse mercator", "rotation": {"lon": middle, "lat": 0}},
        "lonaxis": {"range": [middle - aside, middle + aside]},
        "lataxis": {"range": [box.south - above, box.north + above]},
    }
    plain = style.chart_layout(look.lang)
    kept = {name: part for name, part in plain.items() if name not in {"xaxis", "yaxis"}}
    margin = {"l": 4, "r": 4, "t": 4, "b": 4}
    return {**kept, "geo": geo, "margin": margin, "annotations": example_mark(look, EXAMPLE)}


def map_config() -> Any:
    """Options of the map's frame: as those of a chart; the wheel scrolls the page."""
    return {**style.chart_config(), "scrollZoom": False}


def _trace(name: str, codes: list[str], level: MapLevel) -> dict[str, Any]:
    """A trace of some regions' areas, yet without colours."""
    return {
        "type": "choropleth",
        "name": name,
        "geojson": dict(BORDERS)[level],
        "featureidkey": "id",
        "locationmode": "geojson-id",
        "locations": codes,
        "showscale": False,
        "marker": {"line": {"color": OUTLINE, "width": 0.5}},
    }


def _counties(codes: Sequence[str]) -> set[str]:
    """The counties of some regions: a municipality's code begins with its county's."""
    return {code[:2] for code in codes}


@dataclass(frozen=True)
class Shading:
    """
    One region on the map: what stands for its value ("" for nothing), and its tone from 1.

    Outside the classes the tone is None and `reason` says why.
    """

    region: str
    shown: str
    tone: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class MapPicture:
    """
    A map: its figure, its classes from the lowest, all its regions, and its words.

    `outlined`: the own region is on it, with an outline.
    """

    figure: dict[str, Any]
    classes: tuple[Class, ...]
    regions: tuple[Shading, ...]
    alternative: str
    outlined: bool

    @property
    def unplaced(self) -> tuple[Shading, ...]:
        """The regions outside the classes, each with its reason."""
        return tuple(one for one in self.regions if one.tone is None)


def choropleth(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    indicator: Indicator,
    look: Look,
    *,
    own: str,
    level: MapLevel,
    period: str,
    boxes: Mapping[str, Box],
) -> MapPicture:
    """
    Draw the regions of `names` in one year.

    Args:
        rows: as by `queries.series`, of one group; other years and regions are left out.
        names: the regions on the map by code, all of one level; one without a row has its
            borders and no value. They are drawn as large as they fit.
        indicator: gives unit, decimals and breaks.
        look: the reader's language and window; invented data are marked in the image.
        own: the reader's region, outlined where it is on the map.
        level: whose borders; `names` holds codes of this level only.
        period: the year, as the rows have it.
        boxes: where every region lies (see `boxes.boxes`).

    Raises:
        KeyError: for a region without borders.
        ValueError: when there is no region, or the rows are of several groups: a map is of one.

    """
    chosen = rows[(rows["period"] == period) & rows["region"].isin(list(names))]
    seen = observations(chosen, indicator.id)
    if len({one.group for one in seen}) > 1:
        raise ValueError(f"{indicator.id}: a map is of one group, got several; choose one")
    alike = largest([one for one in seen if one.present], indicator)
    found = classes({one.region: shown(one.number, indicator.decimals) for one in alike})
    regions = _shadings(names, seen, alike, found=found, indicator=indicator, lang=look.lang)
    hovers = [Shown(one.region, _words(one, names), one.tone) for one in regions]
    box = around(boxes, names)
    outline = outlined(own, [*names], level, box)
    return MapPicture(
        figure={
            "data": [*shaded(hovers, level), *outline],
            "layout": map_layout(box, look),
        },
        classes=found,
        regions=regions,
        alternative=_alternative(found, indicator, look.lang),
        outlined=bool(outline),
    )


def _shadings(
    names: Mapping[str, str],
    seen: Sequence[Observation],
    alike: Sequence[Observation],
    *,
    found: Sequence[Class],
    indicator: Indicator,
    lang: Lang,
) -> tuple[Shading, ...]:
    """Every region of `names`, in their order."""
    by_region = {one.region: one for one in seen}
    tones = {code: one.tone for one in found for code in one.regions}
    shadings = []
    for code in names:
        one, tone = by_region.get(code), tones.get(code)
        text = _value(one, indicator, lang) if one else ""
        reason = "" if tone else _reason(one, alike, indicator, lang)
        shadings.append(Shading(code, text, tone, reason))
    return tuple(shadings)


def _reason(
    one: Observation | None, alike: Sequence[Observation], indicator: Indicator, lang: Lang
) -> str:
    """Why a region is in no class: no row, a symbol in the number's place, or another register."""
    if one is None or (not one.present and not format.symbol(one.status)):
        return term("not_available", lang)
    if not one.present:
        return format.meaning(str(one.status), lang)
    return said(f"cannot_{compared(one, alike[0], indicator).reason}", lang)


def _words(one: Shading, names: Mapping[str, str]) -> str:
    """What is said of a region under the pointer."""
    value = f": {one.shown}" if one.shown else ""
    reason = f"<br>{one.reason}" if one.reason else ""
    return f"<b>{names[one.region]}</b>{value}{reason}"


def _value(one: Observation, indicator: Indicator, lang: Lang) -> str:
    """A number with its unit where it is short and the symbol beside it, or the symbol alone."""
    text, symbol = (
        format.measured(one.value, one.status, indicator, lang),
        format.symbol(one.status),
    )
    return f"{text} ({symbol})" if one.present and symbol else text


def _alternative(found: Sequence[Class], indicator: Indicator, lang: Lang) -> str:
    """What the map shows, for those who do not see it."""
    if not found:
        return term("map_alternative_none", lang)
    low, high = (
        format.measured(value, None, indicator, lang) for value in (found[0].low, found[-1].high)
    )
    return term("map_alternative", lang, count=len(found), low=low, high=high)
