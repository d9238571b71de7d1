"""
What an indicator page shows: what the link asks for, as far as it exists.

Pure. A selection is small and hashable, the key under which answers are remembered. Whatever
the link asks for and does not exist is named in a notice, and the rest is shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Literal

from dashboard.codes import EVERYBODY, FOREIGN_BORN, LEVELS, AddressLevel, Group
from dashboard.sentences.wording import category_label, group_label
from dashboard.state.comparison import (
    SIMILAR,
    SimilarRegions,
    chart_comparison,
    comparison_regions,
    named_comparison,
)
from dashboard.state.groups import MOST_LINES, Offer
from dashboard.state.regions import Region, county, inline, peers
from dashboard.state.url import KEYS, Notice, RegionGroup, State
from dashboard.text import term, translated
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang
from etl.catalogue.regions import COUNTRY
from etl.measures.unions import RegionUnion, overlapping

By = Literal["region", "background", "age", "sex", "education"]
_LISTS: Mapping[str, By] = MappingProxyType(  # of the state, by dimension
    {"backgrounds": "background", "ages": "age", "sexes": "sex", "educations": "education"}
)


@dataclass(frozen=True)
class LineSelection:
    """One indicator for some regions, or for the groups of one region."""

    indicator: str
    region: str
    comparison: tuple[str, ...]
    backgrounds: tuple[str, ...]
    sexes: tuple[str, ...]
    by: By
    ages: tuple[str, ...] = (TOTAL,)
    educations: tuple[str, ...] = (TOTAL,)
    years: tuple[str, str] | None = None  # first and last; None is all
    counts: bool = False  # whether the counts behind shares are told

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that are drawn of each region."""
        return _groups_of(self.backgrounds, self.sexes, self.ages, self.educations)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that are drawn: one when its groups are."""
        return (self.region, *self.comparison) if self.by == "region" else (self.region,)


def by(state: State) -> By:
    """How a link breaks down: by the list with more than one code, region of birth first."""
    several = (name for key, name in _LISTS.items() if len(getattr(state, key)) > 1)
    return next(several, "region")


def named_groups(state: State) -> tuple[Group, ...]:
    """Every combination of the groups that a link names, in its order; everybody for none."""
    return _groups_of(state.backgrounds, state.sexes, state.ages, state.educations)


def selected_region(state: State, regions: Mapping[str, Region]) -> tuple[str, list[str]]:
    """The region a link names, or the country; and the sentence when it is unknown."""
    if state.region in regions:
        return state.region, []
    known = COUNTRY if COUNTRY in regions else next(iter(regions), COUNTRY)
    return known, [term("unknown_region", state.lang, value=state.region)]


def line_selection(
    state: State,
    indicator: str,
    *,
    catalogue: Catalogue,
    regions: Mapping[str, Region],
    choices: Offer,
    similar: SimilarRegions = tuple,
) -> tuple[LineSelection, list[str]]:
    """
    The view of a link, and a sentence for everything in it that cannot be shown.

    `similar` gives the municipalities similar to the region.
    """
    region, notices = selected_region(state, regions)
    notices += notice_sentences(state.notices, state.lang)
    state, lists_cut = _once(state)
    notices += lists_cut
    comparison, unknown_regions = comparison_regions(state, region, regions, similar)
    if state.comparison is None and region in regions:
        comparison = chart_comparison(region, comparison, catalogue.indicator[indicator], regions)
    notices += unknown_regions
    state, unknown_groups = _named(state, catalogue)
    notices += notice_sentences(unknown_groups, state.lang)
    existing, missing = _existing(_opened(state, choices), choices)
    if region in regions and choices.existing:
        name = inline(regions[region], state.lang)
        labels = [group_label(catalogue, group, state.lang) for group in missing]
        notices += [
            term("no_combination_for", state.lang, region=name, what=label) for label in labels
        ]
    existing, left_out = _trimmed(existing, catalogue)
    notices += left_out
    selection = LineSelection(
        indicator,
        region,
        comparison,
        existing.backgrounds,
        existing.sexes,
        by(existing),
        existing.ages,
        existing.educations,
        state.years,
        state.counts,
    )
    return selection, notices


def notice_sentences(notices: Iterable[Notice], lang: Lang) -> list[str]:
    """A notice in words for each value that the parser of the link could not use."""
    return [
        notice.sentence
        or (
            term("unknown_region", lang, value=notice.value)
            if notice.key in {KEYS["region"].name, KEYS["comparison"].name}
            else term("unknown_value", lang, key=notice.key, value=notice.value)
        )
        for notice in notices
    ]


def _once(state: State) -> tuple[State, list[str]]:
    """The state with one list of several codes, and a notice when there are more."""
    dimension = by(state)
    lists = {
        key: (TOTAL,)
        for key, name in _LISTS.items()
        if name != dimension and len(getattr(state, key)) > 1
    }
    if not lists:
        return state, []
    return _regrouped(state, lists), [term(f"one_breakdown_{dimension}", state.lang)]


def _named(state: State, catalogue: Catalogue) -> tuple[State, list[Notice]]:
    """The state with only groups that the catalogue names, and a notice for each other."""
    known = {
        key: tuple(
            code
            for code in getattr(state, key)
            if code == TOTAL or (name, code) in catalogue.category
        )
        for key, name in _LISTS.items()
    }
    unknown = [
        Notice(KEYS[key].name, code)
        for key, codes in known.items()
        for code in getattr(state, key)
        if code not in codes
    ]
    return _regrouped(state, {key: codes or (TOTAL,) for key, codes in known.items()}), unknown


def _existing(state: State, choices: Offer) -> tuple[State, list[Group]]:
    """The state with only combinations that exist, and the groups that do not."""
    groups = _groups_of(state.backgrounds, state.sexes, state.ages, state.educations)
    missing = [group for group in groups if group not in choices.existing]
    existing = [group for group in groups if group in choices.existing] or [EVERYBODY]
    lists = {
        key: tuple(dict.fromkeys(getattr(group, dimension) for group in existing))
        for key, dimension in _LISTS.items()
    }
    return _regrouped(state, lists), missing


def _groups_of(
    backgrounds: Iterable[str],
    sexes: Iterable[str],
    ages: Iterable[str],
    educations: Iterable[str],
) -> tuple[Group, ...]:
    """Every combination of some codes, the sexes of a background together."""
    return tuple(
        Group(sex=sex, background=background, age=age, education=education)
        for background, age, sex, education in product(backgrounds, ages, sexes, educations)
    )


def _opened(state: State, choices: Offer) -> State:
    """The state with the opening groups, where the link has none and everybody no figure."""
    asked = any(getattr(state, key) != (TOTAL,) for key in _LISTS)
    everybody = choices.everybody()
    if choices.schooling != TOTAL:
        return _with_levels(state, choices)
    if asked or everybody == TOTAL:
        return state
    kind = dict(choices.kinds)[everybody]
    return replace(state, backgrounds=choices.opening(kind))


def _with_levels(state: State, choices: Offer) -> State:
    """
    The state with levels of education, where the source has no figure of all of them.

    Where the link has none: all levels of the one group, or the first one of several groups.
    """
    backgrounds = state.backgrounds
    if backgrounds == (TOTAL,):
        backgrounds = (choices.everybody(),)
    state = replace(state, backgrounds=backgrounds)
    if state.educations != (TOTAL,):
        return state
    if any(len(getattr(state, key)) > 1 for key in _LISTS):
        return replace(state, educations=(choices.schooling,))
    group = Group(sex=state.sexes[0], background=backgrounds[0], age=state.ages[0])
    return replace(state, educations=choices.beside("education", group) or (choices.schooling,))


def _trimmed(state: State, catalogue: Catalogue) -> tuple[State, list[str]]:
    """The state with at most five groups, and a sentence that names the others."""
    lists = {key: getattr(state, key) for key in _LISTS}
    names = [
        category_label(catalogue, _LISTS[key], code, state.lang)
        for key, codes in lists.items()
        for code in codes[MOST_LINES:]
    ]
    if not names:
        return state, []
    notice = term("too_many", state.lang, count=MOST_LINES, names=", ".join(names))
    return _regrouped(state, {key: codes[:MOST_LINES] for key, codes in lists.items()}), [notice]


def _regrouped(state: State, lists: Mapping[str, tuple[str, ...]]) -> State:
    """The state with other lists of groups, by key of the address."""
    return replace(
        state,
        backgrounds=lists.get("backgrounds", state.backgrounds),
        ages=lists.get("ages", state.ages),
        sexes=lists.get("sexes", state.sexes),
        educations=lists.get("educations", state.educations),
    )


Existing = frozenset[tuple[str, Group]]  # the level as in the warehouse


@dataclass(frozen=True)
class ListSelection:
    """An indicator for one group, the own region, and those listed with it, by name."""

    indicator: str
    region: str
    level: AddressLevel
    regions: tuple[str, ...]
    group: Group


def levels_of(existing: Existing) -> tuple[AddressLevel, ...]:
    """The levels that an indicator has figures of, as the menus list them."""
    names = {level for level, _ in existing}
    return tuple(level for level, name in LEVELS.items() if name in names)


def groups_at_level(existing: Existing, level: AddressLevel) -> frozenset[Group]:
    """The groups that exist at a level."""
    return frozenset(group for name, group in existing if name == LEVELS[level])


def list_selection(
    state: State,
    indicator: str,
    *,
    catalogue: Catalogue,
    regions: Mapping[str, Region],
    existing: Existing,
) -> tuple[ListSelection, list[str]]:
    """What a link asks of an indicator, and a sentence for everything that it cannot have."""
    region, notices = selected_region(state, regions)
    notices += notice_sentences(state.notices, state.lang)
    offered = levels_of(existing)
    level = state.level if state.level in offered or not offered else offered[0]
    if level != state.level != State().level:
        notices.append(term("no_level", state.lang, level=term(f"niva_{state.level}", state.lang)))
    group = Group(
        sex=state.sexes[0],
        background=state.backgrounds[0],
        age=state.ages[0],
        education=state.educations[0],
    )
    groups = groups_at_level(existing, level)
    existing_group = (
        group if group in groups or not groups else _usual_group(groups, group, catalogue)
    )
    if existing_group != group != EVERYBODY and existing_group._replace(education=TOTAL) != group:
        what = group_label(catalogue, group, state.lang)
        name = inline(regions[region], state.lang) if region in regions else region
        notices.append(term("no_combination_for", state.lang, region=name, what=what))
    notices += [
        term("only_over_time", state.lang, name=regions[code].name(state.lang))
        for code in state.comparison or ()
        if code in regions and regions[code].level == "together"
    ]
    return ListSelection(
        indicator, region, level, peers(region, level, regions), existing_group
    ), notices


def _usual_group(groups: Collection[Group], asked: Group, catalogue: Catalogue) -> Group:
    """
    Everybody; where the source has only groups, all foreign-born or the first.

    Where it has no figure of all levels of education, of those who are asked for if it can be.
    """
    levels = {group.education for group in groups}
    known = [code for dimension, code in catalogue.category if dimension == "education"]
    usual = [EVERYBODY, Group(background=FOREIGN_BORN)]
    if TOTAL not in levels:
        wanted = [asked._replace(education=TOTAL), *usual]
        usual = [one._replace(education=level) for one in wanted for level in known]
    for group in usual:
        if group in groups:
            return group
    return min(
        groups,
        key=lambda group: (
            group != Group(background=group.background),
            group.background,
            group.sex,
            group.age,
            group.education,
        ),
    )


@dataclass(frozen=True)
class ListedRegions:
    """
    The regions that are listed, `codes` by name, and what they lie `inside`; "" for nothing.

    `notices` name what the link names in vain.
    """

    inside: str
    codes: tuple[str, ...]
    notices: tuple[str, ...] = ()


def listed_regions(
    selection: ListSelection,
    state: State,
    regions: Mapping[str, Region],
    similar: SimilarRegions = tuple,
) -> ListedRegions:
    """
    The regions that a link lists.

    Municipalities are listed inside the first comparison region that has some; `similar` gives
    those similar to the own one, which then are listed with it.
    """
    if selection.level in {"riket", "lan"}:
        return ListedRegions(COUNTRY, selection.regions)
    if selection.level == "omrade":
        return ListedRegions(_municipality(selection.region, regions), selection.regions)
    comparison, notices = named_comparison(state, selection.region, regions, similar)
    names = comparison if state.comparison is not None else ()
    inside = next((code for code in names if code == SIMILAR or _contains(code, regions)), None)
    if inside == SIMILAR:
        alike = {selection.region, *comparison[SIMILAR]}
        return ListedRegions(
            SIMILAR, tuple(code for code in regions if code in alike), tuple(notices)
        )
    inside = inside or _usual(selection.region, regions)
    return ListedRegions(inside, peers(inside, "kommun", regions), tuple(notices))


def region_lists(
    selection: ListSelection, shown: ListedRegions, regions: Mapping[str, Region]
) -> tuple[str, ...]:
    """
    What the municipalities of a list may lie inside: county, country, and every group.

    Those similar to a municipality too.
    """
    if selection.level != "kommun":
        return ()
    groups = [code for code, region in regions.items() if region.level == "group"]
    near = [_usual(selection.region, regions), shown.inside, COUNTRY]
    here = regions.get(selection.region)
    if here and here.level == "municipality":
        near.append(SIMILAR)
    codes = [*near, *(code for code in groups if _contains(code, regions))]
    return tuple(code for code in dict.fromkeys(codes) if code in regions or code == SIMILAR)


def _contains(code: str, regions: Mapping[str, Region]) -> bool:
    """Whether a region is the country, a county, or a union of municipalities."""
    region = regions.get(code)
    if region is None or region.level not in {"country", "county", "group"}:
        return False
    return region.level != "group" or any(
        regions[member].level == "municipality" for member in region.members if member in regions
    )


def _usual(region: str, regions: Mapping[str, Region]) -> str:
    """The own region where it contains municipalities; else its county; else the country."""
    if _contains(region, regions):
        return region
    above = county(regions[region], regions) if region in regions else None
    return above.code if above else COUNTRY


def _municipality(region: str, regions: Mapping[str, Region]) -> str:
    """The municipality whose areas are listed; "" where the own region has none."""
    here = regions.get(region)
    if here is None or here.level == "municipality":
        return region if here else ""
    return (here.parent or "") if here.level in {"regso", "stadsdel"} else ""


def chosen_indicators(
    state: State, catalogue: Catalogue, *, named: str, usual: tuple[Sequence[Indicator], str]
) -> tuple[Sequence[Indicator], str, list[str]]:
    """
    The indicators of a link, what they are called together, and what it names in vain.

    Args:
        state: of the link: single indicators before a collection, that before a theme.
        catalogue: with all of them.
        named: what single indicators are called together.
        usual: the indicators and what they are called where the link chooses none.

    """
    lang, known = state.lang, catalogue.indicator
    notices = [term("no_indicator", lang, id=id) for id in state.indicators if id not in known]
    collection = catalogue.collection.get(state.collection)
    theme = next((theme for theme in catalogue.themes if theme.id == state.theme), None)
    for field, value, group in (
        ("collection", state.collection, collection),
        ("theme", state.theme, theme),
    ):
        if value and not group:
            notices.append(term("unknown_value", lang, key=KEYS[field].name, value=value))
    chosen = [known[id] for id in state.indicators if id in known]
    if chosen:
        return chosen, named, notices
    if collection:
        members = [known[member.indicator] for member in collection.members]
        return members, collection.title[lang], notices
    if theme:
        of_theme = [indicator for indicator in catalogue.indicators if indicator.theme == theme.id]
        return of_theme, theme.title[lang], notices
    return *usual, notices


REGION_GROUP_PREFIX = "grupp:"


def with_region_group(
    region_group: RegionGroup | None, regions: Mapping[str, Region], lang: Lang
) -> tuple[Mapping[str, Region], RegionUnion | None, list[str]]:
    """
    The regions with the link's own group among them, its union for `data.series`, and notices.

    A group in the group stands for its members. Unknown codes are left out, with a notice;
    there is no union where a region lies in another, which would count people twice.
    """
    if region_group is None:
        return regions, None, []
    notices = [
        term("unknown_region", lang, value=code)
        for code in region_group.codes
        if code not in regions
    ]
    members_named = [regions[code] for code in region_group.codes if code in regions]
    members = tuple(
        dict.fromkeys(code for named in members_named for code in (named.members or (named.code,)))
    )
    nested = overlapping(members)
    if nested:
        inner, outer = (regions[code].name(lang) if code in regions else code for code in nested[0])
        notices.append(term("union_nested", lang, inner=inner, outer=outer))
    if nested or not members:
        return regions, None, notices
    code = REGION_GROUP_PREFIX + region_group.name
    where = translated("union_in_own", name=region_group.name)
    region = Region(code, region_group.name, "group", COUNTRY, where, members=members)
    return {**regions, code: region}, RegionUnion(code, members), notices
