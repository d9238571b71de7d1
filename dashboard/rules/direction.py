"""
The direction of an unbroken stretch: rising, falling, none, or too few figures to say.

Pure. The method: Kendall's tau-b of value and year is at least 0.6 in absolute value, and
the Theil-Sen slope times the years from first to last is at least 1 percentage point
(shares; a tenth of the median where that is under 10 per cent, at least 0.3 points), 3 (ratios)
or 3 per cent of the line's first value (amounts, counts). Index and class have no direction; under
five years with numbers are too few. Missing years are left out, never filled in.

Months and quarters have seasons, through which no tau is taken: the mean of the latest twelve
months (four quarters) is compared with that of the twelve (four) before, by the same minima. All of
them must have a number.

There is no test of significance: these are whole registers, and successive years depend on each
other.

Sources: Kendall (1945), The treatment of ties in ranking problems, Biometrika 33; Theil
(1950), A rank-invariant method of linear and polynomial regression analysis; Sen (1968),
Estimates of the regression coefficient based on Kendall's tau, JASA 63.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, median
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dashboard.data.observation import Observation, displayed_value
from dashboard.rules.comparison import continuity, has_seasons
from dashboard.rules.stretches import Stretch
from dashboard.rules.thresholds import has_direction, least_change, reaches
from etl.catalogue import Break, Indicator, Text
from etl.catalogue.periods import PERIODS_A_YEAR, frequency
from etl.measures.level import is_noise

FEWEST_YEARS = 5
LEAST_TAU = 0.6
# Sums of decimals such as 0.1 may miss a threshold by the last bit.
_HAIR = 1e-9
METHOD = Text(
    sv=(
        "En riktning anges för en obruten del av en serie med minst fem år. Den är stigande "
        "eller fallande när Kendalls tau-b är minst 0,6 (till beloppet) och förändringen enligt "
        "Theil och Sens linje från första till sista året är minst 1 procentenhet för andelar "
        "(där medianen är under 10 procent en tiondel av den, dock minst 0,3 procentenheter), "
        "3 för kvoter eller 3 procent för belopp och antal. Annars sägs att det inte finns "
        "någon tydlig riktning. För index och klasser anges ingen. Av månader jämförs medelvärdet "
        "för de senaste tolv med medelvärdet för de tolv dessförinnan, av kvartal fyra med fyra, "
        "med samma minsta förändring. Alla måste ha uppgift. Det är ingen prövning av "
        "säkerhet: uppgifterna gäller hela befolkningen."
    ),
    en=(
        "A direction is stated for an unbroken part of a series with at least five years. It is "
        "upward or downward when Kendall's tau-b is at least 0.6 in absolute value and the "
        "change of the Theil–Sen line from the first to the last year is at least 1 percentage "
        "point for shares (where the median is under 10 per cent a tenth of it, at least 0.3 "
        "percentage points), 3 for ratios or 3 per cent for amounts and counts. Otherwise there is "
        "said to be no clear direction. None is stated for indexes and classes. Of months the mean "
        "of the latest twelve is compared with that of the twelve before, of quarters four with "
        "four, by the same least change. All of them must have a figure. This is no test "
        "of certainty: the figures cover the whole population."
    ),
)

DirectionWord = Literal["rising", "falling", "none", "short"]


@dataclass(frozen=True)
class Direction:
    """
    The direction of one stretch.

    `tau` is NaN and `change` (indicator's unit) zero where the word is "short". `observations`
    have numbers, oldest first; `cautions` lie among them. Of months and quarters `means` are those
    of the first and the second half of them; of too few they are the newest without a gap.
    """

    word: DirectionWord
    observations: tuple[Observation, ...]
    tau: float
    change: float
    after: Break | None
    cautions: tuple[Break, ...]
    means: tuple[float, float] | None = None

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest number."""
        numbers = [row.number for row in self.observations]
        return min(numbers), max(numbers)


def direction(stretch: Stretch, indicator: Indicator) -> Direction | None:
    """The direction of a stretch; None where the measure has none, or nothing has a number."""
    seen = stretch.present
    if not has_direction(indicator) or not seen:
        return None
    if has_seasons(seen[-1].period):
        return _seasonal(stretch, indicator)
    cautions = continuity(seen[0], seen[-1], indicator).cautions
    if len(seen) < FEWEST_YEARS:
        return Direction("short", seen, float("nan"), 0.0, stretch.after, cautions)
    years, values = zip(*stretch.points, strict=True)
    tau, slope = kendall_tau_b(years, values), theil_sen(years, values)
    change = slope * (years[-1] - years[0])
    word: DirectionWord = "none"
    if abs(tau) >= LEAST_TAU - _HAIR and _is_large(change, slope, (years, values), indicator):
        word = "rising" if change > 0 else "falling"
    return Direction(word, seen, tau, change, stretch.after, cautions)


def periods_needed(period: str) -> int:
    """How many months or quarters in a row a direction needs: those of two years."""
    return 2 * PERIODS_A_YEAR[frequency(period)]


def _seasonal(stretch: Stretch, indicator: Indicator) -> Direction:
    """The latest year of months or quarters against the year of them before."""
    seen, places = stretch.present, [place for place, _ in stretch.points]
    needed = periods_needed(seen[-1].period)
    in_row = next(
        (back for back in range(1, len(places)) if places[-back] - places[-back - 1] > 1),
        len(places),
    )
    shown = seen[-min(in_row, needed) :]
    cautions = continuity(shown[0], shown[-1], indicator).cautions
    if in_row < needed:
        return Direction("short", shown, float("nan"), 0.0, stretch.after, cautions)
    values = [row.number for row in shown]
    before, latest = (
        displayed_value(fmean(half), indicator.decimals)
        for half in (values[: needed // 2], values[needed // 2 :])
    )
    change = round(latest - before, indicator.decimals)
    least = least_change(indicator, start=before, median=median(values))
    large = reaches(change, least) and not is_noise(change, indicator, shown[-1].year)
    word: DirectionWord = ("rising" if change > 0 else "falling") if large else "none"
    return Direction(
        word, shown, float("nan"), change, stretch.after, cautions, means=(before, latest)
    )


def kendall_tau_b(x: Sequence[float], y: Sequence[float]) -> float:
    """Kendall's rank correlation with ties, -1 to 1; 0 where all of x or all of y are equal."""
    across, up = (np.sign(_pairs(tuple(values))) for values in (x, y))
    untied = np.count_nonzero(across) * np.count_nonzero(up)
    return float(np.dot(across, up) / math.sqrt(untied)) if untied else 0.0


def theil_sen(x: Sequence[float], y: Sequence[float]) -> float:
    """The median of the slopes of all pairs with different x; ValueError without any."""
    run, rise = _pairs(tuple(x)), _pairs(tuple(y))
    differ = run != 0
    slopes = np.sort(rise[differ] / run[differ])
    if not slopes.size:
        raise ValueError("a slope needs two different years; give a longer stretch")
    return float(slopes[(slopes.size - 1) // 2] + slopes[slopes.size // 2]) / 2


@lru_cache(maxsize=256)
def _pairs(numbers: tuple[float, ...]) -> NDArray[np.float64]:
    """Every later number less every earlier one; most indicators have the same years."""
    earlier, later = _every_pair(len(numbers))
    values = np.array(numbers, dtype=np.float64)
    differences = values[later] - values[earlier]
    differences.flags.writeable = False
    return differences


@lru_cache(maxsize=64)
def _every_pair(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of the earlier and of the later one in every pair of so many."""
    return np.triu_indices(size, k=1)


def _is_large(
    change: float,
    slope: float,
    points: tuple[Sequence[float], Sequence[float]],
    indicator: Indicator,
) -> bool:
    """Whether the change over the stretch reaches the measure's published minimum."""
    years, values = points
    middle = median(values)
    start = middle - slope * (median(years) - years[0])
    least = least_change(indicator, start=start, median=middle)
    return reaches(change, least) and not is_noise(change, indicator, int(years[-1]))
