"""
Which regions are shaded alike on a map: at most five classes of about equally many regions.

Pure. Classes are made of displayed values, so that two regions which show the same number
always lie in the same class. They say more or less, never better or worse.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

_MOST_CLASSES = 5
_TONES = (1, 2, 3, 4, 5)  # from the lightest to the darkest


@dataclass(frozen=True)
class ShadeClass:
    """
    Regions shaded alike: `low` and `high` are the least and greatest value among them.

    `tone` is the shade, from 1 (lightest, lowest values) to 5.
    """

    tone: int
    low: float
    high: float
    regions: tuple[str, ...]


def classes(values: Mapping[str, float]) -> tuple[ShadeClass, ...]:
    """
    Part regions by their displayed values, lowest first; none without values.

    With at most five different values each is a class of its own; with more there are five
    classes, cut where the number of regions below comes nearest to each fifth.
    """
    counted = Counter(values.values())
    different = sorted(counted)
    stops = _stops([counted[number] for number in different])
    return tuple(
        ShadeClass(
            tone=tone,
            low=different[start],
            high=different[stop - 1],
            regions=tuple(
                code
                for code, value in sorted(values.items(), key=lambda pair: (pair[1], pair[0]))
                if different[start] <= value <= different[stop - 1]
            ),
        )
        for tone, start, stop in zip(_tones(len(stops)), [0, *stops], stops, strict=False)
    )


def _stops(counts: list[int]) -> list[int]:
    """Where each class ends, as places in a list of how many regions show each value."""
    many = len(counts)
    if many <= _MOST_CLASSES:
        return list(range(1, many + 1))
    below = list(accumulate(counts, initial=0))
    stops = [0]
    for nth in range(1, _MOST_CLASSES):
        target = below[-1] * nth / _MOST_CLASSES
        # At least one value is left for each class that is still to come.
        possible = range(stops[-1] + 1, many - (_MOST_CLASSES - nth) + 1)
        stops.append(min(possible, key=lambda position: abs(below[position] - target)))
    return [*stops[1:], many]


def _tones(many: int) -> tuple[int, ...]:
    """The shades of that many classes, as far apart as can be."""
    if many < 2:
        return _TONES[2:3] * many
    return tuple(1 + round(position * (_MOST_CLASSES - 1) / (many - 1)) for position in range(many))
