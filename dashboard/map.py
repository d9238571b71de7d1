"""
One year of one group on a map, shaded in classes.

Pure: rows in, a plotly dictionary out. Only figures that may be compared with each other are
shaded; the others are left out of the classes, each with its reason.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import borders, format
from dashboard.borders import Box, MapLevel, Shown
from dashboard.classes import Class, classes
from dashboard.comparison import compared
from dashboard.lines import Look
from dashboard.observation import Observation, observations, shown
from dashboard.ordering import largest
from dashboard.phrases import said
from dashboard.text import term
from etl.catalogue import Indicator, Lang

REGION = re.compile(r"[0-9]{2}(?:[0-9]{2})?")


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
    box = borders.around(boxes, names)
    outline = borders.outlined(own, [*names], level, box)
    return MapPicture(
        figure={
            "data": [*borders.shaded(hovers, level), *outline],
            "layout": borders.layout(box, look),
        },
        classes=found,
        regions=regions,
        alternative=_alternative(found, indicator, look.lang),
        outlined=bool(outline),
    )


def clicked(event: object) -> str | None:
    """The region of a click on a map, dcc.Graph's clickData; None for anything else."""
    points = event.get("points") if isinstance(event, Mapping) else None
    first = points[0] if isinstance(points, list) and points else None
    code = first.get("location") if isinstance(first, Mapping) else None
    return code if isinstance(code, str) and REGION.fullmatch(code) else None


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
