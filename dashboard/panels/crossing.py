"""
The lines of a view: how they are called, how they look, and which share a small chart.

Lines differ in region and in dimensions of the group: these are the factors. Pure; it knows no
figures.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, cycle, product
from typing import Any

from dashboard.charts import style
from dashboard.charts.style import ChartLine
from dashboard.codes import Group
from dashboard.sentences.wording import category_label
from dashboard.state.groups import MOST_LINES
from dashboard.state.regions import Region, names_apart
from dashboard.state.resolve import By, LineSelection
from dashboard.text import lower_first
from etl.catalogue import TOTAL, Catalogue, Lang

_OWN_WIDTH, _GROUP_WIDTH, _WIDTH, _REFERENCE_WIDTH = 3.0, 2.5, 2.0, 1.25
_REFERENCE_DASH = "longdashdot"  # neither the dash of men nor the dots of another region
# Of what lines are told apart by after their colour.
_SECOND_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_LAST_DASH = "longdashdot"  # of the sixth colour, which is also the country's


@dataclass(frozen=True)
class _Factor:
    """What lines differ in, the region or a dimension of the group; its codes and their names."""

    dimension: By
    names: Mapping[str, str]

    def code(self, region: str, group: Group) -> str:
        """The code of a line."""
        return region if self.dimension == "region" else str(getattr(group, self.dimension))


@dataclass(frozen=True)
class LineSet:
    """
    The lines of one chart, or of one of several.

    `title` is "" of the only one. `lines`: those asked for. `reference`: the country's, behind
    them.
    """

    title: str
    lines: tuple[ChartLine, ...]
    reference: tuple[ChartLine, ...] = ()


def line_sets(
    catalogue: Catalogue, view: LineSelection, regions: Mapping[str, Region], lang: Lang
) -> tuple[LineSet, ...]:
    """The charts of a view: one, or as many as are needed to hold at most six lines each."""
    factors = _factors(catalogue, view, regions, lang)
    if not view.split:
        return (LineSet("", _lines(view, factors, factors, regions)),)
    ordered = [factor for factor in factors if factor.dimension == "region"]
    others = [factor for factor in factors if factor.dimension != "region"]
    ordered = [*ordered, *others] if view.split == "region" else [*others, *ordered]
    count = _parting(view, ordered)
    parting, inside = ordered[:count], ordered[count:]
    by_key: dict[tuple[str, ...], list[ChartLine]] = {}
    for line in _lines(view, factors, inside, regions):
        key = tuple(factor.code(line.region, line.group) for factor in parting)
        by_key.setdefault(key, []).append(line)
    country = regions.get(view.reference)
    return tuple(
        LineSet(
            _called(parting, lines[0]),
            tuple(lines),
            tuple(_references(lines, factors, country, lang=lang)) if country else (),
        )
        for lines in by_key.values()
    )


def line_key(
    catalogue: Catalogue, view: LineSelection, regions: Mapping[str, Region], lang: Lang
) -> tuple[ChartLine, ...]:
    """Of small charts one line of each look, called by what tells lines of a chart apart."""
    lines_of = [one.lines for one in line_sets(catalogue, view, regions, lang)]
    longest = max(lines_of, key=len)
    varying = [
        factor
        for factor in _factors(catalogue, view, regions, lang)
        if len({factor.code(line.region, line.group) for line in longest}) > 1
    ]
    if not varying:
        return ()
    looks: dict[tuple[str, str], ChartLine] = {}
    for line in chain.from_iterable(lines_of):
        called = replace(line, name=_called(varying, line))
        looks.setdefault((line.colour, line.dash), called)
    return tuple(looks.values())


def _factors(
    catalogue: Catalogue, view: LineSelection, regions: Mapping[str, Region], lang: Lang
) -> tuple[_Factor, ...]:
    """What the lines of a view differ in, the region first."""
    factors = []
    if len(view.regions) > 1 or not view.dimensions:
        factors.append(_Factor("region", names_apart(view.regions, regions, lang)))
    for name in view.dimensions:
        codes = tuple(dict.fromkeys(getattr(group, name) for group in view.groups))
        labels = {code: category_label(catalogue, name, code, lang) for code in codes}
        factors.append(_Factor(name, labels))
    return tuple(factors)


def _called(factors: Sequence[_Factor], line: ChartLine) -> str:
    """A line by what it differs in: "Botkyrka, kvinnor"."""
    words: list[str] = []
    for factor in factors:
        name = factor.names[factor.code(line.region, line.group)]
        words.append(lower_first(name) if words and factor.dimension != "region" else name)
    return ", ".join(words)


def _parting(view: LineSelection, factors: Sequence[_Factor]) -> int:
    """By how many of the factors, in their order, charts are parted until each has room."""
    lines = list(product(view.regions, view.groups))
    for count in range(1, len(factors)):
        sizes = Counter(tuple(factor.code(*line) for factor in factors[:count]) for line in lines)
        if max(sizes.values()) <= MOST_LINES:
            return count
    return len(factors)


def _lines(
    view: LineSelection,
    factors: Sequence[_Factor],
    inside: Sequence[_Factor],
    regions: Mapping[str, Region],
) -> tuple[ChartLine, ...]:
    """The lines, by region and then by group; `inside`: what those of one chart differ in."""
    looks = _looks(inside, view, regions)
    lines = []
    for region, group in product(view.regions, view.groups):
        key = tuple(factor.code(region, group) for factor in inside)
        line = ChartLine(region, group, "", members=regions[region].members, **looks[key])
        lines.append(replace(line, name=_called(factors, line), width=_width(line, view)))
    return tuple(lines)


def _width(line: ChartLine, view: LineSelection) -> float:
    if view.split or (line.region != view.region):
        return _WIDTH
    return _GROUP_WIDTH if view.dimensions else _OWN_WIDTH


def _looks(
    factors: Sequence[_Factor], view: LineSelection, regions: Mapping[str, Region]
) -> Mapping[tuple[str, ...], Mapping[str, Any]]:
    """
    Colour and dash of each combination of codes of some factors.

    Groups are told apart by colour before regions are by dash; one factor alone is by both.
    """
    if not factors:
        return {(): {"colour": style.LEAD}}
    first, *rest = sorted(factors, key=lambda factor: factor.dimension == "region")
    dashes = _second_dashes(rest, regions)
    looks = {}
    for code, look in _colours(first, view, regions).items():
        for codes in product(*(factor.names for factor in rest)):
            parts = zip([first, *rest], (code, *codes), strict=True)
            chosen = {factor.dimension: part for factor, part in parts}
            key = tuple(chosen[factor.dimension] for factor in factors)
            looks[key] = {**look, "dash": dashes[codes]} if rest else look
    return looks


def _second_dashes(
    factors: Sequence[_Factor], regions: Mapping[str, Region]
) -> Mapping[tuple[str, ...], str]:
    """The dash of each combination of what is told apart by no colour; the country is dashed."""
    combinations = list(product(*(factor.names for factor in factors)))
    dashed = [
        codes
        for codes in combinations[1:]
        if any(code in regions and regions[code].level == "country" for code in codes)
    ]
    ordered = [*combinations[:1], *dashed, *(one for one in combinations[1:] if one not in dashed)]
    return dict(zip(ordered, cycle(_SECOND_DASHES), strict=False))


def _colours(
    factor: _Factor, view: LineSelection, regions: Mapping[str, Region]
) -> dict[str, dict[str, Any]]:
    """
    Colour and dash of each code: the own region in the lead colour.

    The country beside other regions, and everybody beside groups, are dark and dashed.
    """
    colours = (*style.PALETTE, style.COUNTRY_COLOUR)
    marks = cycle(zip(colours, (*style.DASHES, _LAST_DASH), strict=True))
    looks: dict[str, dict[str, Any]] = {}
    for code in factor.names:
        is_whole = code == TOTAL
        if factor.dimension == "region":
            is_whole = code != view.region and regions[code].level == "country"
        colour, dash = (style.COUNTRY_COLOUR, "dash") if is_whole else next(marks)
        looks[code] = {"colour": colour, "dash": dash}
    return looks


def _references(
    lines: Sequence[ChartLine],
    factors: Sequence[_Factor],
    country: Region,
    *,
    lang: Lang,
) -> Iterator[ChartLine]:
    """
    The country's line of each group of a small chart that has none, thin, of dashes and dots.

    In the colour of the group, where regions are not told apart by colours; `factors`: all.
    """
    by_group = {line.group: line for line in lines if line.region != country.code}
    known = {line.group for line in lines if line.region == country.code}
    alike = len({line.region for line in lines}) == 1
    for group, line in by_group.items():
        if group in known:
            continue
        of_group = [factor for factor in factors if factor.dimension != "region"]
        names = [factor.names[factor.code("", group)] for factor in of_group]
        yield replace(
            line,
            region=country.code,
            name=", ".join([country.name(lang), *map(lower_first, names)]),
            colour=line.colour if alike else style.COUNTRY_COLOUR,
            dash=_REFERENCE_DASH,
            width=_REFERENCE_WIDTH,
            members=(),
        )
