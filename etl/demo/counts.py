"""
Counts that are not the population itself: moves, and work in an area.

Pure but for its seeded generators. Each is persons by region, year, sex, age and origin, like
`people`, so that the same groups can be cut out of all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from etl.catalogue import TOTAL
from etl.catalogue.periods import year_of
from etl.demo.people import (
    GROUPS,
    OLDEST_AGE,
    ORIGINS,
    Counts,
    People,
    by_year_of_age,
    inside,
    place_in,
    whole_numbers,
)
from etl.demo.places import (
    EXAMPLE_YEARS,
    NO_END,
    Anchor,
    Array,
    Places,
    age_spans,
    deviations,
    interpolated,
    place_of_year,
)
from etl.demo.rates import GROUP_CODES, Rate
from etl.demo.tables import TIME, CellFigures, Question

# Persons aged 25-65 by level of education in TAB6534, and what each level is called here.
_EDUCATED = {
    "21": "lower_secondary", "3+4": "upper_secondary", "5": "post_secondary_short",
    "6": "post_secondary_long", "US": "education_unknown",
}  # fmt: skip
# Of those without post-secondary education, the share of each level; then of those with one.
_WITHOUT, _WITH, _NOT_KNOWN = 0.22, 0.34, 0.03
# How often people of an age move, against the mean of all ages.
_MOVERS = ((0, 1.0), (15, 0.6), (22, 3.0), (30, 2.2), (45, 0.6), (65, 0.2), (100, 0.1))
_SUBJECTS_AT_ONCE = 5  # of moves: one takes 23 MB
# Share of each origin that is overcrowded.
_CROWDED = (0.09, 0.13, 0.33, 0.10, 0.22, 0.43)
# Share of each origin among those who immigrate, less those who emigrate.
_IMMIGRANTS = (0.03, 0.01, 0.0, 0.05, 0.25, 0.66)


# The group whose rate each origin has.
_RATE_OF_ORIGIN = ("SE", "SE", "SE", "NEXS", "EUEESXN", "VXEUEES")


def count_subjects(
    country: Places, people: People, rates: Callable[[str], Rate], anchors: Sequence[Anchor]
) -> Callable[[str], Array]:
    """Return what counts a subject by its name; what the source does not have is NaN."""
    subjects: dict[str, Callable[[], Array]] = {
        "people": lambda: people.count.astype(np.float64),
        "abroad": lambda: _abroad(country, people, rates("abroad"), anchors),
        "natural_increase": lambda: _increase(country, people, rates("natural_increase")),
        "crowded": lambda: _crowded(country, people),
        "domestic": lambda: _domestic(country, people, anchors),
        "own_county": lambda: _own_county(country, counted("domestic")),
        "other_counties": lambda: counted("domestic") - counted("own_county"),
        "assisted": lambda: _assisted(people, rates("assisted")),
        "net": lambda: counted("abroad") + np.nan_to_num(counted("domestic")),
        "employed": lambda: _working(people, rates("area_employed_share"), "area_employed_share"),
        "unemployed": lambda: _working(
            people, rates("area_unemployed_share"), "area_unemployed_share"
        ),
        **{name: partial(_educated, people, rates, name) for name in _EDUCATED.values()},
    }

    @lru_cache(_SUBJECTS_AT_ONCE)
    def counted(name: str) -> Array:
        return subjects[name]()

    return counted


def _working(people: People, rate: Rate, name: str) -> Array:
    """Those of a group to whom a rate applies, as whole persons, never more than there are."""
    share = rate.value[:, :, 1:, 0][:, :, :, None, None] / 100
    expected = people.count * share
    return np.minimum(whole_numbers(expected, name, steady=True), people.count).astype(np.float64)


def _assisted(people: People, rate: Rate) -> Array:
    """Those of each origin who live on financial support, as whole persons."""
    groups = [GROUP_CODES.index(code) for code in _RATE_OF_ORIGIN]
    share = rate.value[:, :, 1:, groups][:, :, :, None] / 100
    return whole_numbers(people.count * share, "assisted", steady=True).astype(np.float64)


def _educated(people: People, rates: Callable[[str], Rate], name: str) -> Array:
    """Those aged 25-65 with one level of education; the levels together are all of them."""
    with_one = rates("post_secondary_share_25_65").value[:, :, 1:, 0][:, :, :, None, None] / 100
    without = 1 - _NOT_KNOWN - with_one
    lower, short = _WITHOUT * without, 1 - _NOT_KNOWN - (1 - _WITH) * with_one
    ends = [0 * lower, lower, without, short, lower * 0 + 1 - _NOT_KNOWN, lower * 0 + 1]
    number = list(_EDUCATED.values()).index(name)
    adults = people.count * people.inside(25, 65)[:, None]
    first, last = (
        whole_numbers(adults * end, "education", steady=True) for end in ends[number : number + 2]
    )
    result: Array = (last - first).astype(np.float64)
    return result


def _crowded(country: Places, people: People) -> Array:
    """Those who live crowded, more of them in some regions than in others."""
    factor = np.exp(0.2 * deviations(country, "crowded")[country.small])[:, None, None, None, None]
    return country.whole(np.floor(people.count[country.small] * np.array(_CROWDED) * factor))


def _increase(country: Places, people: People, rate: Rate) -> Array:
    """Births less deaths: more of both in all groups, the fewer deaths the younger the region."""
    deviation = 0.0035 * deviations(country, "births")[country.small][:, None, None, None, None]
    small = people.count[country.small]
    yearly = rate.value[country.small, :, 1:, 0][..., None, None] / 100 + deviation
    return country.whole(whole_numbers(small * yearly, "natural_increase"))


def _abroad(country: Places, people: People, rate: Rate, anchors: Sequence[Anchor]) -> Array:
    """Immigrants less emigrants."""
    yearly = (
        rate.value[country.small, :, 1:, 0] / 100 * country.people[country.small][:, :, None] / 2
    )
    expected = yearly[..., None, None] * _by_age(people)[:, None] * np.array(_IMMIGRANTS)
    movers = _anchored("net_migration_abroad", expected, country, anchors)
    return country.whole(movers)


def _domestic(country: Places, people: People, anchors: Sequence[Anchor]) -> Array:
    """In-movers less out-movers within the country; of the country there is none."""
    small = country.small
    size = np.log(country.people[small, -1] / 15000)
    decade = country.people[small, -1] / country.people[small, EXAMPLE_YEARS.index("2010")]
    grown = (np.log(decade) / 15 - 0.006)[:, None]
    waves = np.stack(
        [deviations(country, "domestic", year)[small] for year in EXAMPLE_YEARS], axis=1
    )
    total = (0.5 * grown + 0.0012 * waves) * country.people[small]
    young = 0.004 * size[:, None] * country.people[small]
    shape = _by_age(people)
    pull = shape - people.count[0, -1].sum(axis=(0, 2)) / people.count[0, -1].sum()
    by_age = total[..., None] * shape + young[..., None] * pull
    expected = by_age[:, :, None, :, None] / 2 * people.grown_up[small][:, :, None, None, :]
    expected = np.broadcast_to(expected, (*expected.shape[:2], 2, *expected.shape[3:]))
    movers = country.whole(_anchored("net_migration_domestic", expected, country, anchors))
    movers[0] = np.nan
    return movers


def _own_county(country: Places, domestic: Array) -> Array:
    """Of moves within the country those within the county: what one region gains another loses."""
    own = np.zeros_like(domestic)
    for members in country.members[1:]:
        rows = country.small[np.flatnonzero(members)]
        gained = domestic[rows] - np.roll(domestic[rows], 1, axis=0)
        own[rows] = np.trunc(gained / len(rows))
        own[rows[0]] -= own[rows].sum(axis=0)
    own[0] = np.nan
    return own


def _anchored(name: str, expected: Array, country: Places, anchors: Sequence[Anchor]) -> Counts:
    """Shift a flow in all years by what an anchor asks for in its own, then count exactly."""
    shifted = np.array(expected)
    own_anchors = [anchor for anchor in anchors if anchor.subject == name]
    for anchor in own_anchors:
        rows, year = place_in(country, anchor.region), EXAMPLE_YEARS.index(anchor.period)
        missing = anchor.value - expected[rows, year].sum()
        weight = _weights(country, rows)[:, None, None, None, None] / shifted[0, 0].size
        shifted = shifted + missing * weight
    count = whole_numbers(shifted, name)
    for anchor in own_anchors:
        rows, year = place_in(country, anchor.region), EXAMPLE_YEARS.index(anchor.period)
        largest = int(np.argmax(_weights(country, rows)))
        count[largest, year, 0, 0, 0] += int(anchor.value) - int(count[rows, year].sum())
    return count


def _weights(country: Places, rows: NDArray[np.bool_]) -> Array:
    people = np.where(rows, country.people[country.small, -1], 0)
    result: Array = people / people.sum()
    return result


def _by_age(people: People) -> Array:
    """Share of each age group among movers."""
    ends = np.array([*people.starts[1:], 101])
    middle = (np.array(people.starts) + ends) / 2
    density = interpolated(_MOVERS, middle)
    weight = people.count[0].sum(axis=(0, 1, 3)) * density
    result: Array = weight / weight.sum()
    return result


_FIRST_NOISY_YEAR = 2025
_LARGE_PRIME = np.uint64(2_147_483_647)
# What is counted where `contents.csv` names the variable whose codes say it.
_SUBJECTS_BY_CODE = {
    ("Forandringar", "135"): "natural_increase",
    ("Trangboddhet", "TOT"): "people",
    ("Trangboddhet", "TRÅNGB N2"): "crowded",
    ("HuvudFoT1m", "ekonomiskt-stod"): "assisted",
    **{("UtbildningsNiva", code): name for code, name in _EDUCATED.items()},
}
# The axes of a count, from the last to the first, and along which of them a variable cuts.
_REGIONS_AT_ONCE = 40  # by single years of age they take 25 MB
_CUTS = {"origin": 4, "age": 3, "sex": 2}
_AXES = {"Kon": "sex", "Alder": "age", "Fodelseregion": "origin", "UtlBakgrund": "origin"}
# Codes of other variables that are everybody and all of the year.
_WHOLE = frozenset({("Civilstand", "SC"), ("Period", "hel")})
_ALL_AGES = frozenset({"tot", "TotSA", "totalt"})
_SEX_MASKS = {"1": (True, False), "2": (False, True), TOTAL: (True, True)}
_WHERE_CODES = {
    "sex": "SEX_MASKS in etl/demo/counts.py",
    "age": "ALL_AGES in etl/demo/counts.py",
    "origin": "GROUPS in etl/demo/people.py",
}


def counted_cells(
    question: Question,
    subject: str,
    counted: Callable[[str], Array],
    *,
    country: Places,
    people: People,
) -> CellFigures:
    """
    Return the cells of a count: nil where there is nobody, `.` where there can be none.

    `subject`: one that `counted` knows, or the variable whose codes say what is counted.

    Raises:
        UsageError: when the example does not know what is counted, or whom a code takes.

    """
    if subject in question.codes:
        parts = []
        for code in question.codes[subject]:
            if (subject, code) not in _SUBJECTS_BY_CODE:
                what = f"what {subject} {code!r} counts"
                raise question.unknown(what, "SUBJECTS_BY_CODE in etl/demo/counts.py")
            part = replace(question, codes={**question.codes, subject: (code,)})
            count = counted(_SUBJECTS_BY_CODE[subject, code])
            parts.append(_persons(part, count, country, people, counting=subject))
        value = np.concatenate(parts, list(question.codes).index(subject))
    else:
        value = _persons(question, counted(subject), country, people)
    value = _noisy(question, np.floor(value))
    symbol = np.where(np.isnan(value), ".", np.where(value == 0, "-", ""))
    return CellFigures(np.where(value == 0, np.nan, value), symbol)


def _persons(
    question: Question, count: Array, country: Places, people: People, *, counting: str = ""
) -> Array:
    """Add up the persons of each cell; `counting` is the variable that says what is counted."""
    region = next(v.code for v in question.table.declared.variables if v.role == "region")
    rows = [country.row[code] for code in question.codes[region]]
    count = count[
        np.ix_(rows, [place_of_year(year) for year in map(question.year, question.codes[TIME])])
    ]
    order = [region, TIME]
    cutting = {}
    for name in question.codes:
        if name in _AXES:
            cutting[_AXES[name]] = name
        elif name not in {region, TIME, counting}:
            for code in question.codes[name]:
                if (name, code) not in _WHOLE:
                    raise question.unknown(
                        f"who {name} {code!r} are", "AXES or WHOLE in etl/demo/counts.py"
                    )
    starts = people.starts
    if "age" in cutting and not _of_groups(question.table.labels[cutting["age"]], people):
        starts = tuple(range(OLDEST_AGE + 1))
    masks = {cut: _masks(question, name, cut, starts) for cut, name in cutting.items()}
    parts = []
    for some in np.array_split(count, range(_REGIONS_AT_ONCE, len(count), _REGIONS_AT_ONCE)):
        part = some if starts == people.starts else by_year_of_age(some, people.starts)
        for cut, axis in _CUTS.items():
            # From the last axis to the first: what is cut goes to the end, behind what is left.
            part = np.tensordot(part, masks.get(cut, np.ones((1, part.shape[axis]))), (axis, 1))
        parts.append(part)
    order += [cutting.get(cut, cut) for cut in _CUTS]
    return _ordered(question, np.concatenate(parts), order)


def _of_groups(labels: Mapping[str, str], people: People) -> bool:
    """Say whether every age of a variable is a sum of age groups of the people."""
    bounds = {*people.starts, OLDEST_AGE + 1}
    return all(
        first in bounds and (last >= OLDEST_AGE or last + 1 in bounds)
        for first, last in age_spans(labels).values()
    )


def _masks(question: Question, name: str, cut: str, starts: tuple[int, ...]) -> Array:
    """Return for each code of a variable whom it takes; ages are groups with these `starts`."""
    ages = age_spans(question.table.labels[name]) if cut == "age" else {}
    ours = question.ours.get(name, {})
    masks: list[Array] = []
    for code in question.codes[name]:
        if cut == "sex" and ours.get(code, code) in _SEX_MASKS:
            mask = np.array(_SEX_MASKS[ours.get(code, code)])
        elif cut == "age" and (code in ages or code in _ALL_AGES):
            mask = inside(starts, *ages.get(code, (0, NO_END)))
        elif cut == "origin" and (name, code) in GROUPS:
            origins, share = GROUPS[name, code]
            mask = share * np.array([origin in origins for origin in ORIGINS])
        else:
            raise question.unknown(f"who {name} {code!r} are", _WHERE_CODES[cut])
        masks.append(mask)
    return np.array(masks, dtype=np.float64)


def _ordered(question: Question, count: Array, order: list[str]) -> Array:
    """Put the axes in the order of the question; those it does not have have one code."""
    alone = [name for name in question.codes if name not in order]
    count = count.reshape(*count.shape, *(1 for _ in alone))
    order = [*order, *alone]
    axes = [order.index(name) for name in question.codes]
    rest = [number for number in range(len(order)) if number not in axes]
    return count.transpose(*axes, *rest).reshape(question.shape)


def _noisy(question: Question, value: Array) -> Array:
    """
    Change every count a little where the source protects persons by noise.

    The change is the cell's own: whoever asks for it again, beside other cells, gets the same.
    """
    if year_of(question.table.periods[0]) < _FIRST_NOISY_YEAR:
        return value
    mixed = np.full(
        (1,) * value.ndim, crc32(f"{question.table.id} {question.contents.text}".encode())
    )
    for axis, (name, codes) in enumerate(question.codes.items()):
        along = np.array([crc32(f"{name} {code}".encode()) for code in codes], dtype=np.uint64)
        shape = [-1 if number == axis else 1 for number in range(value.ndim)]
        mixed = (mixed.astype(np.uint64) * np.uint64(31) + along.reshape(shape)) % _LARGE_PRIME
    noise = (mixed * mixed % _LARGE_PRIME % np.uint64(5)).astype(np.int64) - 2
    return np.where(value > 3, value + noise, value)
