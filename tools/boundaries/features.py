"""
Areas as the GeoJSON that the map reads.

Pure. A feature's id is the region's code as text. Outer rings go clockwise and holes the
other way, as d3-geo wants them: the other way round an area would be the rest of the globe.
No point of a border is dropped, so that neighbours stay together; SCB has already generalised.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from tools.boundaries.wkb import Area, Ring

DECIMALS = 4  # about ten metres


def collection(areas: Mapping[str, Area], names: Mapping[str, str], source: str) -> dict[str, Any]:
    """A FeatureCollection, by code; `source` says whose borders they are."""
    features = [_feature(code, names[code], areas[code]) for code in sorted(areas)]
    return {"type": "FeatureCollection", "source": source, "features": features}


def _feature(code: str, name: str, area: Area) -> dict[str, Any]:
    polygons = [
        [_turned(_rounded(ring), clockwise=place == 0) for place, ring in enumerate(polygon)]
        for polygon in area
    ]
    longitudes, latitudes = zip(*(point for outer, *_ in polygons for point in outer), strict=True)
    alone = len(polygons) == 1
    return {
        "type": "Feature",
        "id": code,
        "bbox": [min(longitudes), min(latitudes), max(longitudes), max(latitudes)],
        "properties": {"name": name},
        "geometry": {
            "type": "Polygon" if alone else "MultiPolygon",
            "coordinates": polygons[0] if alone else polygons,
        },
    }


def _rounded(ring: Ring) -> Ring:
    """The ring at four decimals, without points that fall together."""
    points = [
        (round(longitude, DECIMALS), round(latitude, DECIMALS)) for longitude, latitude in ring
    ]
    return tuple(
        point for place, point in enumerate(points) if place == 0 or point != points[place - 1]
    )


def _turned(ring: Ring, *, clockwise: bool) -> Ring:
    turns = sum((x1 - x0) * (y1 + y0) for (x0, y0), (x1, y1) in pairwise(ring))
    return ring if (turns > 0) == clockwise else ring[::-1]
