"""
Figures of several regions together: districts, groups of municipalities, own selections.

Pure. A union of one region is that region: its figures are the member's own, in every indicator
and group, published where those are. What may be made of several is the indicator's `union`:

- counts: numerators and denominators are added and divided, or counts and nets are added
  ("summa"). Moves between members cancel in a net; gross moves are never bound as counts.
- weight: the mean of the members weighted by the population of the segment's ages, of the same
  year and sex ("vägt medel"), which is the share of the union. Where that population is not
  published, it is weighted by that of `NEAREST_AGES` ("ungefärligt vägt medel"). Only for
  everybody and by sex: no such population is published for any other group.
- none: nothing but the members one by one, or their median, called so ("median").

A member without a figure is left out, counted and named; one that was not formed yet lies in the
region that it was parted from, and where that has a figure in the union, it is whole. Nothing is
ever worked out from the difference between a whole and its parts: each figure is made of cells
with exactly its own sex, background, age and education, and of members whose figures are shown.
"""

import statistics
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, isnan, nan
from operator import attrgetter
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from etl.catalogue import TOTAL, Indicator, Text
from etl.catalogue.regions import BOTH_DIVISIONS, COUNTRY, NEWER_DIVISION, division
from etl.measures.areas import MISSING, NOT_POSSIBLE

_NEWER = "RegSO 2025"
# Whose population stands in for one that is not published: RegSO areas have classes of five years.
NEAREST_AGES: Mapping[str, str] = MappingProxyType(
    {"20-65": "20-64", "16-19": "15-19", "20-25": "20-24"}
)
FEWEST_FOR_MEDIAN = 3
MissingReason = Literal["suppressed", "absent", "impossible", "division", "population", "counts"]


@dataclass(frozen=True)
class RegionUnion:
    """
    A region made of others: its code and its members, of both divisions where it has areas.

    `lasting`: those members that are the same area in both divisions, under the code of 2020.
    """

    code: str
    members: tuple[str, ...]
    lasting: tuple[str, ...] = ()

    @property
    def alone(self) -> tuple[str, ...]:
        """The members that are the only one in a division: there the union is that region."""
        return alone(self.members, self.lasting)


@dataclass(frozen=True)
class MissingMember:
    """
    A member that a figure is made without, and why.

    `suppressed`: the source hides it. `absent`: the source has no such cell. `impossible`: it
    cannot occur, the region was not formed yet. `division`: its border changed, and nobody has
    confirmed which area of 2025 it is. `population`: there is no weight for it. `counts`: its share
    is published, the counts behind it are not.
    """

    member: str
    why: MissingReason


def expected_members(
    members: Collection[str], *, newer: bool, lasting: Collection[str] = ()
) -> tuple[str, ...]:
    """
    Return the members that a figure of one division should have.

    A `lasting` member is in both. Any other member of 2020 without a counterpart stays among
    those of 2025, where it has no figure: the union is partial. Where the owner of the list has
    named other areas of 2025, those and the lasting ones are all there are.
    """
    older = [code for code in members if not code.endswith(NEWER_DIVISION)]
    if not newer:
        return tuple(older)
    newer_codes = [code for code in members if code.endswith(NEWER_DIVISION)]
    bare = {code.removesuffix(NEWER_DIVISION) for code in newer_codes}
    named = bool(bare - set(older))
    kept = (code for code in older if code in lasting or not (named or code in bare))
    return (*newer_codes, *kept)


def alone(members: Collection[str], lasting: Collection[str] = ()) -> tuple[str, ...]:
    """Return those members that are the only one in the division of 2020 or in that of 2025."""
    divisions = (expected_members(members, newer=newer, lasting=lasting) for newer in (False, True))
    return tuple(dict.fromkeys(expected[0] for expected in divisions if len(expected) == 1))


def overlapping(members: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return every pair of members of which the first lies in the second: counted twice."""
    named: dict[str, list[str]] = {}
    for code in members:
        named.setdefault(code.removesuffix(NEWER_DIVISION), []).append(code)
    return tuple(
        (inner, outer)
        for area, codes in named.items()
        for above in dict.fromkeys((COUNTRY, area[:2], area[:4]))
        if above != area
        for inner in codes
        for outer in named.get(above, ())
    )


class MemberRow(Protocol):
    """An observation of a member, as the warehouse has it; None or NaN where no number is."""

    @property
    def region(self) -> str:
        """The code of the member."""

    @property
    def period(self) -> str:
        """As the source writes it."""

    @property
    def segment(self) -> str:
        """Id of the part of the indicator."""

    @property
    def value(self) -> float | None:
        """In the indicator's unit."""

    @property
    def status(self) -> str | None:
        """The source's symbol."""

    @property
    def sex(self) -> str:
        """Its code."""

    @property
    def background(self) -> str:
        """Its code."""

    @property
    def age(self) -> str:
        """Its code."""

    @property
    def education(self) -> str:
        """Its code."""

    @property
    def kind(self) -> str:
        """Published or computed."""

    @property
    def numerator(self) -> float | None:
        """Of a share whose counts are published."""

    @property
    def denominator(self) -> float | None:
        """Of a share whose counts are published."""


_CellKey = tuple[str, str, str, str, str, str]
_CELL_KEY: Callable[[MemberRow], _CellKey] = attrgetter(
    "period", "segment", "sex", "background", "age", "education"
)
_NOT_WEIGHED = attrgetter("background", "age", "education")
_WEIGHED = (TOTAL, TOTAL, TOTAL)  # a mean is weighted of everybody in these only


@dataclass(frozen=True)
class _MemberFigure:
    """What a member has in one cell; NaN where there is no number."""

    value: float
    status: str | None
    numerator: float
    denominator: float
    kind: str


class UnitedFigure(NamedTuple):
    """
    A figure of a union in one cell; NaN where there is no number.

    `how` is a key of `METHOD_LABELS`; `members` are those expected, of which `present` many are in
    the figure and `lacking` tells of the others. `division` is "RegSO 2020", "RegSO 2025",
    `BOTH_DIVISIONS` or None. Of a mean `weights` are the ages of the population it is weighted by,
    and `covered` the share of that population, 0 to 1, that the present members have; NaN where
    that of another is not known.
    """

    region: str
    period: str
    segment: str
    sex: str
    background: str
    age: str
    education: str
    value: float
    status: str | None
    numerator: float
    denominator: float
    kind: str
    how: "UnionMethod | None"
    members: tuple[str, ...]
    present: int
    lacking: tuple[MissingMember, ...]
    division: str | None
    weights: str | None
    covered: float


@dataclass(frozen=True)
class _UnionCell:
    """One cell of a union: its `_CELL_KEY`, the members it should have, and the figures of some."""

    key: _CellKey
    members: tuple[str, ...]
    newer: bool
    lasting: tuple[str, ...]
    figures: Mapping[str, _MemberFigure]

    @property
    def division(self) -> str | None:
        """The division of its areas; None where the members are no areas."""
        if set(self.members) <= set(self.lasting):
            return BOTH_DIVISIONS
        return _NEWER if self.newer else division(self.members[0])

    def lacking(
        self,
        present: Collection[str],
        weights: Collection[str] | None,
        parted: Mapping[str, str],
    ) -> list[MissingMember]:
        """Who is not among the present, nor inside one that is; `weights` where only they can."""
        missing = [
            MissingMember(member, self._why(member, weights))
            for member in self.members
            if member not in present
        ]
        return [
            one
            for one in missing
            if one.why != "impossible" or parted.get(one.member) not in present
        ]

    def _why(self, member: str, weights: Collection[str] | None) -> MissingReason:
        if member not in self.figures:
            kept = member.endswith(NEWER_DIVISION) or member in self.lasting
            return "division" if self.newer and not kept else "absent"
        figure = self.figures[member]
        if not isnan(figure.value) and weights is None:
            return "counts"
        if weights is not None and member not in weights and not isnan(figure.value):
            return "population"
        return "impossible" if figure.status == NOT_POSSIBLE else "suppressed"


def _union_cells(rows: Iterable[MemberRow], union: RegionUnion) -> list[_UnionCell]:
    """Return the cells that any member has, in order."""
    nested = overlapping(union.members)
    if nested:
        raise ValueError(f"{union.code}: {nested[0][0]} lies in {nested[0][1]}; choose one of them")
    inside = frozenset(union.members)
    figures: dict[_CellKey, dict[str, _MemberFigure]] = {}
    for row in rows:
        if row.region not in inside:
            continue
        key = _CELL_KEY(row)
        cell = figures.setdefault(key, {})
        if row.region in cell:
            raise ValueError(f"{union.code}: {row.region} has two figures of {' '.join(key)}")
        cell[row.region] = _MemberFigure(
            _number(row.value),
            row.status,
            _number(row.numerator),
            _number(row.denominator),
            row.kind,
        )
    newer = _in_newer_division(figures, union)
    members = {
        flag: expected_members(union.members, newer=flag, lasting=union.lasting)
        for flag in (False, True)
    }
    return [
        _UnionCell(key, members[key[:2] in newer], key[:2] in newer, union.lasting, figures[key])
        for key in sorted(figures)
    ]


def _in_newer_division(
    cells: Mapping[_CellKey, Collection[str]], union: RegionUnion
) -> frozenset[tuple[str, ...]]:
    """
    Return the periods and segments whose figures follow the division of 2025.

    There an area is of 2025, or no area is of 2020 alone although the union has such.
    """
    found: dict[tuple[str, ...], set[str]] = {}
    for key, regions in cells.items():
        found.setdefault(key[:2], set()).update(regions)
    ended = {
        code
        for code in union.members
        if division(code) and not code.endswith(NEWER_DIVISION) and code not in union.lasting
    }
    return frozenset(
        key
        for key, regions in found.items()
        if any(code.endswith(NEWER_DIVISION) for code in regions) or (ended and not ended & regions)
    )


def _number(value: float | None) -> float:
    return nan if value is None else float(value)


def _present_members(cell: _UnionCell) -> dict[str, _MemberFigure]:
    """Return what those members have who should be in the cell and are there."""
    return {code: cell.figures[code] for code in cell.members if code in cell.figures}


def _member_values(cell: _UnionCell) -> dict[str, float]:
    """Return the numbers of the members that have one."""
    return {
        code: figure.value
        for code, figure in _present_members(cell).items()
        if not isnan(figure.value)
    }


UnionMethod = Literal["sum", "weighted", "approximate", "median", "rest"]
METHOD_LABELS: Mapping[UnionMethod, Text] = {
    "sum": Text(sv="summa", en="sum"),
    "weighted": Text(sv="vägt medel", en="weighted mean"),
    "approximate": Text(sv="ungefärligt vägt medel", en="approximately weighted mean"),
    "median": Text(sv="median", en="median"),
    "rest": Text(sv="länets antal minus områdenas", en="counts of the county less the areas"),
}
MEANS = ("weighted", "approximate")  # those methods that weigh by population
METHOD = Text(
    sv=(
        "Flera områden eller kommuner läggs samman efter vad måttet tillåter. Antal, och andelar "
        "vars antal är kända, summeras. Andelar av befolkningen i en ålder vägs samman med "
        "folkmängden i samma ålder, år och kön (vägt medel), eller i närmaste ålder som publiceras "
        "för områdena, 20–64 år för 20–65 (ungefärligt vägt medel). Efter födelseregion, ålder "
        "och utbildning finns inga vikter: medlemmarna visas var för sig. Medianer, kvoter och "
        "andelar av annat än befolkningen läggs inte samman: medlemmarna visas var för sig, eller "
        "med sin median, som då kallas så. En medlem utan uppgift lämnas utanför, och det sägs hur "
        "många som är med. En undertryckt uppgift räknas aldrig fram ur en summa. En stadsdel "
        "eller grupp som är ett enda område eller en enda kommun har dess egna uppgifter, i alla "
        "mått och grupper."
    ),
    en=(
        "Several areas or municipalities are put together as the measure allows. Counts, and "
        "shares whose counts are known, are added. Shares of the population at some ages are "
        "weighted by the population of the same ages, year and sex (weighted mean), or of the "
        "nearest ages published for the areas, 20–64 for 20–65 (approximately weighted mean). By "
        "region of birth, age and education there are no weights: the members are shown one by "
        "one. Medians, ratios and shares of anything but the population are not put together: the "
        "members are shown one by one, or by their median, called so. A member without a figure "
        "is left out, and it is said how many there are. A suppressed figure is never worked out "
        "from a total. A neighbourhood or group that is a single area or municipality has its own "
        "figures, in all measures and groups."
    ),
)
_WEIGHT_KEY = attrgetter("age", "region", "period", "sex")


def united(
    rows: Iterable[MemberRow],
    union: RegionUnion,
    indicator: Indicator,
    population: Iterable[MemberRow] | None = None,
    *,
    parted: Mapping[str, str] = MappingProxyType({}),
) -> list[UnitedFigure]:
    """
    Return the figures of a union: the only member's own, of several what the rule allows.

    Args:
        rows: observations of the members, as in the warehouse.
        union: what to put together.
        indicator: whose figures they are.
        population: for the rule `weight`, the observations of `population` of the members.
        parted: the region that each region which was formed late was parted from.

    Returns:
        Figures by period, segment and group; none where there is no union. `kind` is "computed".
        A value without any member is missing with a status. Figures with different `members` or
        `lacking` are not comparable. Where one member is expected, value, status, counts and
        `kind` are its own and `how` is None.

    Raises:
        ValueError: when a member lies in another, or no population is given.

    """
    if indicator.union == "none" and not union.alone:
        return []
    if indicator.union == "weight" and not union.alone:
        rows = [row for row in rows if _NOT_WEIGHED(row) == _WEIGHED]
    combined = _combination(indicator, population)
    figures = (
        (cell, _own(cell) if len(cell.members) == 1 else combined(cell))
        for cell in _union_cells(rows, union)
    )
    return _union_rows([(cell, figure) for cell, figure in figures if figure], union, parted)


DISTRICTS_TOGETHER, COUNTY_WITHOUT = "omradena-", "utom-omradena-"
WhyNot = Literal["counts", "table", "areas"]


@dataclass(frozen=True)
class CountyDistricts:
    """All districts of a county together, or the county without them, by the code that says it."""

    code: str
    county: str
    members: tuple[str, ...]
    lasting: tuple[str, ...] = ()


def of_county_districts(
    rows: Sequence[MemberRow],
    districts: CountyDistricts,
    indicator: Indicator,
    is_one_table: Callable[[str, str], bool],
) -> list[UnitedFigure]:
    """
    Return the figures of the districts of a county together, or of the county without them.

    A figure is made only of published counts, of the county and of every member, in one period,
    segment and group of one table: where one is missing or hidden there is none, so that nothing
    hidden can be worked out.

    Args:
        rows: observations of the county and the members, as for `united`.
        districts: which of the two.
        indicator: whose figures they are; only the rule `counts` gives any.
        is_one_table: says of a segment and period whether one table has county and areas.

    Returns:
        Figures as by `united`; `how` is "sum" or "rest", then with the county among the
        `members`.

    """
    if indicator.union != "counts":
        return []
    both = RegionUnion(districts.code, districts.members, districts.lasting)
    alone_cells = _union_cells(rows, RegionUnion(districts.code, (districts.county,)))
    county = {cell.key: cell.figures[districts.county] for cell in alone_cells}
    figures = [
        (replace(cell, members=members), figure)
        for cell in _union_cells(rows, both)
        if cell.key in county and is_one_table(cell.key[1], cell.key[0])
        for members, figure in _of_all(cell, county[cell.key], districts, indicator)
    ]
    return _union_rows(figures, both, {})


def why_no_county_districts(
    rows: Sequence[MemberRow],
    districts: CountyDistricts,
    indicator: Indicator,
    is_one_table: Callable[[str, str], bool],
) -> tuple[WhyNot, tuple[str, ...]]:
    """Why `of_county_districts` gives none: no counts, no common table, or which areas lack."""
    if indicator.union != "counts":
        return "counts", ()
    cells = {(row.period, row.segment) for row in rows if row.region == districts.county}
    shared = sorted(cell for cell in cells if is_one_table(cell[1], cell[0]))
    if not shared:
        return "table", ()
    period, segment = shared[-1]
    newest = [row for row in rows if (row.period, row.segment) == (period, segment)]
    present = {row.region for row in newest if not isnan(_number(row.value))}
    expected = expected_members(districts.members, newer=False, lasting=districts.lasting)
    return "areas", tuple(code for code in expected if code not in present)


def median(
    rows: Iterable[MemberRow], union: RegionUnion, indicator: Indicator
) -> list[UnitedFigure]:
    """
    Return the median of the members that have a figure, shaped as by `united`.

    It is no figure of the union, only of its members: show it under its label. Counts and
    classes have none, nor is there one of fewer than `FEWEST_FOR_MEDIAN`: that of one is its
    figure, and that of two their mean, under another name.
    """
    if indicator.measure in {"count", "class"}:
        return []
    middles = [(cell, _middle(cell)) for cell in _union_cells(rows, union)]
    return _union_rows([(cell, middle) for cell, middle in middles if middle], union, {})


@dataclass(frozen=True)
class _Figure:
    """What was made of a cell, how, and of which of its members; not made where it is its own."""

    value: float
    present: Collection[str]
    how: UnionMethod | None
    numerator: float = nan
    denominator: float = nan
    weights: Mapping[str, float] | None = None
    ages: str | None = None
    kind: str = "computed"
    status: str | None = None


def _own(cell: _UnionCell) -> _Figure | None:
    """The figure of the only member, as it is; None where the source has no such cell of it."""
    figure = cell.figures.get(cell.members[0])
    if figure is None:
        return None
    return _Figure(
        figure.value,
        cell.members,
        None,
        figure.numerator,
        figure.denominator,
        kind=figure.kind,
        status=figure.status,
    )


def _of_all(
    cell: _UnionCell, county: _MemberFigure, districts: CountyDistricts, indicator: Indicator
) -> Iterator[tuple[tuple[str, ...], _Figure]]:
    """The figure of a cell and its members, where the county and every member have counts."""
    is_share = indicator.measure == "share"

    def counts(figure: _MemberFigure) -> tuple[float, float]:
        return (figure.numerator, figure.denominator) if is_share else (figure.value, 0.0)

    for newer in (False, True):
        expected = expected_members(districts.members, newer=newer, lasting=districts.lasting)
        figures = [county, *(cell.figures[code] for code in expected if code in cell.figures)]
        if len(figures) <= len(expected) or any(
            isnan(one.value + sum(counts(one))) for one in figures
        ):
            continue
        whole, *parts = map(counts, figures)
        over, under = (fsum(part[place] for part in parts) for place in (0, 1))
        is_rest = districts.code.startswith(COUNTY_WITHOUT)
        if is_rest:
            over, under = whole[0] - over, whole[1] - under
        members = (districts.county, *expected) if is_rest else expected
        value = (100 * over / under if under else nan) if is_share else over
        counted = (over, under) if is_share else (nan, nan)
        yield members, _Figure(value, members, "rest" if is_rest else "sum", *counted)
        return


def _combination(
    indicator: Indicator, population: Iterable[MemberRow] | None
) -> Callable[[_UnionCell], _Figure | None]:
    """What makes a figure of several members, by the rule of the indicator; None where none is."""
    if indicator.union == "none":
        return lambda _: None
    if indicator.union == "counts":
        return _added if indicator.measure == "share" else _counted
    if population is None:
        raise ValueError(f"{indicator.id}: union weight needs the population of its members")
    people = _people(population)
    ages = {segment.id: segment.ages for segment in indicator.segments}
    nearly = {segment.id for segment in indicator.segments if segment.nearly}

    def weighted(cell: _UnionCell) -> _Figure | None:
        _, segment, _, *groups = cell.key
        if any(code != TOTAL for code in groups):
            return None
        asked = ages.get(segment) or ""
        used, weights = _best_weights(cell, people, asked)
        if not weights:
            return None
        is_exact = used == asked and segment not in nearly
        return _weighted(cell, weights, used, "weighted" if is_exact else "approximate")

    return weighted


def _added(cell: _UnionCell) -> _Figure:
    """Add numerators and denominators of those that have both; of nobody there is no share."""
    complete = {
        code: figure
        for code, figure in _present_members(cell).items()
        if not isnan(figure.numerator + figure.denominator)
    }
    if not complete:
        return _Figure(nan, (), "sum")
    over = fsum(figure.numerator for figure in complete.values())
    under = fsum(figure.denominator for figure in complete.values())
    return _Figure(100 * over / under if under else nan, complete, "sum", over, under)


def _counted(cell: _UnionCell) -> _Figure:
    values = _member_values(cell)
    return _Figure(fsum(values.values()) if values else nan, values, "sum")


def _middle(cell: _UnionCell) -> _Figure | None:
    """The median of those that have a figure; None of a union of one, or where too few have."""
    values = _member_values(cell)
    if len(cell.members) == 1 or 0 < len(values) < FEWEST_FOR_MEDIAN:
        return None
    return _Figure(statistics.median(values.values()) if values else nan, values, "median")


def _people(population: Iterable[MemberRow]) -> Mapping[tuple[str, ...], float]:
    """Return the population by ages, region, period and sex, where it is known."""
    people: list[tuple[tuple[str, ...], float]] = [
        (_WEIGHT_KEY(row), value)
        for row in population
        if row.background == row.education == TOTAL and not isnan(value := _number(row.value))
    ]
    by_key = dict(people)
    if len(by_key) < len(people):
        raise ValueError("a population stands twice; expected one of each region, year and sex")
    return by_key


def _best_weights(
    cell: _UnionCell, people: Mapping[tuple[str, ...], float], ages: str
) -> tuple[str, Mapping[str, float]]:
    """Return the ages, the own or the nearest, of which most members have a weight, and these."""
    choices = dict.fromkeys((ages, NEAREST_AGES.get(ages, ages)))
    return max(
        ((choice, _weights(cell, people, choice)) for choice in choices),
        key=lambda choice: len(choice[1]),
    )


def _weights(
    cell: _UnionCell, people: Mapping[tuple[str, ...], float], ages: str
) -> dict[str, float]:
    """Return the weights of a cell's members; none where nobody has one."""
    period, _, sex, *_ = cell.key
    keys = {code: (ages, code, period, sex) for code in cell.members}
    return {code: people[key] for code, key in keys.items() if key in people}


def _weighted(
    cell: _UnionCell, weights: Mapping[str, float], ages: str, how: UnionMethod
) -> _Figure:
    """Return the weighted mean; a member without people is in it and weighs nothing."""
    figures = _present_members(cell)
    weighed = {
        code: (figures[code].value if weight else nan, weight)
        for code, weight in weights.items()
        if weight == 0 or (code in figures and not isnan(figures[code].value))
    }
    whole = fsum(weight for _, weight in weighed.values())
    values = [(value, weight) for value, weight in weighed.values() if weight]
    mean = fsum(value * weight for value, weight in values) / whole if whole else nan
    if len(values) == 1:  # its figure to the last digit
        mean = values[0][0]
    return _Figure(mean, weighed, how, weights=weights, ages=ages)


def _union_rows(
    figures: Sequence[tuple[_UnionCell, _Figure]],
    union: RegionUnion,
    parted: Mapping[str, str],
) -> list[UnitedFigure]:
    """Return the figures, with a status where there is no number."""
    lacking = [
        tuple(cell.lacking(figure.present, figure.weights, parted)) for cell, figure in figures
    ]
    return [
        UnitedFigure(
            union.code,
            *cell.key,
            figure.value,
            _status(figure),
            figure.numerator,
            figure.denominator,
            figure.kind,
            figure.how,
            cell.members,
            len(cell.members) - len(missing),
            missing,
            cell.division,
            figure.ages,
            _covered(figure, missing),
        )
        for (cell, figure), missing in zip(figures, lacking, strict=True)
    ]


def _covered(figure: _Figure, lacking: Collection[MissingMember]) -> float:
    """The share of the weights of all members that those in a mean have; NaN if one is unknown."""
    weights = figure.weights or {}
    if not weights or any(one.member not in weights for one in lacking):
        return nan
    inside = fsum(weights[code] for code in figure.present)
    whole = inside + fsum(weights[one.member] for one in lacking)
    return inside / whole if whole else nan


def _status(figure: _Figure) -> str | None:
    """The only member's own status; of several a symbol where there is no number."""
    if figure.how is None or not isnan(figure.value):
        return figure.status
    return NOT_POSSIBLE if figure.present else MISSING
