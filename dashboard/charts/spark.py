"""
Small pictures in a row of text: a line with its breaks, and a region among its level.

Pure. Drawn as SVG inside a data address, which the policy for images allows. They repeat what
the row says in words and are hidden from those who hear the page; they know no units.
"""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise

from dashboard.charts import style

# Drawn on a grid of tenths of a pixel: whole numbers are written fastest, and shortest.
_FINE = 10
_WIDTH, _HEIGHT, _EDGE = 168 * _FINE, 40 * _FINE, 5 * _FINE
_STRIP_HEIGHT = 26 * _FINE
_MIDDLE = _STRIP_HEIGHT // 2


def spark_line(stretches: Sequence[Sequence[tuple[int, float]]], least: float) -> str:
    """
    The address of a picture of (year, value) in stretches that are not joined; "" for none.

    Its height spans at least `least` (see `rules.thresholds.line_span`): a line that moves less
    lies in the middle, as flat as it is.
    """
    points = list(chain.from_iterable(stretches))
    if not points:
        return ""
    years, values = zip(*points, strict=True)
    left, unit = _scale(years, _EDGE, _WIDTH - _EDGE)
    low, high = min(values), max(values)
    room = max(least - (high - low), 0) / 2
    bottom, rise = _scale((low - room, high + room), _HEIGHT - _EDGE, _EDGE)
    corners = [(round(left + unit * year), round(bottom + rise * value)) for year, value in points]
    cuts = (0, *accumulate(map(len, stretches)))
    paths = [_joined(corners[start:end]) for start, end in pairwise(cuts)]
    return _picture("".join([*paths, _dot(*corners[-1], 30, style.LEAD)]), _HEIGHT)


def level_strip(
    values: Sequence[float], value: float, *, county: float | None, country: float | None
) -> str:
    """The address of a picture of a region among all of its level, itself too, and two marks."""
    marks = [
        (mark, colour, dashes)
        for mark, colour, dashes in (
            (county, style.SECONDARY[0], ""),
            (country, style.COUNTRY_COLOUR, ' stroke-dasharray="20 20"'),
        )
        if mark is not None
    ]
    numbers = (*values, value, *(mark for mark, _, _ in marks))
    ends = min(numbers), max(numbers)
    start, unit = _scale(ends, _EDGE, _WIDTH - _EDGE)
    paths = [
        f'<path d="M0 {_MIDDLE}H{_WIDTH}" stroke="{style.GRID}" stroke-width="10"/>',
        _dots(array("d", values).tobytes(), ends),
        *(
            f'<path d="M{round(start + unit * mark)} 40V{_STRIP_HEIGHT - 40}" '
            f'stroke="{colour}" stroke-width="20"{dashes}/>'
            for mark, colour, dashes in marks
        ),
        _dot(round(start + unit * value), _MIDDLE, 45, style.LEAD),
    ]
    return _picture("".join(paths), _STRIP_HEIGHT)


def _scale(numbers: Sequence[float], start: int, end: int) -> tuple[float, float]:
    """
    Where zero lies on the grid, and how long a unit is there.

    The lowest number lies at the start; where all are the same, they lie in the middle.
    """
    low, high = min(numbers), max(numbers)
    if low == high:
        return (start + end) / 2, 0
    unit = (end - start) / (high - low)
    return start - unit * low, unit


def _joined(corners: Sequence[tuple[int, int]]) -> str:
    """Neighbouring years as a line; a lone one as a dot."""
    if len(corners) == 1:
        return _dot(*corners[0], 16, style.LEAD)
    path = "L".join([f"{x} {y}" for x, y in corners])
    return f'<path d="M{path}" fill="none" stroke="{style.LEAD}" stroke-width="16"/>'


def _dot(x: int, y: int, radius: int, colour: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}"/>'


@lru_cache(maxsize=256)
def _dots(values: bytes, ends: tuple[float, float]) -> str:
    """
    Many dots as one path of round ends: a fifth of the bytes of so many circles.

    Remembered, as all regions of a level have the same dots behind their own. `values`: numbers as
    the bytes of an array.
    """
    start, unit = _scale(ends, _EDGE, _WIDTH - _EDGE)
    columns = sorted({round(start + unit * value) for value in array("d", values)})
    path = "".join(f"M{x} {_MIDDLE}h0" for x in columns)
    return f'<path d="{path}" stroke="#A9B0B8" stroke-width="52" stroke-linecap="round"/>'


def svg_address(svg: str) -> str:
    """The address of a drawing; of what drawings are made of, two signs are written otherwise."""
    return "data:image/svg+xml," + svg.replace("%", "%25").replace("#", "%23")


def _picture(content: str, height: int) -> str:
    return svg_address(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH // _FINE}" height="{height // _FINE}">{content}</svg>'
    )
