"""
What an indicator page shows: the link's wishes after they have met what exists.

Pure. A view is small and hashable, the key under which answers are remembered. Whatever
the link asked for and cannot have is said in a sentence, and the rest is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Literal

from dashboard.offers import EVERYBODY, FOREIGN_BORN, MOST_LINES, SEXES, Group, Offer
from dashboard.regions import COUNTRY, Region, company, inline
from dashboard.text import term
from dashboard.url import Notice, State
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang

__all__ = ["FOREIGN_BORN", "MOST_LINES", "SEXES", "Offer", "View", "by", "group", "kind", "label"]
By = Literal["region", "background", "sex", "education"]
DIMENSIONS: Mapping[str, By] = MappingProxyType(
    {"bakgrund": "background", "kon": "sex", "utb": "education"}
)


@dataclass(frozen=True)
class View:
    """One indicator for some regions, or for the groups of one region."""

    indicator: str
    own: str
    others: tuple[str, ...]
    backgrounds: tuple[str, ...]
    sexes: tuple[str, ...]
    by: By
    educations: tuple[str, ...] = (TOTAL,)
    years: tuple[str, str] | None = None  # first and last; None is all

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that are drawn of each region."""
        return tuple(product(self.backgrounds, self.sexes, self.educations))

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that are drawn: one when its groups are."""
        return (self.own, *self.others) if self.by == "region" else (self.own,)


def by(state: State) -> By:
    """How a link breaks down: by the list with more than one code, region of birth first."""
    several = (name for key, name in DIMENSIONS.items() if len(getattr(state, key)) > 1)
    return next(several, "region")


def own_region(state: State, regions: Mapping[str, Region]) -> tuple[str, list[str]]:
    """The region a link names, or the country; and the sentence when it is unknown."""
    if state.region in regions:
        return state.region, []
    known = COUNTRY if COUNTRY in regions else next(iter(regions), COUNTRY)
    return known, [term("unknown_region", state.lang, value=state.region)]


def resolved(
    state: State,
    indicator: str,
    *,
    catalogue: Catalogue,
    regions: Mapping[str, Region],
    choices: Offer,
) -> tuple[View, list[str]]:
    """The view of a link, and a sentence for everything in it that cannot be shown."""
    own, said = own_region(state, regions)
    said += sentences(state.notices, state.lang)
    state, double = _once(state)
    said += double
    others, unknown = _others(state, own, regions)
    if state.jamfor is None and own in regions:
        others = alongside(own, others, catalogue.indicator[indicator], regions)
    said += unknown
    state, strange = _named(state, catalogue)
    said += sentences(strange, state.lang)
    kept, dropped = _existing(_opened(state, choices), choices)
    if own in regions and choices.existing:
        groups = [
            group(catalogue, one, sex, education=education, lang=state.lang)
            for one, sex, education in dropped
        ]
        place = inline(regions[own], state.lang)
        said += [term("no_combination_for", state.lang, region=place, what=one) for one in groups]
    kept, over = _trimmed(kept, catalogue)
    said += over
    shown = View(indicator, own, others, kept.bakgrund, kept.kon, by(kept), kept.utb, state.ar)
    return shown, said


def alongside(
    own: str, others: Sequence[str], indicator: Indicator, regions: Mapping[str, Region]
) -> tuple[str, ...]:
    """
    Whom a region shares a chart with, of its usual company or of those named for a whole briefing.

    A count is shown with those of its own level: beside the country's a municipality's lies flat.
    """
    level = regions[own].level
    alike = tuple(code for code in others if regions[code].level == level)
    return alike if indicator.measure == "count" else tuple(others)


def label(catalogue: Catalogue, dimension: str, code: str, lang: Lang) -> str:
    """What a code of a dimension is called; the code itself when nobody has named it."""
    named = catalogue.category.get((dimension, code))
    return named.label[lang] if named else code


def kind(catalogue: Catalogue, backgrounds: Iterable[str]) -> str:
    """What some groups are groups of: origin, stay, reason, age; "group" when of several."""
    named = [catalogue.category.get(("background", code)) for code in backgrounds if code != TOTAL]
    kinds = {one.kind if one else "group" for one in named} or {"origin"}
    return kinds.pop() if len(kinds) == 1 else "group"


def group(
    catalogue: Catalogue, background: str, sex: str, *, education: str = TOTAL, lang: Lang
) -> str:
    """A group in words, its parts that are everybody left out."""
    named = (("background", background), ("sex", sex), ("education", education))
    parts = [label(catalogue, dimension, code, lang) for dimension, code in named if code != TOTAL]
    return ", ".join(parts) or label(catalogue, "background", TOTAL, lang)


def sentences(notices: Iterable[Notice], lang: Lang) -> list[str]:
    """What the parser of the link could not use, said."""
    return [
        term("unknown_region", lang, value=notice.value)
        if notice.key in {"region", "jamfor"}
        else term("unknown_value", lang, key=notice.key, value=notice.value)
        for notice in notices
    ]


def _others(
    state: State, own: str, regions: Mapping[str, Region]
) -> tuple[tuple[str, ...], list[str]]:
    """Comparisons that exist, at most four, and sentences for those left out."""
    if state.jamfor is None:
        return (company(regions[own], regions) if own in regions else ()), []
    wanted = [code for code in state.jamfor if code != own]
    said = [
        term("unknown_region", state.lang, value=code) for code in wanted if code not in regions
    ]
    known = [code for code in wanted if code in regions]
    if known[MOST_LINES - 1 :]:
        names = ", ".join(regions[code].name(state.lang) for code in known[MOST_LINES - 1 :])
        said.append(term("too_many", state.lang, count=MOST_LINES, names=names))
    return tuple(known[: MOST_LINES - 1]), said


def _once(state: State) -> tuple[State, list[str]]:
    """The state with one list of several codes, and what is said when there are more."""
    shown = by(state)
    more = {
        key: (TOTAL,)
        for key, name in DIMENSIONS.items()
        if name != shown and len(getattr(state, key)) > 1
    }
    if not more:
        return state, []
    return _regrouped(state, more), [term(f"one_breakdown_{shown}", state.lang)]


def _named(state: State, catalogue: Catalogue) -> tuple[State, list[Notice]]:
    """The state with only groups that the catalogue names, and a notice for each other."""
    known = {
        key: tuple(
            code
            for code in getattr(state, key)
            if code == TOTAL or (name, code) in catalogue.category
        )
        for key, name in DIMENSIONS.items()
    }
    strange = [
        Notice(key, code)
        for key, kept in known.items()
        for code in getattr(state, key)
        if code not in kept
    ]
    return _regrouped(state, {key: kept or (TOTAL,) for key, kept in known.items()}), strange


def _existing(state: State, choices: Offer) -> tuple[State, list[Group]]:
    """The state with only combinations that exist, and what was taken out."""
    wanted = list(product(state.bakgrund, state.kon, state.utb))
    gone = [one for one in wanted if one not in choices.existing]
    kept = [one for one in wanted if one in choices.existing] or [EVERYBODY]
    codes = (tuple(dict.fromkeys(each)) for each in zip(*kept, strict=True))
    return _regrouped(state, dict(zip(DIMENSIONS, codes, strict=True))), gone


def _opened(state: State, choices: Offer) -> State:
    """The state, opened on the groups where nobody chose any and everybody has no figure."""
    asked = any(getattr(state, key) != (TOTAL,) for key in DIMENSIONS)
    everybody = choices.everybody()
    if asked or everybody == TOTAL:
        return state
    own = dict(choices.kinds)[everybody]
    return replace(state, bakgrund=choices.opening(own))


def _trimmed(state: State, catalogue: Catalogue) -> tuple[State, list[str]]:
    """The state with at most five groups, and a sentence that names the others."""
    lists = {key: getattr(state, key) for key in DIMENSIONS}
    names = [
        label(catalogue, DIMENSIONS[key], code, state.lang)
        for key, codes in lists.items()
        for code in codes[MOST_LINES:]
    ]
    if not names:
        return state, []
    said = term("too_many", state.lang, count=MOST_LINES, names=", ".join(names))
    return _regrouped(state, {key: codes[:MOST_LINES] for key, codes in lists.items()}), [said]


def _regrouped(state: State, lists: Mapping[str, tuple[str, ...]]) -> State:
    """The state with other lists of groups, by key of the address."""
    return replace(
        state,
        bakgrund=lists.get("bakgrund", state.bakgrund),
        kon=lists.get("kon", state.kon),
        utb=lists.get("utb", state.utb),
    )
