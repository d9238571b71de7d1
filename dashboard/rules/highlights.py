"""
What stands out in a region: which comparisons are tried, what each must pass, which are named.

Pure. Figures come as arrays, one element a region of one level, so that a whole level is judged at
once. A comparison has a told number (a gap, a change, a distance) and is judged by how far that is
from the median of its like, in robust standard deviations (1.4826 × MAD). All limits are here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from dashboard.codes import FOREIGN_BORN, SEXES, Group
from dashboard.data.observation import displayed_value
from dashboard.rules.comparison import NOT_COMPARED, applying
from dashboard.rules.direction import FEWEST_YEARS
from dashboard.rules.gap_changes import NOISE_FACTOR, YEARS_FOR_MEANS, fewest_members
from dashboard.rules.thresholds import reaches
from etl.catalogue import Catalogue, Indicator, Text
from etl.measures.level import level_limit

# Of what a highlight is: a gap by origin or sex, a change, a distance from similar municipalities,
# a distance from the areas of the municipality, a change against the country's own earlier ones.
HighlightKind = Literal["origin", "sex", "change", "similar", "areas", "yearly"]
KINDS = get_args(HighlightKind)
# Why a comparison does not stand out, the first that is true; "" for one that may be named.
HighlightRefusal = Literal[
    "", "few", "same", "unknown", "small", "short", "noisy", "level", "smaller", "near"
]
LEAST_Z = 2.0
FEWEST_REGIONS = 15
FEWEST_CHANGES = 10  # earlier yearly changes that the country's newest is held against
FEWEST_ALIKE = 3  # similar municipalities with a figure
MOST = 3
CHANCE = 0.5  # expected number of comparisons beyond the limit where all are normal chance
# The groups of the gaps, first minus second.
PAIRS: Mapping[HighlightKind, tuple[Group, Group]] = MappingProxyType(
    {
        "origin": (Group(background="SE"), Group(background=FOREIGN_BORN)),
        "sex": (Group(sex=SEXES[0]), Group(sex=SEXES[1])),
    }
)
_DEVIATION = 1.4826  # times MAD: the standard deviation of what is normal
_DIGITS = 9  # of differences of displayed numbers, which binary fractions miss by a hair
_Z_DIGITS = 6
# One highlight of each of these; the gaps by origin and by sex are one question.
_QUESTION: Mapping[HighlightKind, str] = MappingProxyType({"origin": "gap", "sex": "gap"})
METHOD = Text(
    sv=(
        "För varje region prövas mått som har en riktning (högre eller lägre är bättre) och inte "
        "är antal, index eller klasser. Andelar av befolkningen efter ursprung och flyttnetton "
        "prövas alltså inte. För län och kommuner prövas skillnaden mellan födda i Sverige och "
        "utrikes födda, skillnaden mellan kvinnor och män, och ändringen för alla under den "
        "senaste obrutna delen av serien (de två sista årens medelvärde minus de två första årens "
        "när den har minst sex år, annars det sista året minus det första), samma år för alla "
        "regioner. För kommuner prövas dessutom avståndet till medianen för de kommuner som är "
        "mest lika. För ett RegSO-område prövas avståndet till medianen för kommunens områden, och "
        "skillnaden mellan kvinnor och män; aldrig födelseregion. För riket jämförs ändringen från "
        "året före med rikets egna tidigare årliga ändringar i samma obrutna del, minst tio. "
        "Egna grupper och stadsdelar prövas inte. "
        "Varje tal jämförs med samma tal för alla regioner på nivån, minst 15: robust z är talet "
        "minus medianen, delat med 1,4826 gånger medianavvikelsen (MAD). Är MAD noll finns inget "
        "z. Ett tal kan nämnas om z till beloppet är minst 2, talet till beloppet är större än "
        "medianens, den mindre gruppen har minst 100 personer (50 elever), serien har minst fem "
        "år, och både talet och dess avstånd till medianen når gränsen för ”i nivå” och är större "
        "än 2 × 1,4826 gånger MAD för seriens ändringar från år till år. "
        "Den som prövar många tal hittar alltid några ovanliga. Därför måste z också nå den gräns "
        "där man, om alla tal vore slump med normalfördelning, väntar sig 0,5 tal: med 100 prövade "
        "är den 2,8, med 200 är den 3,0. "
        "Högst ett tal om skillnader, ett om ändring och ett om avstånd nämns, ur olika teman och "
        "av mått som nästan är samma bara ett, störst z först, vid lika i katalogens ordning. Är "
        "inget av dem en resurs (samlingen Resurser) men någon resurs kan nämnas, tar den med "
        "störst z den sista platsen. Högst tre nämns, ibland inget. Att något sticker ut visar "
        "inte varför."
    ),
    en=(
        "For each region measures are tried that have a direction (higher or lower is better) and "
        "are no counts, indexes or classes. So shares of the population by origin and net moves "
        "are not tried. For counties and municipalities the difference between those born in "
        "Sweden and the foreign-born is tried, the difference between women and men, and the "
        "change for everybody over the latest unbroken part of the series (the mean of the last "
        "two years minus that of the first two where it has at least six years, otherwise the last "
        "year minus the first), the same years for all regions. For municipalities also the "
        "distance to the median of the municipalities that are most alike. For a RegSO area the "
        "distance to the median of the municipality's areas, and the difference between women and "
        "men; never region of birth. For the country the change since the year before is compared "
        "with its own earlier yearly changes in the same unbroken part, at least ten. Own groups "
        "and neighbourhoods are not tried. "
        "Each number is compared with the same number of all regions of the level, at least 15: "
        "robust z is the number minus the median, divided by 1.4826 times the median absolute "
        "deviation (MAD). Where MAD is zero there is no z. A number may be named if z is at least "
        "2 in absolute value, the number is larger in absolute value than the median, the smaller "
        "group has at least 100 persons (50 pupils), the series has at least five years, and both "
        "the number and its distance to the median reach the limit of “level with” and are larger "
        "than 2 × 1.4826 times the MAD of the series' changes from year to year. "
        "Whoever tries many numbers always finds some that are unusual. So z must also reach the "
        "limit at which, if all numbers were chance with a normal distribution, 0.5 numbers are "
        "expected: with 100 tried it is 2.8, with 200 it is 3.0. "
        "At most one number about differences, one about change and one about distance is named, "
        "from different themes and of measures that are nearly the same only one, the largest z "
        "first, of equal ones in the order of the catalogue. If none of them is a resource (the "
        "collection Resources) but some resource may be named, the one with the largest z takes "
        "the last place. At most three are named, sometimes none. That something stands out does "
        "not show why."
    ),
)


@dataclass(frozen=True)
class Compared:
    """
    One comparison in every region of a level: arrays with one element a region, NaN for none.

    `told` is the number that is judged, made of `first` and `second`: two groups, the end and the
    beginning of a change, the region and those it is held against. `ends` are the periods of the
    number, the newest last, and `starts` those it has changed since. `noise` is what a difference
    must exceed, `persons` the smaller group.
    `history`, of the country, are the earlier changes by which it is judged instead of by regions.
    """

    indicator: Indicator
    kind: HighlightKind
    segment: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    told: NDArray[np.float64]
    first: NDArray[np.float64]
    second: NDArray[np.float64]
    noise: NDArray[np.float64]
    persons: NDArray[np.float64]
    history: NDArray[np.float64] | None = None

    @cached_property
    def spread(self) -> tuple[int, float, float]:
        """How many numbers a told one is held against, their median and their MAD."""
        like = self.told if self.history is None else self.history
        like = like[~np.isnan(like)]
        if not like.size:
            return 0, float("nan"), float("nan")
        middle = float(np.median(like))
        mad = float(np.median(np.abs(like - middle)))
        return int(like.size), round(middle, _DIGITS), round(mad, _DIGITS)


class Candidate(NamedTuple):
    """
    One comparison of one region, with all that it is judged by.

    `value` is the number told, `limit` that of "in level"; `refusal` is "" where it may be named.
    NaN where there is none: `z` without enough regions or spread, `persons` where nobody knows.
    """

    indicator: Indicator
    kind: HighlightKind
    segment: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    value: float
    first: float
    second: float
    median: float
    mad: float
    z: float
    compared: int
    limit: float
    noise: float
    persons: float
    fewest: int
    refusal: HighlightRefusal

    @property
    def period(self) -> str:
        """The period of the number, of a change the last."""
        return self.ends[-1]


@dataclass(frozen=True)
class Highlights:
    """
    What stands out in a region, the largest z first, and what it was chosen from.

    `examined` counts the comparisons that have a z; `least_z` is the limit that they set.
    """

    chosen: tuple[Candidate, ...]
    candidates: tuple[Candidate, ...]
    examined: int
    least_z: float


def may_stand_out(indicator: Indicator) -> bool:
    """Whether a measure may be a highlight by itself: it has a better end, and is compared."""
    return indicator.better != "none" and indicator.measure not in {*NOT_COMPARED, "index"}


def displayed(values: NDArray[np.float64], decimals: int) -> NDArray[np.float64]:
    """Numbers as the reader sees them, as by `displayed_value`."""
    scaled = values * 10.0**decimals
    shown: NDArray[np.float64] = np.round(values, decimals)
    for place in np.flatnonzero(np.abs(np.abs(scaled - np.floor(scaled)) - 0.5) < 1e-6):
        shown.flat[place] = displayed_value(float(values.flat[place]), decimals)
    return shown


def first_comparable(
    indicator: Indicator, group: Group, regions: Sequence[str], until: str
) -> tuple[str, ...]:
    """The first period that each region's figures of a group may be compared with those of one."""
    breaks = [m for m in indicator.breaks if m.severity == "break" and m.period <= until]
    named = {code.partition(":")[2] for m in breaks for code in m.applies_to}

    def start(region: str) -> str:
        marks = applying(breaks, region=region, group=group)
        return max((mark.period for mark in marks), default="")

    common = start("")
    return tuple(start(code) if code in named else common for code in regions)


def noise_of_rows(values: NDArray[np.float64], places: Sequence[int]) -> NDArray[np.float64]:
    """
    What a difference of each row must exceed; NaN for too few years.

    As by `gap_changes.noise_of_numbers`, of many rows at once.

    Args:
        values: a row a region, a column a period; NaN where there is no number.
        places: where the periods stand in time.

    """
    noise = np.full(len(values), np.nan)
    if not values.size:
        return noise
    patterns, which = np.unique(~np.isnan(values), axis=0, return_inverse=True)
    where = np.asarray(places)
    for number, pattern in enumerate(patterns):
        if pattern.sum() < FEWEST_YEARS:
            continue
        apart = np.diff(where[pattern])
        of_pattern = which.reshape(-1) == number
        changes = np.diff(values[of_pattern][:, pattern], axis=1)[:, apart == apart.min()]
        if changes.shape[1] < FEWEST_YEARS - 1:
            continue
        changes = np.round(changes, _DIGITS)
        middle = np.median(changes, axis=1, keepdims=True)
        noise[of_pattern] = NOISE_FACTOR * np.median(np.abs(changes - middle), axis=1)
    return noise


class CommonChange(NamedTuple):
    """A change of every region over one period: its first and last years, start and end."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    start: NDArray[np.float64]
    end: NDArray[np.float64]


def common_change(
    values: NDArray[np.float64], periods: Sequence[str], decimals: int
) -> CommonChange | None:
    """
    The change of each region over the period that most of them have, up to the last column.

    Means of two years where the period has six or more; None where it has under five.
    """
    present = ~np.isnan(values)
    reaching = present[:, -1]
    if not reaching.any():
        return None
    firsts = present[reaching].argmax(axis=1)
    counts = np.bincount(firsts, minlength=len(periods))
    first = int(counts.argmax())  # the longest of several
    years = np.flatnonzero(present[reaching][firsts == first].any(axis=0))
    if len(years) < FEWEST_YEARS:
        return None
    many = 2 if len(years) >= YEARS_FOR_MEANS else 1
    start, end = (
        displayed(values[:, ends].mean(axis=1), decimals) for ends in (years[:many], years[-many:])
    )
    lacking = np.isnan(start) | np.isnan(end)
    start, end = np.where(lacking, np.nan, start), np.where(lacking, np.nan, end)
    first_years, last_years = (
        tuple(periods[one] for one in ends) for ends in (years[:many], years[-many:])
    )
    return CommonChange(first_years, last_years, start, end)


def candidates(compared: Iterable[Compared], place: int) -> tuple[Candidate, ...]:
    """Every comparison of the region at a place of the arrays that has a number to tell."""
    return tuple(_candidate(one, place) for one in compared if not np.isnan(one.told[place]))


def least_z(examined: int) -> float:
    """The |z| that is named among so many comparisons: at least 2, more the more are tried."""
    if examined < 1:
        return LEAST_Z
    return max(LEAST_Z, NormalDist().inv_cdf(1 - min(1.0, CHANCE / examined) / 2))


def highlights(
    found: Sequence[Candidate], catalogue: Catalogue, resources: Collection[str]
) -> Highlights:
    """What stands out among the comparisons of a region; `resources`: ids of indicators."""
    examined = sum(not np.isnan(one.z) for one in found)
    limit = least_z(examined)
    position = {id: number for number, id in enumerate(catalogue.indicator)}
    ordered = sorted(
        (one for one in found if one.refusal == "" and abs(one.z) >= limit),
        key=lambda one: (-abs(one.z), position[one.indicator.id], KINDS.index(one.kind)),
    )
    chosen = _fitting(ordered, ())[:MOST]
    if not any(one.indicator.id in resources for one in chosen):
        rest = [one for one in ordered if one.indicator.id in resources]
        kept = chosen[: MOST - 1]
        for resource in rest:
            if _fits(resource, kept):
                chosen = (*kept, resource)
                break
    return Highlights(chosen, tuple(found), examined, limit)


def _fitting(ordered: Iterable[Candidate], chosen: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    for one in ordered:
        if _fits(one, chosen):
            chosen = (*chosen, one)
    return chosen


def _fits(one: Candidate, chosen: Iterable[Candidate]) -> bool:
    """Whether nothing chosen answers the same question, has the theme, or nearly the measure."""
    return not any(
        _QUESTION.get(one.kind, one.kind) == _QUESTION.get(other.kind, other.kind)
        or one.indicator.theme == other.indicator.theme
        or (one.indicator.family or one.indicator.id)
        == (other.indicator.family or other.indicator.id)
        for other in chosen
    )


def _candidate(one: Compared, place: int) -> Candidate:
    many, middle, mad = one.spread
    fewest_like = FEWEST_REGIONS if one.history is None else FEWEST_CHANGES
    value, first, second, noise, persons = (
        float(array[place]) for array in (one.told, one.first, one.second, one.noise, one.persons)
    )
    z = float("nan")
    if many >= fewest_like and mad > 0:
        z = round((value - middle) / (_DEVIATION * mad), _Z_DIGITS)
    larger = max(first, second)
    limit = level_limit(one.indicator, reference=larger, larger=larger)
    fewest = fewest_members(one.indicator)
    distance = min(abs(value), round(abs(value - middle), _DIGITS))
    reasons: tuple[tuple[bool, HighlightRefusal], ...] = (
        (many < fewest_like, "few"),
        (mad == 0, "same"),
        (np.isnan(persons), "unknown"),
        (persons < fewest, "small"),
        (np.isnan(noise), "short"),
        (distance <= noise, "noisy"),
        (not reaches(distance, limit), "level"),
        (abs(value) <= abs(middle), "smaller"),
        (abs(z) < LEAST_Z, "near"),
    )
    refusal: HighlightRefusal = next((reason for is_so, reason in reasons if is_so), "")
    return Candidate(
        one.indicator, one.kind, one.segment, one.starts, one.ends,
        value, first, second, middle, mad, z, many, limit, noise, persons, fewest,
        refusal,
    )  # fmt: skip
