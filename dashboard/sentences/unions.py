"""
Sentences about figures of several regions together: how they are made, and how complete they are.

Pure. Which figures there are is decided in `etl.measures`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Literal

from dashboard.codes import EVERYBODY, Group
from dashboard.data.observation import Observation
from dashboard.sentences.wording import Wording, group_label, value_phrase
from dashboard.text import capital, enumerated, format, term
from etl.catalogue import TOTAL, Indicator, Lang
from etl.catalogue.regions import region_level
from etl.measures.unions import COUNTY_WITHOUT, DISTRICTS_TOGETHER, MEANS, METHOD_LABELS

MemberKind = Literal["regso", "municipality", "county", "region"]
Manner = Literal["weighted", "approximate", "summed", "added", "median", "rest"]
_MANNERS: Mapping[str, Manner] = MappingProxyType(
    {"weighted": "weighted", "approximate": "approximate", "median": "median", "rest": "rest"}
)
_MEMBER_KINDS: Mapping[str, MemberKind] = MappingProxyType(
    {"regso": "regso", "municipality": "municipality", "county": "county"}
)
MOST_PARTS_NAMED = 8
_FIRST_NOISY_YEAR = "2025"  # of the source's small random adjustments


@dataclass(frozen=True)
class UnionParts:
    """
    What a union of regions is made of.

    `present` of `members` have a figure; `approximate` marks that its border is not that of the
    neighbourhood it stands for, `how` a key of the texts that tells how it is made, `weights`
    whom a mean is weighted by, as in "befolkningen 20–64 år", `covered` the least and the most
    per cent of them that the present members have, `only` the name of the only member of several
    that a mean is of, `noisy` that the noise of many counts is in it, and `confirmed`
    the date on which the owner of the list has confirmed it.
    """

    name: str
    members: int
    present: int
    kind: MemberKind = "regso"
    how: Manner | None = None
    approximate: bool = False
    confirmed: str | None = None
    weights: str = ""
    covered: tuple[int, int] | None = None
    only: str = ""
    noisy: bool = False


def union_sentence(parts: UnionParts, lang: Lang) -> str:
    """
    Of how many members a union is made, how partial it is, how it is made, what it is not.

    A union of one is that one, with or without a figure.
    """
    rest = parts.members - parts.present
    key = "whole" if rest == 0 else "partial" if parts.present else "empty"
    if parts.members == 1:
        key = "single"
    gender = "neuter" if parts.kind in {"regso", "county"} else "common"
    text = term(
        f"union_{key}",
        lang,
        name=parts.name,
        present=parts.present,
        members=parts.members,
        kind=member_word(parts.kind, parts.members, lang),
        rest=term(f"union_rest_one_{gender}" if rest == 1 else "union_rest_many", lang),
    )
    if parts.how == "rest":
        text = term("union_rest_of", lang, name=parts.name, members=parts.members - 1)
    sentences = [text]
    if key == "partial" and parts.covered:
        covered = dict.fromkeys(map(str, parts.covered))
        share = "–".join(covered)
        where = "area" if parts.kind == "regso" else "group"
        sentences.append(term(f"union_covered_{where}", lang, share=share, weights=parts.weights))
    if parts.only:
        sentences.append(term("union_only", lang, name=parts.only))
    elif parts.how and parts.how != "rest" and parts.present:
        sentences.append(term(f"union_{parts.how}", lang, weights=parts.weights))
    if parts.noisy:
        sentences.append(term("union_noisy", lang))
    if parts.approximate:
        sentences.append(term("union_borders", lang))
    if parts.confirmed:
        sentences.append(term("union_confirmed", lang, date=parts.confirmed))
    return " ".join(sentences)


def union_parts(
    observation: Observation, wording: Wording, confirmed: str | None = None
) -> UnionParts | None:
    """What the union of an observation is made of; None where its region is no union."""
    if not observation.members:
        return None
    present = len(observation.members) - len(observation.lacking)
    return UnionParts(
        name=wording.region_name(observation.region),
        members=len(observation.members),
        present=present,
        kind=member_kind(observation.members),
        how=_how(observation, wording.indicator),
        approximate=region_level(observation.region) == "stadsdel",
        confirmed=confirmed,
        weights=_weights(observation, wording) if observation.weights else "",
        covered=_covered([observation]),
        only=_only_member(observation, wording),
        noisy=_is_noisy(observation),
    )


def _is_noisy(observation: Observation) -> bool:
    """Whether many counts with random adjustments are added to one figure."""
    is_of_many = observation.region.startswith((DISTRICTS_TOGETHER, COUNTY_WITHOUT))
    return is_of_many and observation.period[:4] >= _FIRST_NOISY_YEAR


def _only_member(observation: Observation, wording: Wording) -> str:
    """The name of the only member that a mean of several is of; "" for any other figure."""
    lacking = {one.member for one in observation.lacking}
    present = [code for code in observation.members if code not in lacking]
    if observation.how not in MEANS or len(observation.members) == 1 or len(present) != 1:
        return ""
    return wording.region_name(present[0]) if present[0] in wording.where else ""


def _weights(observation: Observation, wording: Wording) -> str:
    """Whom a mean is weighted by: "befolkningen 20–64 år (kvinnor)"."""
    ages, sex = Group(age=observation.weights or TOTAL), Group(sex=observation.sex)
    labels = [
        group_label(wording.catalogue, group, wording.lang) if group != EVERYBODY else ""
        for group in (ages, sex)
    ]
    years, who = (label[:1].lower() + label[1:] for label in labels)
    words = f"{term('union_weights', wording.lang)} {years}".strip()
    return f"{words} ({who})" if who else words


def _covered(observations: Sequence[Observation]) -> tuple[int, int] | None:
    """The least and the most per cent that partial figures cover; None where it is not known."""
    shares = [row.covered for row in observations if row.lacking]
    known = [share for share in shares if share is not None]
    if not known or len(known) < len(shares):
        return None
    # What is partial is neither nothing nor all of it.
    percents = [min(99, max(1, round(100 * share))) for share in known]
    return min(percents), max(percents)


def union_sentences(observations: Sequence[Observation], wording: Wording) -> list[str]:
    """The sentences of those observations that are of unions, each once."""
    unions = (union_parts(row, wording) for row in observations)
    return list(dict.fromkeys(union_sentence(parts, wording.lang) for parts in unions if parts))


def member_kind(members: Sequence[str]) -> MemberKind:
    """What the members of a union are."""
    levels = {region_level(code) for code in members}
    return _MEMBER_KINDS.get(levels.pop(), "region") if len(levels) == 1 else "region"


def member_word(kind: MemberKind, count: int, lang: Lang) -> str:
    """What so many members are called."""
    return term(f"union_{kind}_{'one' if count == 1 else 'many'}", lang)


def no_union_sentence(
    indicator: Indicator, *, name: str, members: Sequence[str], group: Group, lang: Lang
) -> str:
    """
    That a union has no figure, and why.

    Args:
        indicator: whose rule it is.
        name: of the union, as in "gruppen Södertörn".
        members: their names, one by one.
        group: the group asked for.
        lang: the language.

    """
    reason = term(f"union_why_{_why(indicator, group)}", lang)
    text = term("union_no_figure", lang, name=name, why=reason)
    if not members or len(members) > MOST_PARTS_NAMED:
        return text
    return f"{text} {term('union_one_by_one', lang, names=enumerated(list(members), lang))}"


def parts_shown_sentence(members: Sequence[str], lang: Lang) -> str:
    """That the members of a union are shown one by one, before their names."""
    word = member_word(member_kind(members), len(members), lang)
    return term("union_one_by_one_of", lang, members=len(members), kind=word)


def median_sentence(observation: Observation, wording: Wording) -> str:
    """The median of a union's members, called so."""
    present = len(observation.members) - len(observation.lacking)
    return term(
        "union_median_of",
        wording.lang,
        present=present,
        kind=member_word(member_kind(observation.members), present, wording.lang),
        value=value_phrase(observation, wording),
        when=format.in_period(observation.period, wording.lang),
    )


def _why(indicator: Indicator, group: Group) -> str:
    if indicator.union == "none":
        return "ratio" if indicator.measure == "index" else indicator.measure
    return "people" if group == Group(sex=group.sex) else "group"


def _how(observation: Observation, indicator: Indicator) -> Manner | None:
    if observation.how == "sum":
        return "added" if indicator.measure == "share" else "summed"
    return _MANNERS.get(observation.how or "")


_MOST_GROUPS_NAMED = 8  # groups of one year
_MOST_RUNS = 4  # of years with the same groups
_MOST_VARIANTS = 3  # of being partial, each in a line of its own
Groups = tuple[Group, ...]


def composition(observations: Sequence[Observation], wording: Wording) -> tuple[str, ...]:
    """
    Each union's newest year, everybody first; then each other way in which it is partial.

    A line names the years, and the groups where others of a year are made otherwise:
    "2019–2021, 2023: ...", "2024 (Utrikes födda); 2023: ...".
    """
    regions: dict[str, list[Observation]] = {}
    for observation in observations:
        if observation.members:
            regions.setdefault(observation.region, []).append(observation)
    return tuple(line for union in regions.values() for line in _union_lines(union, wording))


def _union_lines(observations: Sequence[Observation], wording: Wording) -> list[str]:
    """The lines of one union."""
    newest = max(row.period for row in observations)
    first = min(observations, key=lambda row: (row.period != newest, row.group != EVERYBODY))
    main, variants = _without_covered(union_parts(first, wording)), _alike(observations, wording)
    figures = {
        parts: [row for row in alike if _partial(row) or (parts == main and row.period == newest)]
        for parts, alike in variants.items()
    }
    by_members: dict[int, list[UnionParts]] = {}
    for parts in sorted(figures, key=lambda parts: _last(figures[parts]), reverse=True):
        if parts != main and figures[parts]:
            by_members.setdefault(parts.members, []).append(parts)
    lines = [
        (figures[parts], _sentence(parts, figures[parts], wording.lang))
        for parts in ([main] if main else [])
    ]
    for variants_of_size in by_members.values():
        if len(variants_of_size) > _MOST_VARIANTS:
            cells = [row for parts in variants_of_size for row in figures[parts]]
            lines.append((cells, _varied(variants_of_size, wording)))
        else:
            lines += [
                (figures[parts], _sentence(parts, figures[parts], wording.lang))
                for parts in variants_of_size
            ]
    return [
        f"{capital(_when(cells, observations, wording))}: {sentence}" for cells, sentence in lines
    ]


def _sentence(parts: UnionParts, figures: Sequence[Observation], lang: Lang) -> str:
    noisy = any(map(_is_noisy, figures))
    return union_sentence(replace(parts, covered=_covered(figures), noisy=noisy), lang)


def _without_covered(parts: UnionParts | None) -> UnionParts | None:
    """How much is covered differs from year to year; what is alike otherwise stands in one line."""
    return replace(parts, covered=None, noisy=False) if parts else None


def _last(observations: Sequence[Observation]) -> str:
    return max((row.period for row in observations), default="")


def _varied(variants: Sequence[UnionParts], wording: Wording) -> str:
    """That a union is made of more or fewer of its members, in one sentence."""
    numbers, first = sorted(parts.present for parts in variants), variants[0]
    return term(
        "union_varied",
        wording.lang,
        name=first.name,
        fewest=numbers[0],
        most=numbers[-1],
        members=first.members,
        kind=member_word(first.kind, first.members, wording.lang),
    )


def _alike(
    observations: Sequence[Observation], wording: Wording
) -> Mapping[UnionParts, list[Observation]]:
    """The figures that are made of as many parts in the same manner, by how they are made."""
    by_makeup: dict[object, list[Observation]] = {}
    for observation in observations:
        by_makeup.setdefault(
            (
                observation.members,
                len(observation.lacking),
                observation.how,
                observation.weights and (observation.weights, observation.sex),
            ),
            [],
        ).append(observation)
    variants: dict[UnionParts, list[Observation]] = {}
    for alike in by_makeup.values():
        parts = _without_covered(union_parts(alike[0], wording))
        if parts:
            variants.setdefault(parts, []).extend(alike)
    return variants


def _partial(observation: Observation) -> bool:
    """Whether it has a number in which some members have no part."""
    return observation.present and bool(observation.lacking)


def _when(
    figures: Sequence[Observation], observations: Sequence[Observation], wording: Wording
) -> str:
    """The years of some figures, with their groups where those are not all of the year."""
    groups_by_period, present_groups = (
        _groups(figures),
        _groups([row for row in observations if row.present]),
    )
    named = {
        period: groups if set(present_groups.get(period, ())) - set(groups) else ()
        for period, groups in groups_by_period.items()
    }
    runs: dict[Groups, list[str]] = {}
    for period, groups in named.items():
        runs.setdefault(groups, []).append(period)
    known = sorted({row.period for row in observations})
    if len(runs) > _MOST_RUNS or any(len(groups) > _MOST_GROUPS_NAMED for groups in runs):
        return (
            f"{_years(groups_by_period, known, wording.lang)} ({term('union_some', wording.lang)})"
        )
    return "; ".join(
        _years(periods, known, wording.lang) + (f" ({_names(groups, wording)})" if groups else "")
        for groups, periods in runs.items()
    )


def _groups(observations: Sequence[Observation]) -> Mapping[str, Groups]:
    """Whom the figures of each period are about, oldest first, everybody before others."""
    groups_by_period: dict[str, dict[Group, None]] = {}
    for observation in sorted(observations, key=lambda row: row.period):
        groups_by_period.setdefault(observation.period, {})[observation.group] = None
    return {period: tuple(sorted(groups, key=_rank)) for period, groups in groups_by_period.items()}


def _rank(group: Group) -> list[tuple[bool, str]]:
    """Everybody before others: by background, then sex, then age, then education."""
    codes = (group.background, group.sex, group.age, group.education)
    return [(code != TOTAL, code) for code in codes]


def _names(groups: Groups, wording: Wording) -> str:
    labels = [group_label(wording.catalogue, group, wording.lang) for group in groups]
    return enumerated(labels, wording.lang)


def _years(periods: Sequence[str] | Mapping[str, Groups], known: Sequence[str], lang: Lang) -> str:
    """Periods as spans; one goes on as long as no period that is known lies between."""
    positions = sorted(known.index(period) for period in periods)
    runs = [
        [position for _, position in run]
        for _, run in groupby(enumerate(positions), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(format.periods(known[run[0]], known[run[-1]], lang) for run in runs)


def union_method_words(figure: Observation, indicator: Indicator, lang: Lang) -> str:
    """How a figure of several regions was made; a share is no sum. "" for any other figure."""
    if figure.how in MEANS and len(figure.members) - len(figure.lacking) == 1:
        return ""  # of one member there is no mean
    if figure.how == "sum" and indicator.measure == "share":
        return term("from_counts", lang)
    return next((METHOD_LABELS[key][lang] for key in METHOD_LABELS if key == figure.how), "")


def members_with_figures(figure: Observation, lang: Lang) -> str:
    """Of how many of its members a figure is, where some have none; else ""."""
    if not figure.lacking:
        return ""
    present = len(figure.members) - len(figure.lacking)
    return term("partial", lang, present=present, all=len(figure.members))
