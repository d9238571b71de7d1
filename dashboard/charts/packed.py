"""
Many lines in a few letters, for `assets/draw.js` to draw as one picture.

Pure. Lines of the same years rise and fall together, so of each point only how far its step is
from the middle one of that step is told, as one letter: a third of what a path of SVG takes.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

_ZERO = 0x40  # the letter of no difference: after it one a unit more, one a unit less, two more
_MIDDLE = 500  # of the height, from which the first point of a line is told


def packed(points: Sequence[tuple[int, int | None]], owners: Sequence[str] = ()) -> dict[str, Any]:
    """
    Lines as {ways, of, steps, letters, owners}.

    `points` are whole numbers across and down; None down ends a stretch, and a point that is not
    to the right of the last one begins a line. `owners` are whole numbers in rising order that
    tell whose each stretch is, where that is known: then a line is all that is of one.

    `ways`: the points of a line as pairs of the place
    across and whether a stretch begins there; `of`: the number of its way for each line; `steps`:
    by "from to" the middle step down; `letters`: one for each point, the units of what its step
    is more, doubled, or less, doubled and one fewer, above `@`. `owners`: the digits of their
    numbers, and a letter for each line, so far above `@` as its owner is above the one before.
    """
    across, down, begins = _known(points)
    is_first = np.concatenate([[True], across[1:] <= across[:-1]])
    if owners:
        whose = np.array([int(owner) for owner in owners])[np.cumsum(begins) - 1]
        is_first = np.concatenate([[True], whose[1:] != whose[:-1]])
    moves = np.flatnonzero(~is_first)
    stride = int(across.max()) + 1
    pairs, kind = np.unique(across[moves - 1] * stride + across[moves], return_inverse=True)
    fall = down[moves] - down[moves - 1]
    middle = [round(float(np.median(fall[kind == number]))) for number in range(len(pairs))]
    more = down - _MIDDLE
    more[moves] = fall - np.array(middle, dtype=int)[kind]
    letters = (np.where(more < 0, -2 * more - 1, 2 * more) + _ZERO).astype("<u4")
    ways: dict[tuple[tuple[int, int], ...], int] = {}
    of = []
    firsts = np.flatnonzero(is_first).tolist()
    spots = list(zip(across.tolist(), begins.tolist(), strict=True))
    for first, end in zip(firsts, [*firsts[1:], len(spots)], strict=True):
        of.append(ways.setdefault(tuple(spots[first:end]), len(ways)))
    return {
        "ways": list(ways),
        "of": of,
        "steps": {
            f"{pair // stride} {pair % stride}": step
            for pair, step in zip(pairs.tolist(), middle, strict=True)
        },
        "letters": letters.tobytes().decode("utf-32-le"),
        "owners": _owner_letters(owners),
    }


def _owner_letters(owners: Sequence[str]) -> list[Any]:
    """The digits of the owners' numbers, and how far each is above the one before, as letters."""
    if not owners:
        return []
    numbers = [0, *dict.fromkeys(map(int, owners))]
    rises = (chr(_ZERO + later - earlier) for earlier, later in pairwise(numbers))
    return [len(owners[0]), "".join(rises)]


def _known(points: Sequence[tuple[int, int | None]]) -> tuple[Any, Any, Any]:
    """The points that are there: across, down, and 1 where a stretch begins, else 0."""
    values = np.array([(x, np.nan if y is None else y) for x, y in points])
    is_known = ~np.isnan(values[:, 1])
    begins = np.concatenate([[True], ~is_known[:-1]])
    known = values[is_known].astype(int)
    return known[:, 0], known[:, 1], begins[is_known].astype(int)
