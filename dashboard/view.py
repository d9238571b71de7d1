"""
What an indicator page shows: the link's wishes after they have met what exists.

Pure. A view is small and hashable, the key under which answers are remembered. Whatever
the link asked for and cannot have is said in a sentence, and the rest is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.regions import COUNTRY, Region, company, inline
from dashboard.text import term
from dashboard.url import Notice, State
from etl.catalogue import TOTAL, Catalogue, Lang

By = Literal["region", "background", "sex"]
Combinations = frozenset[tuple[str, str]]  # (background, sex)
MOST_LINES = 5
FOREIGN_BORN = "SAMUTF"
SEXES = ("2", "1")  # women before men


@dataclass(frozen=True)
class View:
    """One indicator for some regions, or for the groups of one region."""

    indicator: str
    own: str
    others: tuple[str, ...]
    backgrounds: tuple[str, ...]
    sexes: tuple[str, ...]
    by: By

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that are drawn: one when its groups are."""
        return (self.own, *self.others) if self.by == "region" else (self.own,)


@dataclass(frozen=True)
class Offer:
    """What exists for the own region: groups by region of birth, and what may be chosen."""

    origins: tuple[str, ...]
    existing: Combinations

    def has(self, background: str, sex: str) -> bool:
        """Whether the source has this combination."""
        return (background, sex) in self.existing

    def groups(self, sex: str) -> tuple[str, ...]:
        """The groups by region of birth that exist for a sex."""
        return tuple(code for code in self.origins if self.has(code, sex))

    def known(self) -> tuple[str, ...]:
        """The groups by region of birth that exist for anybody here."""
        existing = {background for background, _ in self.existing}
        return tuple(code for code in self.origins if code in existing)

    def everybody(self) -> str:
        """Everybody together; where the source has only groups, all foreign-born or the first."""
        groups = self.groups(TOTAL)
        if self.has(TOTAL, TOTAL) or not groups:
            return TOTAL
        return FOREIGN_BORN if FOREIGN_BORN in groups else groups[0]

    def sexes(self, background: str) -> tuple[str, ...]:
        """The sexes that exist for a group."""
        return tuple(code for code in SEXES if self.has(background, code))


def offer(catalogue: Catalogue, existing: Iterable[tuple[str, str]]) -> Offer:
    """What may be chosen, in the catalogue's order."""
    origins = [one.code for one in catalogue.categories if one.kind == "origin"]
    return Offer(tuple(origins), frozenset(existing))


def by(state: State) -> By:
    """How a link breaks down: by the list with more than one code, region of birth first."""
    if len(state.bakgrund) > 1:
        return "background"
    return "sex" if len(state.kon) > 1 else "region"


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
    if len(state.bakgrund) > 1 and len(state.kon) > 1:
        said.append(term("one_breakdown", state.lang))
        state = replace(state, kon=(TOTAL,))
    others, unknown = _others(state, own, regions)
    said += unknown
    state, strange = _named(state, catalogue)
    said += sentences(strange, state.lang)
    kept, dropped = _existing(_opened(state, choices), choices)
    if own in regions and choices.existing:
        groups = [group(catalogue, *pair, lang=state.lang) for pair in dropped]
        place = inline(regions[own], state.lang)
        said += [term("no_combination_for", state.lang, region=place, what=one) for one in groups]
    shown = View(indicator, own, others, kept.bakgrund, kept.kon, by(kept))
    return shown, said


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


def _named(state: State, catalogue: Catalogue) -> tuple[State, list[Notice]]:
    """The state with only groups that the catalogue names, and a notice for each other."""
    strange = [
        Notice(key, code)
        for key, dimension, codes in (
            ("bakgrund", "background", state.bakgrund),
            ("kon", "sex", state.kon),
        )
        for code in codes
        if (dimension, code) not in catalogue.category
    ]
    gone = {(notice.key, notice.value) for notice in strange}
    groups = tuple(code for code in state.bakgrund if ("bakgrund", code) not in gone)
    sexes = tuple(code for code in state.kon if ("kon", code) not in gone)
    return replace(state, bakgrund=groups or (TOTAL,), kon=sexes or (TOTAL,)), strange


def _existing(state: State, choices: Offer) -> tuple[State, list[tuple[str, str]]]:
    """The state with only combinations that exist, and what was taken out."""
    wanted = [(one, other) for one in state.bakgrund for other in state.kon]
    gone = [pair for pair in wanted if pair not in choices.existing]
    if not gone:
        return _trimmed(state), []
    kept = [pair for pair in wanted if pair in choices.existing] or [(TOTAL, TOTAL)]
    state = replace(
        state,
        bakgrund=tuple(dict.fromkeys(one for one, _ in kept)),
        kon=tuple(dict.fromkeys(other for _, other in kept)),
    )
    return _trimmed(state), gone


def _opened(state: State, choices: Offer) -> State:
    """The state, opened on the groups where nobody chose any and everybody has no figure."""
    asked = state.bakgrund != (TOTAL,) or state.kon != (TOTAL,)
    if asked or choices.everybody() == TOTAL:
        return state
    return replace(state, bakgrund=choices.groups(TOTAL))


def _trimmed(state: State) -> State:
    return replace(state, bakgrund=state.bakgrund[:MOST_LINES], kon=state.kon[:MOST_LINES])
