"""Which regions a region is compared with: those that the link names, or the larger ones. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from dashboard.state.groups import MOST_LINES
from dashboard.state.regions import Region, county, inline
from dashboard.state.url import KEYS, Notice, State, with_weights
from dashboard.text import capital, enumerated, lower_first, term
from etl.catalogue import Catalogue, Indicator, Lang
from etl.catalogue.regions import COUNTRY
from etl.measures.similarity import MAIN_GROUP, PUBLISHED, USUAL_NUMBER

# What a link may name beside codes of regions.
SKR, SIMILAR = "skr", "liknande"
SIMILAR_PATH = "/liknande"
SimilarRegions = Callable[[], Sequence[str]]


def default_comparison(region: Region, regions: Mapping[str, Region]) -> tuple[str, ...]:
    """The larger regions that a region lies in: its municipality, county and country."""
    above = regions.get(region.parent or "")
    codes = [above.code] if above and above.level == "municipality" else []
    beside = county(region, regions)
    codes += [beside.code] if beside else []
    if region.code != COUNTRY and COUNTRY in regions:
        codes.append(COUNTRY)
    return tuple(codes)


def named_comparison(
    state: State, region: str, regions: Mapping[str, Region], similar: SimilarRegions = tuple
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """
    What a link compares a region with, and a notice for everything that it names in vain.

    Args:
        state: of the link; without comparison regions the default is meant.
        region: code of the region that is compared; it is never among the others.
        regions: all regions by code.
        similar: gives the codes of its similar municipalities; asked where the link names them.

    Returns:
        The codes that each name stands for, in the order of the link: a region for itself, `skr`
        under the code of the region's SKR group, `SIMILAR` for the similar municipalities.

    """
    lang, names = state.lang, state.comparison
    if names is None:
        names = default_comparison(regions[region], regions) if region in regions else ()
    known: dict[str, tuple[str, ...]] = {}
    notices = []
    for name in names:
        group = skr_group(region, regions) if name == SKR else name
        codes = tuple(similar()) if name == SIMILAR else (group,) if group in regions else ()
        if name == region:
            continue
        if codes:
            known[group] = codes
        elif name in {SKR, SIMILAR} and region in regions:
            key = "no_salar_group" if name == SKR else "no_neighbours"
            notices.append(capital(term(key, lang, region=inline(regions[region], lang))))
        else:
            notices.append(term("unknown_region", lang, value=name))
    return known, notices


def with_known_weights(state: State, criteria: Collection[str]) -> State:
    """
    The state with weights of known criteria, and a notice of each other.

    `criteria`: those of the catalogue. Weights that leave no criterion that is a number cannot
    tell municipalities apart; the published method is used instead, which is said.
    """
    if not state.weights:
        return state
    weights = {
        name: weight for name, weight in state.weights if name in PUBLISHED or name in criteria
    }
    key = KEYS["weights"].name
    notices = [Notice(key, name) for name, _ in state.weights if name not in weights]
    if not any(one for name, one in {**PUBLISHED, **weights}.items() if name != MAIN_GROUP):
        notices.append(Notice(key, "", term("similar_no_weights", state.lang)))
        weights = {}
    return replace(state, weights=with_weights(weights), notices=(*state.notices, *notices))


def criterion_name(name: str, catalogue: Catalogue, lang: Lang) -> str:
    """What a criterion of similar municipalities is called."""
    if name in catalogue.indicator and name not in PUBLISHED:
        return catalogue.indicator[name].title[lang]
    return term(f"criterion_{name}", lang)


def likeness_words(state: State, catalogue: Catalogue, left_out: Collection[str] = ()) -> str:
    """
    By what the similar municipalities of a link are chosen; "" for the published method.

    Every criterion that counts, with its weight where that is not 1, and how many municipalities.
    `left_out`: criteria that were asked for and do not count.
    """
    lang, number = state.lang, state.neighbours
    if not state.weights:
        return term("similar_by_number", lang, count=number) if number != USUAL_NUMBER else ""
    names = {
        lower_first(criterion_name(name, catalogue, lang)): weight
        for name, weight in state.all_weights.items()
        if weight and name not in left_out
    }
    listed = [
        name if weight == 1 else term("similar_weighted", lang, name=name, weight=weight)
        for name, weight in names.items()
    ]
    return term("similar_by_own", lang, count=number, criteria=enumerated(listed, lang))


def comparison_regions(
    state: State,
    region: str,
    regions: Mapping[str, Region],
    similar: SimilarRegions = tuple,
    *,
    most: int = MOST_LINES,
    groups: int = 1,
) -> tuple[tuple[str, ...], list[str]]:
    """
    The regions of `named_comparison` one by one, and a notice of those that there is no room for.

    With the own region, and `groups` lines of each, they are at most `most` lines.
    """
    known, notices = named_comparison(state, region, regions, similar)
    codes = tuple(dict.fromkeys(code for group in known.values() for code in group))
    room = max(1, most // groups) - 1
    shown, left_out = codes[:room], codes[room:]
    if left_out:
        names = ", ".join(regions[code].name(state.lang) for code in left_out)
        notices.append(term("too_many", state.lang, count=most, names=names))
    return shown, notices


def chart_comparison(
    region: str, comparison: Sequence[str], indicator: Indicator, regions: Mapping[str, Region]
) -> tuple[str, ...]:
    """
    The comparison regions that can share a chart with a region.

    A count is shown with those of its own level: beside the country's a municipality's lies flat.
    """
    level = regions[region].level
    alike = tuple(code for code in comparison if regions[code].level == level)
    return alike if indicator.measure == "count" else tuple(comparison)


def skr_group(region: str, regions: Mapping[str, Region]) -> str:
    """The code of the SKR group that a municipality belongs to; "" for other regions."""
    groups = (code for code, group in regions.items() if region in group.members)
    return next((code for code in groups if code.startswith("skr-")), "")
