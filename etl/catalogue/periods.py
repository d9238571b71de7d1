"""
Periods as the source writes them: years ("2026"), quarters ("2026K3") and months ("2026M09").

Pure. Within one frequency the order of the texts is the order of time. An indicator is of one
frequency throughout, which `loading` checks and the binder keeps.
"""

import re
from collections.abc import Iterable
from typing import Literal

Frequency = Literal["year", "quarter", "month"]
PERIODS_A_YEAR: dict[Frequency, int] = {"year": 1, "quarter": 4, "month": 12}
_PERIOD = re.compile(r"(\d{4})(?:K([1-4])|M(0[1-9]|1[0-2]))?")


def frequency(period: str) -> Frequency:
    """
    Return of what length a period is.

    Raises:
        ValueError: when it is none of the three.

    """
    _, quarter, month = _parts(period)
    return "month" if month else "quarter" if quarter else "year"


def is_period(text: str) -> bool:
    """Say whether a text is a year, a quarter or a month as the source writes them."""
    return _PERIOD.fullmatch(text) is not None


def first_of(year: int, length: Frequency) -> str:
    """Return the first period of a calendar year: "2026", "2026K1" or "2026M01"."""
    return {"year": f"{year:04d}", "quarter": f"{year:04d}K1", "month": f"{year:04d}M01"}[length]


def last_of(year: int, length: Frequency) -> str:
    """Return the last period of a calendar year: "2026", "2026K4" or "2026M12"."""
    return {"year": f"{year:04d}", "quarter": f"{year:04d}K4", "month": f"{year:04d}M12"}[length]


def months_of(period: str) -> tuple[int, int]:
    """Return the first and the last month of a period, both counted from January of year 0."""
    months = 12 // PERIODS_A_YEAR[frequency(period)]
    first = ordinal(period) * months
    return first, first + months - 1


def unlike(periods: Iterable[str], length: Frequency) -> str:
    """Return the first that is no period of this length, such as "1998-2002"; "" if none."""
    return next((p for p in periods if not is_period(p) or frequency(p) != length), "")


def year_of(period: str) -> int:
    """Return the calendar year that a period lies in."""
    return int(period[:4])


def number_in_year(period: str) -> int:
    """Return which quarter or month of its year a period is; 1 for a year."""
    _, quarter, month = _parts(period)
    return int(quarter or month or 1)


def ordinal(period: str) -> int:
    """Return the place of a period among those of its frequency; neighbours differ by one."""
    return year_of(period) * PERIODS_A_YEAR[frequency(period)] + number_in_year(period) - 1


def period_at(place: int, frequency: Frequency) -> str:
    """Return the period of a frequency at a place, see `ordinal`."""
    year, number = divmod(place, PERIODS_A_YEAR[frequency])
    tail = {"year": "", "quarter": f"K{number + 1}", "month": f"M{number + 1:02d}"}[frequency]
    return f"{year:04d}{tail}"


def shifted(period: str, years: int) -> str:
    """Return the same month or quarter, or the year, so many years later."""
    return f"{year_of(period) + years:04d}{period[4:]}"


def starting(period: str, frequency: Frequency) -> int:
    """Return the ordinal of the first period of a frequency that begins in another or with it."""
    first, _ = months_of(period)
    return first * PERIODS_A_YEAR[frequency] // 12


def following(period: str, frequency: Frequency) -> int:
    """Return the ordinal of the first period of a frequency that begins when another is over."""
    _, last = months_of(period)
    return -(-(last + 1) * PERIODS_A_YEAR[frequency] // 12)


def overlaps(period: str, first: str, last: str) -> bool:
    """
    Say whether any part of a period lies between two, both included, whatever their lengths.

    All months of 2026 lie in 2026, and of the years 2026 in 2026M05.
    """
    return not (ends_before(period, first) or ends_before(last, period))


def lies_between(period: str, first: str | None, last: str | None) -> bool:
    """Say whether any part of a period lies between two, see `overlaps`; None is no bound."""
    return not (first and ends_before(period, first)) and not (last and ends_before(last, period))


def ends_before(period: str, other: str) -> bool:
    """Say whether a period is over when another begins, whatever their lengths."""
    return months_of(period)[1] < months_of(other)[0]


def _parts(period: str) -> tuple[str, str | None, str | None]:
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"period {period!r}: expected 2026, 2026K3 or 2026M09")
    return match[1], match[2], match[3]
