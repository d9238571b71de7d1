"""
Which regions are shaded alike on a map: at most five classes of about equally many values.

Pure. Classes are made of displayed values, so that two regions which show the same number
always lie in the same class. They say more or less, never better or worse, and there are never
more of them than the values are far apart: a small difference is not made to look like a large one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

_MOST_CLASSES = 5
_TONES = (1, 2, 3, 4, 5)  # from the lightest to the darkest
_HAIR = 1e-9  # a range of decimals such as 0.3 may miss a whole number of thresholds by a bit


@dataclass(frozen=True)
class ShadeClass:
    """
    What is shaded alike: displayed values from `low` to `high`, both included.

    `tone` is the shade, from 1 (lightest, lowest values) to 5. `regions` are those of the year
    that is shown, by value and code; of a scale none yet.
    """

    tone: int
    low: float
    high: float
    regions: tuple[str, ...] = ()


def class_scale(values: Iterable[float], *, threshold: float = 0.0) -> tuple[ShadeClass, ...]:
    """
    Cut displayed values into classes, lowest first; none without values.

    Args:
        values: of every region and year that the scale is for, each as often as it is shown.
        threshold: the difference from which two values are not in level.

    Returns:
        At most five classes, and no more than times that the whole range holds the threshold, but
        one. As many different values are a class each; more are cut where the number of values
        below comes nearest to equal parts.

    """
    counted = Counter(values)
    different = sorted(counted)
    most = _most_classes(different, threshold)
    stops = _stops([counted[number] for number in different], most)
    return tuple(
        ShadeClass(tone, different[start], different[stop - 1])
        for tone, start, stop in zip(_tones(len(stops)), [0, *stops], stops, strict=False)
    )


def placed(values: Mapping[str, float], scale: Iterable[ShadeClass]) -> tuple[ShadeClass, ...]:
    """The classes of a scale with the regions whose displayed value lies in each."""
    ordered = sorted(values, key=lambda code: (values[code], code))
    return tuple(
        replace(one, regions=tuple(code for code in ordered if one.low <= values[code] <= one.high))
        for one in scale
    )


def _most_classes(different: list[float], threshold: float) -> int:
    """How many classes the range of some different values, in order, may be cut into."""
    if not (different and threshold):
        return _MOST_CLASSES
    times = int((different[-1] - different[0]) / threshold + _HAIR)
    return min(_MOST_CLASSES, max(1, times))


def _stops(counts: list[int], most: int) -> list[int]:
    """Where each class ends, as places in a list of how often each value is shown."""
    many = len(counts)
    if many <= most:
        return list(range(1, many + 1))
    below = list(accumulate(counts, initial=0))
    stops = [0]
    for nth in range(1, most):
        target = below[-1] * nth / most
        # At least one value is left for each class that is still to come.
        possible = range(stops[-1] + 1, many - (most - nth) + 1)
        stops.append(min(possible, key=lambda position: abs(below[position] - target)))
    return [*stops[1:], many]


def _tones(many: int) -> tuple[int, ...]:
    """The shades of that many classes, as far apart as can be."""
    if many < 2:
        return _TONES[2:3] * many
    return tuple(1 + round(position * (_MOST_CLASSES - 1) / (many - 1)) for position in range(many))
