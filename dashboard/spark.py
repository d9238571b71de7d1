"""
Small pictures in a row of text: a line with its breaks, and a region among its level.

Pure. Drawn as SVG inside a data address, which the policy for images allows. They repeat what
the row says in words and are hidden from those who hear the page; they know no units.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from dashboard import template

Point = tuple[int, float]
WIDE, HIGH, ROOM = 168, 40, 5
STRIP_HIGH = 26


def line(pieces: Sequence[Sequence[Point]]) -> str:
    """The address of a picture of (year, value) in pieces that are not joined; "" for none."""
    points = [point for piece in pieces for point in piece]
    if not points:
        return ""
    place = _scale([year for year, _ in points], ROOM, WIDE - ROOM)
    height = _scale([value for _, value in points], HIGH - ROOM, ROOM)
    drawn = []
    for piece in pieces:
        spots = [(place(year), height(value)) for year, value in piece]
        drawn.append(_joined(spots) if len(spots) > 1 else _dot(*spots[0], 1.6, template.LEAD))
    year, value = points[-1]
    drawn.append(_dot(place(year), height(value), 3, template.LEAD))
    return _picture("".join(drawn), HIGH)


def strip(
    values: Sequence[float], own: float, *, county: float | None, country: float | None
) -> str:
    """The address of a picture of a region among all of its level, itself too, and two marks."""
    marks = [one for one in (county, country) if one is not None]
    ends = min(*values, own, *marks), max(*values, own, *marks)
    place = _scale(ends, ROOM, WIDE - ROOM)
    middle = STRIP_HIGH / 2
    drawn = [
        f'<path d="M0 {middle}H{WIDE}" stroke="{template.GRID}"/>',
        _dots(tuple(values), ends),
        *(_tick(place(one), template.SECONDARY[0], "") for one in (county,) if one is not None),
        *(_tick(place(one), template.COUNTRY, "2 2") for one in (country,) if one is not None),
        _dot(place(own), middle, 4.5, template.LEAD),
    ]
    return _picture("".join(drawn), STRIP_HIGH)


def _scale(numbers: Sequence[float], start: int, end: int) -> Callable[[float], float]:
    """From numbers to pixels, the lowest at the start; where all are one, in the middle."""
    low, high = min(numbers), max(numbers)
    step = (end - start) / (high - low) if high > low else 0
    first = start if step else (start + end) / 2
    return lambda number: round(first + step * (number - low), 1)


def _joined(spots: Sequence[tuple[float, float]]) -> str:
    path = "L".join(f"{x} {y}" for x, y in spots)
    return f'<path d="M{path}" fill="none" stroke="{template.LEAD}" stroke-width="1.6"/>'


def _dot(x: float, y: float, radius: float, colour: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}"/>'


@lru_cache(maxsize=1024)
def _dots(values: tuple[float, ...], ends: tuple[float, float]) -> str:
    """
    Many dots as one path of round ends: a fifth of the bytes of so many circles.

    Remembered, as all regions of a level have the same dots behind their own.
    """
    place = _scale(ends, ROOM, WIDE - ROOM)
    path = "".join(f"M{x} {STRIP_HIGH / 2}h0" for x in sorted({place(one) for one in values}))
    return f'<path d="{path}" stroke="#A9B0B8" stroke-width="5.2" stroke-linecap="round"/>'


def _tick(x: float, colour: str, dash: str) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{x} 4V{STRIP_HIGH - 4}" stroke="{colour}" stroke-width="2"{dashes}/>'


def address(svg: str) -> str:
    """The address of a drawing; of what drawings are made of, two signs are written otherwise."""
    return "data:image/svg+xml," + svg.replace("%", "%25").replace("#", "%23")


def _picture(inside: str, high: int) -> str:
    return address(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" '
        f'width="{WIDE}" height="{high}">{inside}</svg>'
    )
