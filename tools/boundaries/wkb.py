"""
Areas out of well-known binary, the form in which GeoParquet keeps them.

Pure. Knows polygons and multipolygons in two dimensions; it moves and drops no point.
"""

import struct

Point = tuple[float, float]
Ring = tuple[Point, ...]  # closed: the first point stands last too
Polygon = tuple[Ring, ...]  # the outer ring, then its holes
Area = tuple[Polygon, ...]

POLYGON, MULTIPOLYGON = 3, 6


def area(content: bytes) -> Area:
    """
    The polygons of one geometry, points as longitude and latitude.

    Raises:
        ValueError: naming the geometry's type when it is neither polygon nor multipolygon.

    """
    polygons, _ = _geometry(content, 0)
    return polygons


def _geometry(content: bytes, start: int) -> tuple[Area, int]:
    """The polygons from a place in the bytes, and the place after them."""
    order = "<" if content[start] == 1 else ">"
    sort, count = struct.unpack_from(f"{order}2I", content, start + 1)
    place = start + 9
    if sort == POLYGON:
        rings = []
        for _ in range(count):
            ring, place = _ring(content, place, order)
            rings.append(ring)
        return (tuple(rings),), place
    if sort != MULTIPOLYGON:
        raise ValueError(f"well-known binary of type {sort}; only 3 and 6, areas, have borders")
    found: list[Polygon] = []
    for _ in range(count):
        polygons, place = _geometry(content, place)
        found += polygons
    return tuple(found), place


def _ring(content: bytes, start: int, order: str) -> tuple[Ring, int]:
    (count,) = struct.unpack_from(f"{order}I", content, start)
    numbers = struct.unpack_from(f"{order}{2 * count}d", content, start + 4)
    points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    return points, start + 4 + 16 * count
