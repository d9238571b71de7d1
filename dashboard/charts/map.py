"""
One year of one group on a map, shaded in classes.

Pure: rows in, a plotly dictionary out. Only figures that may be compared with each other are
shaded; the others are left out of the classes, each with its reason. All years between two breaks
have the same classes, so that a shade stands for the same values from year to year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.charts import style
from dashboard.charts.line_chart import example_mark
from dashboard.data.borders import BORDERS, Box
from dashboard.data.observation import Observation, displayed_value
from dashboard.rules.classes import ShadeClass, class_scale, placed
from dashboard.rules.comparison import comparability
from dashboard.rules.order import largest_comparable
from dashboard.rules.stretches import periods_of_stretch
from dashboard.text import format, term
from dashboard.text.format import Look
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import region_level

MapLevel = Literal["county", "municipality"]
# From the lightest to the darkest; the outline is at least 3:1 against each and against white.
SHADES = ("#E6EDF3", "#C3D0DC", "#9FB2C4", "#7E96AC", "#607B94")
OUTLINE = style.DARK
UNPLACED_COLOUR = "#F1EFEA"  # assets/map.css hatches what has this colour
_MERIDIAN = 16.5  # degrees east, in the middle of the country
_AIR = 0.02  # part of the map's size that is left free at each edge
_MARK_SIZE = 20  # pixels of the words over invented data, which a narrow map holds


@dataclass(frozen=True)
class Shading:
    """
    One region on the map: what stands for its value ("" for nothing), and its tone from 1.

    Outside the classes the tone is None and `reason` says why.
    """

    region: str
    displayed: str
    tone: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class MapPicture:
    """
    A map: its figure, its classes from the lowest, all its regions, and its words.

    `outlined`: the selected region is on it, with an outline. `years`: the first and the last year
    that the classes are made for.
    """

    figure: dict[str, Any]
    classes: tuple[ShadeClass, ...]
    regions: tuple[Shading, ...]
    alternative: str
    outlined: bool
    years: tuple[str, str]

    @property
    def unplaced(self) -> tuple[Shading, ...]:
        """The regions outside the classes, each with its reason."""
        return tuple(shading for shading in self.regions if shading.tone is None)


def choropleth(
    rows: Iterable[Observation],
    names: Mapping[str, str],
    indicator: Indicator,
    look: Look,
    *,
    region: str,
    period: str,
    boxes: Mapping[str, Box],
    threshold: float = 0.0,
) -> MapPicture:
    """
    Draw the regions of `names` in one year.

    Args:
        rows: of one group; other regions are left out, and other years are there for the classes.
        names: the regions on the map by code, all of one level; one without a row has its
            borders and no value. They are drawn as large as they fit.
        indicator: gives unit, decimals and breaks.
        look: the reader's language and window; invented data are marked in the image.
        region: the selected one, outlined where it is on the map.
        period: the year, as the rows have it.
        boxes: where every region lies (see `borders.boxes`).
        threshold: the difference from which two values are not in level (see `class_scale`).

    Raises:
        KeyError: for a region without borders.
        ValueError: when there is no region, or the rows are of several groups: a map is of one.

    """
    on_map = [row for row in rows if row.region in names]
    year = [row for row in on_map if row.period == period]
    if len({observation.group for observation in year}) > 1:
        raise ValueError(f"{indicator.id}: a map is of one group, got several; choose one")
    alike = largest_comparable(
        [observation for observation in year if observation.present], indicator
    )
    values = {row.region: displayed_value(row.number, indicator.decimals) for row in alike}
    others = _other_years(on_map, alike, indicator)
    numbers = [displayed_value(row.number, indicator.decimals) for row in others]
    scale = class_scale([*values.values(), *numbers], threshold=threshold)
    shades = placed(values, scale)
    years = {period, *(row.period for row in others)}
    shadings = _shadings(names, year, alike, shades=shades, indicator=indicator, lang=look.lang)
    box = enclosing_box(boxes, names)
    level: MapLevel = "county" if region_level(next(iter(names))) == "county" else "municipality"
    outline = _outline(region, [*names], level, box)
    return MapPicture(
        figure={
            "data": [*_areas(shadings, names, level), *outline],
            "layout": map_layout(box, look),
        },
        classes=shades,
        regions=shadings,
        alternative=_alternative(shades, indicator, look.lang),
        outlined=bool(outline),
        years=(min(years), max(years)),
    )


def _other_years(
    rows: Sequence[Observation], alike: Sequence[Observation], indicator: Indicator
) -> list[Observation]:
    """The numbers of other years that may be compared with those of one year, which are alike."""
    if not alike:
        return []
    like = alike[0]
    periods = periods_of_stretch(like, {row.period for row in rows}, indicator) - {like.period}
    return [
        row for row in rows if row.present and row.segment == like.segment and row.period in periods
    ]


def with_reasons(
    picture: MapPicture, reasons: Mapping[str, str], names: Mapping[str, str]
) -> MapPicture:
    """The same map, whose regions outside the classes have other reasons than the rows tell."""
    regions = tuple(
        replace(shading, reason=reasons.get(shading.region, shading.reason))
        if shading.tone is None
        else shading
        for shading in picture.regions
    )
    words = [_hover(shading, names[shading.region]) for shading in regions if shading.tone is None]
    data = [
        trace | {"text": words} if trace["name"] == "unplaced" else trace
        for trace in picture.figure["data"]
    ]
    return replace(picture, figure=picture.figure | {"data": data}, regions=regions)


def _shadings(
    names: Mapping[str, str],
    year: Sequence[Observation],
    alike: Sequence[Observation],
    *,
    shades: Sequence[ShadeClass],
    indicator: Indicator,
    lang: Lang,
) -> tuple[Shading, ...]:
    """Every region of `names`, in their order."""
    by_region = {observation.region: observation for observation in year}
    tones = {code: shade.tone for shade in shades for code in shade.regions}
    shadings = []
    for code in names:
        observation, tone = by_region.get(code), tones.get(code)
        displayed = _displayed(observation, indicator, lang) if observation else ""
        reason = "" if tone else _reason(observation, alike, indicator, lang)
        shadings.append(Shading(code, displayed, tone, reason))
    return tuple(shadings)


def _displayed(observation: Observation, indicator: Indicator, lang: Lang) -> str:
    """A number with its unit where it is short and the symbol beside it, or the symbol alone."""
    text = format.measured(observation.value, observation.status, indicator, lang)
    symbol = format.symbol(observation.status)
    return f"{text} ({symbol})" if observation.present and symbol else text


def _reason(
    observation: Observation | None,
    alike: Sequence[Observation],
    indicator: Indicator,
    lang: Lang,
) -> str:
    """Why a region is in no class: no row, a symbol in the number's place, or another register."""
    if observation is None or not (observation.present or format.symbol(observation.status)):
        return term("not_available", lang)
    if not observation.present:
        return format.meaning(str(observation.status), lang)
    return term(f"cannot_{comparability(observation, alike[0], indicator).reason}", lang)


def _alternative(shades: Sequence[ShadeClass], indicator: Indicator, lang: Lang) -> str:
    """What the map shows, for those who do not see it."""
    if not shades:
        return term("map_alternative_none", lang)
    low, high = (
        format.measured(value, None, indicator, lang) for value in (shades[0].low, shades[-1].high)
    )
    return term("map_alternative", lang, count=len(shades), low=low, high=high)


def _areas(
    shadings: Sequence[Shading], names: Mapping[str, str], level: MapLevel
) -> list[dict[str, Any]]:
    """The regions of the classes in one trace, `z` their tones, and the others in another."""
    unplaced = [shading for shading in shadings if shading.tone is None]
    placed = [shading for shading in shadings if shading.tone is not None]
    count = len(SHADES)
    steps = [
        [(number + end) / count, shade] for number, shade in enumerate(SHADES) for end in (0, 1)
    ]
    flat = [[0, UNPLACED_COLOUR], [1, UNPLACED_COLOUR]]
    return [
        _trace(name, [shading.region for shading in group], level)
        | {
            "z": [shading.tone or 0 for shading in group],
            "zmin": 0.5,
            "zmax": count + 0.5,
            "colorscale": scale,
            "text": [_hover(shading, names[shading.region]) for shading in group],
            "hovertemplate": "%{text}<extra></extra>",
        }
        for name, group, scale in (("unplaced", unplaced, flat), ("classes", placed, steps))
        if group
    ]


def _hover(shading: Shading, name: str) -> str:
    """The words of a region under the pointer."""
    value = f": {shading.displayed}" if shading.displayed else ""
    reason = f"<br>{shading.reason}" if shading.reason else ""
    return f"<b>{name}</b>{value}{reason}"


def _outline(region: str, codes: Sequence[str], level: MapLevel, box: Box) -> list[dict[str, Any]]:
    """The selected region's outline, dark on white; a county's on a map of several counties."""
    counties = {code[:2] for code in codes}  # a municipality's code begins with its county's
    if region not in codes and not (len(counties) > 1 and region in counties):
        return []
    borders: MapLevel = "county" if region_level(region) == "county" else level
    width = 1.75 if box.is_wide else 3.0
    return [
        _trace(name, [region], borders)
        | {
            "z": [0],
            "colorscale": [[0, style.TRANSPARENT], [1, style.TRANSPARENT]],
            "marker": {"line": {"color": colour, "width": times * width}},
            "hoverinfo": "skip",
        }
        for name, colour, times in (("casing", style.PAPER, 2), ("own", style.LEAD, 1))
    ]


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


def enclosing_box(boxes: Mapping[str, Box], codes: Iterable[str]) -> Box:
    """
    What holds all of some regions.

    Raises:
        KeyError: for a region without borders.
        ValueError: for no region at all.

    """
    inside = [boxes[code] for code in codes]
    return Box(
        min(box.west for box in inside),
        min(box.south for box in inside),
        max(box.east for box in inside),
        max(box.north for box in inside),
    )


def map_layout(box: Box, look: Look) -> dict[str, Any]:
    """
    The frame: what the box holds, upright and as large as it fits.

    Plotly turns the globe to the middle of the range of longitudes and cuts there, so the
    range lies evenly about the meridian in the middle of the map.
    """
    middle = _MERIDIAN if box.is_wide else (box.west + box.east) / 2
    aside = (1 + 2 * _AIR) * max(box.east - middle, middle - box.west)
    above = _AIR * (box.north - box.south)
    geo = {
        "visible": False,
        "bgcolor": style.TRANSPARENT,
        "fitbounds": False,
        "projection": {"type": "transverse mercator", "rotation": {"lon": middle, "lat": 0}},
        "lonaxis": {"range": [middle - aside, middle + aside]},
        "lataxis": {"range": [box.south - above, box.north + above]},
    }
    layout = style.chart_layout(look.lang)
    del layout["xaxis"], layout["yaxis"]
    margins = {"l": 4, "r": 4, "t": 4, "b": 4}
    return {
        **layout,
        "geo": geo,
        "margin": margins,
        "annotations": example_mark(look, _MARK_SIZE),
    }


def map_config() -> Any:
    """Options of the map's frame: as those of a chart; the wheel scrolls the page."""
    return {**style.chart_config(), "scrollZoom": False}
