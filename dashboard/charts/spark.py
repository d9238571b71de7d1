"""
Small pictures in a row of text: a line with its breaks, and a region among its level.

Pure. Drawn as SVG inside a data address, which the policy for images allows. They repeat what
the row says in words and are hidden from those who hear the page; they know no units.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise

from dashboard.charts import style

Point = tuple[int, float]
# Drawn on a grid of tenths of a pixel: whole numbers are written fastest, and shortest.
FINE = 10
WIDE, HIGH, ROOM = 168 * FINE, 40 * FINE, 5 * FINE
STRIP_HIGH = 26 * FINE
MIDDLE = STRIP_HIGH // 2


def line(pieces: Sequence[Sequence[Point]]) -> str:
    """The address of a picture of (year, value) in pieces that are not joined; "" for none."""
    points = list(chain.from_iterable(pieces))
    if not points:
        return ""
    years, values = zip(*points, strict=True)
    left, wide = _scale(years, ROOM, WIDE - ROOM)
    foot, tall = _scale(values, HIGH - ROOM, ROOM)
    spots = [(round(left + wide * year), round(foot + tall * value)) for year, value in points]
    ends = (0, *accumulate(map(len, pieces)))
    drawn = [_joined(spots[start:end]) for start, end in pairwise(ends)]
    return _picture("".join([*drawn, _dot(*spots[-1], 30, style.LEAD)]), HIGH)


def strip(
    values: Sequence[float], own: float, *, county: float | None, country: float | None
) -> str:
    """The address of a picture of a region among all of its level, itself too, and two marks."""
    marks = [one for one in (county, country) if one is not None]
    ends = min(*values, own, *marks), max(*values, own, *marks)
    left, wide = _scale(ends, ROOM, WIDE - ROOM)
    drawn = [
        f'<path d="M0 {MIDDLE}H{WIDE}" stroke="{style.GRID}" stroke-width="10"/>',
        _dots(tuple(values), ends),
        *(
            _tick(round(left + wide * one), style.SECONDARY[0], "")
            for one in (county,)
            if one is not None
        ),
        *(
            _tick(round(left + wide * one), style.COUNTRY, "20 20")
            for one in (country,)
            if one is not None
        ),
        _dot(round(left + wide * own), MIDDLE, 45, style.LEAD),
    ]
    return _picture("".join(drawn), STRIP_HIGH)


def _scale(numbers: Sequence[float], start: int, end: int) -> tuple[float, float]:
    """
    Where zero lies on the grid, and how long one is there.

    The lowest number lies at the start; where all are one, they lie in the middle.
    """
    low, high = min(numbers), max(numbers)
    if low == high:
        return (start + end) / 2, 0
    one = (end - start) / (high - low)
    return start - one * low, one


def _joined(spots: Sequence[tuple[int, int]]) -> str:
    """Neighbouring years as a line; a lone one as a dot."""
    if len(spots) == 1:
        return _dot(*spots[0], 16, style.LEAD)
    path = "L".join([f"{x} {y}" for x, y in spots])
    return f'<path d="M{path}" fill="none" stroke="{style.LEAD}" stroke-width="16"/>'


def _dot(x: int, y: int, radius: int, colour: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}"/>'


@lru_cache(maxsize=1024)
def _dots(values: tuple[float, ...], ends: tuple[float, float]) -> str:
    """
    Many dots as one path of round ends: a fifth of the bytes of so many circles.

    Remembered, as all regions of a level have the same dots behind their own.
    """
    left, wide = _scale(ends, ROOM, WIDE - ROOM)
    spots = sorted({round(left + wide * one) for one in values})
    path = "".join(f"M{x} {MIDDLE}h0" for x in spots)
    return f'<path d="{path}" stroke="#A9B0B8" stroke-width="52" stroke-linecap="round"/>'


def _tick(x: int, colour: str, dash: str) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{x} 40V{STRIP_HIGH - 40}" stroke="{colour}" stroke-width="20"{dashes}/>'


def svg_address(svg: str) -> str:
    """The address of a drawing; of what drawings are made of, two signs are written otherwise."""
    return "data:image/svg+xml," + svg.replace("%", "%25").replace("#", "%23")


def _picture(inside: str, high: int) -> str:
    return svg_address(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" '
        f'width="{WIDE // FINE}" height="{high // FINE}">{inside}</svg>'
    )
