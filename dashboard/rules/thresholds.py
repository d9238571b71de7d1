"""
How large a difference must be to be stated, a change to be a direction, and a line to look steep.

Pure. It follows the measure and, of shares, how common the thing is: half a percentage point is
little of 80 per cent and a fifth of 2.5. What is in level is said in `etl.measures.level`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from etl.catalogue import Indicator, Text
from etl.measures.level import LEVEL, LOW_SHARE, Limit, level_limit

METHOD = Text(
    sv=(
        "De små linjerna på översikten har ingen axel. Höjden motsvarar därför minst tio gånger "
        "den skillnad som räknas som i nivå: 5 procentenheter för andelar (under 10 procent "
        "hälften av den största, dock minst 2), 10 för kvoter och index och 20 procent av det "
        "största värdet för belopp och antal. En serie som rör sig mindre än så ser flat ut, "
        "och en som rör sig mer fyller höjden. Linjen är avbruten där uppgifterna inte går att "
        "jämföra och där ett år saknas. Klasser visas mot alla klasser."
    ),
    en=(
        "The small lines of the overview have no axis. Their height therefore stands for at least "
        "ten times the difference that counts as level: 5 percentage points for shares (under 10 "
        "per cent half of the largest, at least 2), 10 for ratios and indexes and 20 per cent of "
        "the largest value for amounts and counts. A series that moves less than that looks flat, "
        "and one that moves more fills the height. The line stops where figures cannot be "
        "compared and where a year is missing. Classes are shown against all classes."
    ),
)


# From these on, an ordered change is a direction; index and class have none.
_DIRECTION: Mapping[str, Limit] = MappingProxyType(
    {
        "share": Limit(1.0),
        "ratio": Limit(3.0),
        "amount": Limit(3.0, "percent"),
        "count": Limit(3.0, "percent"),
    }
)
# Below `LOW_SHARE` it is a part of the share, but never less than this.
DIRECTION_PART, DIRECTION_LEAST = 0.1, 0.3
LINE_LEVELS = 10  # a small picture of a line spans at least so many differences "in level"
# Products of decimals such as 0.05 may miss a limit by the last bit.
_HAIR = 1e-9


def has_direction(indicator: Indicator) -> bool:
    """Whether a direction is stated of the measure."""
    return indicator.measure in _DIRECTION


def least_change(indicator: Indicator, *, start: float, median: float) -> float:
    """The change of a line over a stretch, from its `start`, from which it has a direction."""
    if indicator.measure == "share" and median < LOW_SHARE:
        return max(DIRECTION_LEAST, DIRECTION_PART * median)
    return _DIRECTION[indicator.measure].of(start)


def line_span(indicator: Indicator, numbers: Sequence[float]) -> float:
    """
    The least span, in the measure's unit, of the height of a small picture of a line.

    Ten times the largest difference between numbers that are in level: what does not change looks
    flat, whatever the measure. Of classes it is all of them.
    """
    if indicator.measure not in LEVEL:
        return indicator.limits.max - indicator.limits.min if indicator.limits else 0.0
    largest = max(map(abs, numbers), default=0.0)
    return LINE_LEVELS * level_limit(indicator, reference=largest, larger=largest)


def reaches(size: float, limit: float) -> bool:
    """Whether a difference that is not zero is as large as a limit."""
    return size != 0 and abs(size) >= limit - _HAIR
