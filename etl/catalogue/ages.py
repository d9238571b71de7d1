"""
Ages as codes: single years ("45", "100+") and classes ("20-64", "65+"), with their names.

Pure. The code tells everything, so ages need no entry in the catalogue. The two are never added
to each other: a class holds the people of its single years.
"""

import re
from typing import Literal

from etl.catalogue.models import TOTAL, Category, Indicator, Table, Text, Variable

OLDEST = 120
_SPAN = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+)?")
_LAST_SINGLE = "100+"  # the last single year of age of the source is open
SINGLE_YEARS = (*map(str, range(100)), _LAST_SINGLE)
FIVE_YEAR_CLASSES = (*(f"{first}-{first + 4}" for first in range(0, 100, 5)), _LAST_SINGLE)
_PYRAMID = frozenset(FIVE_YEAR_CLASSES[:-1])


def span(code: str) -> tuple[int, int] | None:
    """Return the first and the last age of a code, `OLDEST` where it is open; None of no age."""
    match = _SPAN.fullmatch(code)
    if match is None:
        return None
    first = int(match[1])
    if match[2]:
        return (first, int(match[2])) if int(match[2]) >= first else None
    return first, OLDEST if code.endswith("+") else first


def is_class(code: str) -> bool:
    """Say whether a code is a class of ages, not one year of age."""
    return span(code) is not None and not is_single(code)


def is_single(code: str) -> bool:
    """Say whether a code is one year of age, the open last one included."""
    return code.isdecimal() or code == _LAST_SINGLE


def categories(
    tables: tuple[Table, ...], indicators: tuple[Indicator, ...]
) -> tuple[Category, ...]:
    """Return the ages that some tables and indicators use, all ages first, then the youngest."""
    variables = [variable for table in tables for variable in table.variables]
    variables += [
        variable
        for indicator in indicators
        for segment in indicator.segments
        for source in segment.sources
        for variable in source.variables
    ]
    listed = [_ages_of(variable) for variable in variables]
    listed += [{segment.ages} for one in indicators for segment in one.segments if segment.ages]
    # A class of five years that is a measure's own, as 20-24, is more than a part of a pyramid.
    alone = {code for codes in listed for code in codes if not codes >= _PYRAMID}
    spans = sorted((ages, code) for codes in listed for code in codes if (ages := span(code)))
    everybody = Category(
        dimension="age",
        code=TOTAL,
        kind="total",
        label=Text(sv="Alla åldrar", en="All ages"),
    )
    return (
        everybody,
        *(
            _category(code, alone=code in alone)
            for code in dict.fromkeys(code for _, code in spans)
        ),
    )


def _ages_of(variable: Variable) -> set[str]:
    listed = variable.age if variable.role != "age" else (*variable.keep, *variable.sums)
    return {code for code in listed if isinstance(code, str)}


def _category(code: str, *, alone: bool) -> Category:
    first, last = span(code) or (0, 0)
    if code.endswith("+"):
        label = Text(sv=f"{first} år och äldre", en=f"Aged {first} and over")
    elif first == last:
        label = Text(sv=f"{first} år", en=f"Aged {first}")
    else:
        label = Text(sv=f"{first}–{last} år", en=f"Aged {first}–{last}")
    return Category(
        dimension="age",
        code=code,
        kind=_kind(code, alone=alone),
        label=label,
    )


def _kind(code: str, *, alone: bool) -> Literal["single_age", "five_years", "age"]:
    """A year of age, a class of a pyramid that no measure has of its own, or another class."""
    if is_single(code):
        return "single_age"
    return "age" if alone or code not in _PYRAMID else "five_years"
