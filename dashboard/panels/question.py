"""
The question box: what a question is answered with, and the regions that a choice offers.

Knows what each region has figures of, asked once of a version. Values only, no HTML.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.codes import Group
from dashboard.data.asked import question_words
from dashboard.data.queries.holdings import coverage_of_region, groups_by_region
from dashboard.state.question import Answers, Held, answers
from dashboard.state.regions import Region, menu_name, offered_regions, own_county, region_kind
from dashboard.state.search import matching_regions
from dashboard.state.visit import Visit
from dashboard.state.wordbook import Lexicon, lexicon
from etl.catalogue import TOTAL

_MOST_FOUND = 40


def asked_answers(visit: Visit) -> Answers:
    """The answers to the words that the address searches for."""
    return answers(
        visit.state.search,
        state=replace(visit.state, search=""),
        catalogue=visit.catalogue,
        regions=visit.regions,
        known=_lexicon(visit),
        held=lambda region: _held(visit, region),
    )


def _lexicon(visit: Visit) -> Lexicon:
    return visit.context.memory.recall(
        (visit.warehouse.version, "question words"),
        lambda: lexicon(visit.catalogue, visit.regions, question_words()),
    )


def _held(visit: Visit, region: str) -> Mapping[str, Held]:
    """What each indicator has in a region, or in the members of a union."""
    return visit.context.memory.recall(
        (visit.warehouse.version, "question figures", region), lambda: _holdings(visit, region)
    )


def _holdings(visit: Visit, region: str) -> dict[str, Held]:
    members = visit.regions[region].members if region in visit.regions else ()
    if members:
        return _of_union(visit, visit.regions[region])
    groups = visit.context.memory.recall(
        (visit.warehouse.version, "question groups"), lambda: _groups(visit)
    )
    return {
        indicator: Held(groups[indicator, alike], first, last)
        for indicator, alike, first, last in coverage_of_region(visit.warehouse, region)
        if (indicator, alike) in groups and indicator in visit.catalogue.indicator
    }


def _groups(visit: Visit) -> dict[tuple[str, str], frozenset[Group]]:
    """The groups of each indicator that a menu may offer, by the regions that have them."""
    offered = {entry.code for entry in visit.catalogue.categories if entry.kind == "age"} | {TOTAL}
    found: dict[tuple[str, str], set[Group]] = defaultdict(set)
    same: dict[Group, Group] = {}
    for indicator, region, *codes in groups_by_region(visit.warehouse):
        group = Group(*codes)
        if group.age in offered:
            found[indicator, region].add(same.setdefault(group, group))
    return {key: frozenset(groups) for key, groups in found.items()}


def _of_union(visit: Visit, region: Region) -> dict[str, Held]:
    """What a union has by its rule: the groups of its members, or only everybody and the sexes."""
    of_members = [_held(visit, member) for member in region.members]
    found = {}
    for indicator in visit.catalogue.indicators:
        parts = [held[indicator.id] for held in of_members if indicator.id in held]
        if not parts or (indicator.union == "none" and region.is_several):
            continue
        groups = frozenset().union(*(part.groups for part in parts))
        if indicator.union == "weight" and region.is_several:
            plain = (group._replace(sex=TOTAL) == Group() for group in groups)
            groups = frozenset(
                group for group, is_plain in zip(groups, plain, strict=True) if is_plain
            )
        first, last = min(part.first for part in parts), max(part.last for part in parts)
        if groups:
            found[indicator.id] = Held(groups, first, last)
    return found


@dataclass(frozen=True)
class RegionChoice:
    """A region of a choice: its code, its name, and what sort of place it is."""

    code: str
    name: str
    kind: str


def region_choices(visit: Visit) -> tuple[tuple[RegionChoice, ...], int]:
    """
    The regions that are chosen among, and how many of the first are the own county's.

    Those that the words of the address find, best first; without words as `offered_regions`.
    """
    regions, lang = visit.regions, visit.lang
    here = regions.get(visit.state.region)
    listed, near = (
        (_found(visit, here), 0) if visit.state.search else offered_regions(regions, here)
    )
    choices = (
        RegionChoice(region.code, menu_name(region, lang), region_kind(region, regions, lang))
        for region in listed
    )
    return tuple(choices), near


def _found(visit: Visit, here: Region | None) -> tuple[Region, ...]:
    """The regions that words find, best first; of those of one name the ones of the own county."""
    regions, around = visit.regions, own_county(here, visit.regions)
    found = matching_regions(
        visit.state.search, regions, most=_MOST_FOUND, known=_lexicon(visit).regions
    )
    named = tuple(
        regions[code] for code in _lexicon(visit).named(visit.state.search) if code in regions
    )
    listed = tuple(dict.fromkeys((*named, *found)))
    names = [region.called.partition(" (")[0] for region in listed]

    def rank(place: int) -> tuple[int, bool]:
        return names.index(names[place]), own_county(listed[place], regions) != around

    return tuple(listed[place] for place in sorted(range(len(listed)), key=rank))
