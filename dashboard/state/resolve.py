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

from dashboard.codes import (
    EVERYBODY,
    FOREIGN_BORN,
    LEVELS,
    AddressLevel,
    AddressSplit,
    Group,
)
from dashboard.rules.comparison import NOT_COMPARED
from dashboard.sentences.wording import group_label
from dashboard.state.comparison import (
    SIMILAR,
    SimilarRegions,
    chart_comparison,
    comparison_regions,
    default_comparison,
    named_comparison,
)
from dashboard.state.groups import MOST_LINES, MOST_SERIES, Offer
from dashboard.state.regions import Region, county, inline, peers
from dashboard.state.url import KEYS, Notice, State
from dashboard.text import term
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang
from etl.catalogue.regions import COUNTRY
from etl.measures.unions import RegionUnion

By = Literal["region", "background", "age", "sex", "education"]
Split = AddressSplit | Literal[""]
_LISTS: Mapping[str, By] = MappingProxyType(  # of the state, by dimension
    {"backgrounds": "background", "ages": "age", "sexes": "sex", "educations": "education"}
)


@dataclass(frozen=True)
class LineSelection:
    """
    One indicator for some regions, and for some groups of each.

    `without`: combinations of the codes that are not drawn. `split`: whether the lines stand in
    small charts, by region or by group, with those of `reference` in each. `own`: a reader's own
    group among the comparison.
    """

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
    without: frozenset[Group] = frozenset()
    split: Split = ""
    reference: str = ""
    own: RegionUnion | None = None

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that are drawn of each region."""
        groups = _groups_of(self.backgrounds, self.sexes, self.ages, self.educations)
        return tuple(group for group in groups if group not in self.without)

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that are drawn, the selected one first."""
        return (self.region, *self.comparison)

    @property
    def dimensions(self) -> tuple[By, ...]:
        """The dimensions in which the groups differ."""
        groups = self.groups
        return tuple(
            name for name in _LISTS.values() if len({getattr(one, name) for one in groups}) > 1
        )


def by(state: State) -> By:
    """How a link breaks down: by the first list with more than one code, region of birth first."""
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
    own: RegionUnion | None = None,
) -> tuple[LineSelection, list[str]]:
    """
    The view of a link, and a sentence for everything in it that cannot be shown.

    `similar` gives the municipalities similar to the region; `own` is the link's own group, among
    the regions.
    """
    region, notices = selected_region(state, regions)
    notices += notice_sentences(state.notices, state.lang)
    state, unknown_groups = _named(state, catalogue)
    notices += notice_sentences(unknown_groups, state.lang)
    state, groups, of_groups = _drawn(state, choices, catalogue=catalogue, regions=regions)
    if state.comparison is None:
        usual = _usual_beside(region, catalogue.indicator[indicator], regions, groups=len(groups))
        state = replace(state, comparison=usual)
    if own is not None:
        state = replace(state, comparison=(own.code, *(state.comparison or ())))
    comparison, of_regions = comparison_regions(
        state, region, regions, similar, most=MOST_SERIES, groups=len(groups)
    )
    split = _split(state.split, 1 + len(comparison), len(groups))
    is_number = catalogue.indicator[indicator].measure not in NOT_COMPARED
    reference = COUNTRY if split and is_number and COUNTRY in regions else ""
    selection = LineSelection(
        indicator,
        region,
        comparison,
        state.backgrounds,
        state.sexes,
        by(state),
        state.ages,
        state.educations,
        state.years,
        state.counts,
        frozenset(named_groups(state)).difference(groups),
        split,
        reference,
        own if own and own.code in comparison else None,
    )
    return selection, [*notices, *of_regions, *of_groups]


def _drawn(
    state: State, choices: Offer, *, catalogue: Catalogue, regions: Mapping[str, Region]
) -> tuple[State, tuple[Group, ...], list[str]]:
    """The state and the groups that are drawn, and what is said of those that are not."""
    lang, (region, _) = state.lang, selected_region(state, regions)
    wanted = named_groups(_opened(state, choices))
    existing = [group for group in wanted if group in choices.existing] or [EVERYBODY]
    missing = [group for group in wanted if group not in choices.existing]
    notices = []
    if missing and region in regions and choices.existing:
        what = "; ".join(group_label(catalogue, group, lang) for group in missing)
        name = inline(regions[region], lang)
        notices.append(term("no_combination_for", lang, region=name, what=what))
    groups, left_out = tuple(existing[:MOST_SERIES]), existing[MOST_SERIES:]
    if left_out:
        names = "; ".join(group_label(catalogue, group, lang) for group in left_out)
        notices.append(term("too_many", lang, count=MOST_SERIES, names=names))
    lists = {
        key: tuple(dict.fromkeys(getattr(group, dimension) for group in groups))
        for key, dimension in _LISTS.items()
    }
    return regrouped(state, lists), groups, notices


def _usual_beside(
    region: str, indicator: Indicator, regions: Mapping[str, Region], *, groups: int
) -> tuple[str, ...]:
    """The regions beside the selected one where a link names none; several groups stand alone."""
    if groups > 1 or region not in regions:
        return ()
    return chart_comparison(
        region, default_comparison(regions[region], regions), indicator, regions
    )


def _split(asked: Split, regions: int, groups: int) -> Split:
    """Whether lines stand in small charts: where the link asks for it, or they are too many."""
    most = regions * groups
    if most == 1 or (not asked and most <= MOST_LINES):
        return ""
    if asked == "region" and regions > 1:
        return "region"
    if asked == "grupp" and groups > 1:
        return "grupp"
    if most <= MOST_LINES:
        return ""
    by_region = groups == 1 or (regions > 1 and groups <= MOST_LINES)
    return "region" if by_region else "grupp"


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
    return regrouped(state, {key: codes or (TOTAL,) for key, codes in known.items()}), unknown


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


def regrouped(state: State, lists: Mapping[str, tuple[str, ...]]) -> State:
    """The state with other lists of groups, by key of the address."""
    return replace(
        state,
        backgrounds=lists.get("backgrounds", state.backgrounds),
        ages=lists.get("ages", state.ages),
        sexes=lists.get("sexes", state.sexes),
        educations=lists.get("educations", state.educations),
    )


def own_group_elsewhere(state: State) -> list[str]:
    """That a reader's own group, where the link has one, is shown in other views."""
    if state.region_group is None:
        return []
    return [term("own_group_elsewhere", state.lang, name=state.region_group.name)]


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
    notices += own_group_elsewhere(state)
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
