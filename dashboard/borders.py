"""
The traces and the frame of a map: regions within their borders, as plain plotly dictionaries.

Pure. Knows colours, projection and where the borders are: an asset that the browser fetches
from this site, so that no figure contains them. It never decides which region is shaded how.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dashboard import observation, template
from dashboard.labels import example
from dashboard.lines import Look

MapLevel = Literal["county", "municipality"]
BORDERS = (("county", "/assets/geo/lan.geojson"), ("municipality", "/assets/geo/kommun.geojson"))
# From the lightest to the darkest; the outline is at least 3:1 against each and against white.
SHADES = ("#E6EDF3", "#C3D0DC", "#9FB2C4", "#7E96AC", "#607B94")
OUTLINE = "#1B1F24"
UNPLACED = "#F1EFEA"  # assets/map.css hatches what has this colour
CLEAR = "rgba(0,0,0,0)"
MERIDIAN = 16.5  # degrees east, in the middle of the country
AIR = 0.02  # part of the map's size that is left free at each edge
EXAMPLE = 20  # pixels of the words over invented data, which a narrow map holds
WIDE = 5.0  # degrees of latitude from which a map is one of the country


@dataclass(frozen=True)
class Box:
    """The degrees between which something lies."""

    west: float
    south: float
    east: float
    north: float

    @property
    def is_wide(self) -> bool:
        """Whether it holds so much that lines must be thin."""
        return self.north - self.south >= WIDE


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
    whose: MapLevel = "county" if observation.level(own) == "county" else level
    width = 1.75 if box.is_wide else 3.0
    return [
        _trace(name, [own], whose)
        | {
            "z": [0],
            "colorscale": [[0, CLEAR], [1, CLEAR]],
            "marker": {"line": {"color": colour, "width": times * width}},
            "hoverinfo": "skip",
        }
        for name, colour, times in (("casing", "#FFFFFF", 2), ("own", template.LEAD, 1))
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


def layout(box: Box, look: Look) -> dict[str, Any]:
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
    plain = template.layout(look.lang)
    kept = {name: part for name, part in plain.items() if name not in {"xaxis", "yaxis"}}
    margin = {"l": 4, "r": 4, "t": 4, "b": 4}
    return {**kept, "geo": geo, "margin": margin, "annotations": example(look, EXAMPLE)}


def config() -> Any:
    """Options of the map's frame: as those of a chart; the wheel scrolls the page."""
    return {**template.config(), "scrollZoom": False}


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
