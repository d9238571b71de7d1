"""
How complete the unions of some figures are: in their newest year, and where a member is missing.

Pure. The sentence about one union is that of `unions`.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from dashboard.codes import EVERYBODY, Group
from dashboard.data.observation import Observation
from dashboard.sentences import unions
from dashboard.sentences.unions import UnionParts
from dashboard.sentences.wording import Wording, group_label
from dashboard.text import enumerated, format, term
from etl.catalogue import TOTAL

MOST_GROUPS_NAMED = 8  # groups of one year
MOST_RUNS = 4  # of years with the same groups
MOST_VARIANTS = 3  # ways of being partial that are told one by one
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
    return tuple(line for union in regions.values() for line in _of(union, wording))


def _of(observations: Sequence[Observation], wording: Wording) -> list[str]:
    """The lines of one union."""
    newest = max(each.period for each in observations)
    first = min(observations, key=lambda each: (each.period != newest, each.group != EVERYBODY))
    main, variants = unions.union_parts(first, wording), _alike(observations, wording)
    figures = {
        parts: [
            each
            for each in made_alike
            if _partial(each) or (parts == main and each.period == newest)
        ]
        for parts, made_alike in variants.items()
    }
    by_members: dict[int, list[UnionParts]] = {}
    for parts in sorted(figures, key=lambda parts: _last(figures[parts]), reverse=True):
        if parts != main and figures[parts]:
            by_members.setdefault(parts.members, []).append(parts)
    lines = [
        (figures[parts], unions.union_sentence(parts, wording.lang))
        for parts in ([main] if main else [])
    ]
    for variants_of_size in by_members.values():
        if len(variants_of_size) > MOST_VARIANTS:
            cells = [each for parts in variants_of_size for each in figures[parts]]
            lines.append((cells, _varied(variants_of_size, wording)))
        else:
            lines += [
                (figures[parts], unions.union_sentence(parts, wording.lang))
                for parts in variants_of_size
            ]
    return [f"{_when(cells, observations, wording)}: {sentence}" for cells, sentence in lines]


def _last(observations: Sequence[Observation]) -> str:
    return max((each.period for each in observations), default="")


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
        kind=unions.member_word(first.kind, first.members, wording.lang),
    )


def _alike(
    observations: Sequence[Observation], wording: Wording
) -> Mapping[UnionParts, list[Observation]]:
    """The figures that are made of as many parts in the same manner, by how they are made."""
    by_makeup: dict[object, list[Observation]] = {}
    for observation in observations:
        by_makeup.setdefault(
            (observation.members, len(observation.lacking), observation.how), []
        ).append(observation)
    variants: dict[UnionParts, list[Observation]] = {}
    for made_alike in by_makeup.values():
        parts = unions.union_parts(made_alike[0], wording)
        if parts:
            variants.setdefault(parts, []).extend(made_alike)
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
        _groups([each for each in observations if each.present]),
    )
    named = {
        period: groups if set(present_groups.get(period, ())) - set(groups) else ()
        for period, groups in groups_by_period.items()
    }
    runs: dict[Groups, list[str]] = {}
    for period, groups in named.items():
        runs.setdefault(groups, []).append(period)
    known = sorted({each.period for each in observations})
    if len(runs) > MOST_RUNS or any(len(groups) > MOST_GROUPS_NAMED for groups in runs):
        return f"{_years(groups_by_period, known)} ({term('union_some', wording.lang)})"
    return "; ".join(
        _years(periods, known) + (f" ({_names(groups, wording)})" if groups else "")
        for groups, periods in runs.items()
    )


def _groups(observations: Sequence[Observation]) -> Mapping[str, Groups]:
    """Whom the figures of each period are about, oldest first, everybody before others."""
    groups_by_period: dict[str, dict[Group, None]] = {}
    for observation in sorted(observations, key=lambda each: each.period):
        groups_by_period.setdefault(observation.period, {})[observation.group] = None
    return {period: tuple(sorted(groups, key=_rank)) for period, groups in groups_by_period.items()}


def _rank(group: Group) -> list[tuple[bool, str]]:
    """Everybody before others: by background, then sex, then education."""
    return [(code != TOTAL, code) for code in (group.background, group.sex, group.education)]


def _names(groups: Groups, wording: Wording) -> str:
    labels = [group_label(wording.catalogue, group, wording.lang) for group in groups]
    return enumerated(labels, wording.lang)


def _years(periods: Sequence[str] | Mapping[str, Groups], known: Sequence[str]) -> str:
    """Periods as spans; one goes on as long as no period that is known lies between."""
    positions = sorted(known.index(period) for period in periods)
    runs = [
        [position for _, position in run]
        for _, run in groupby(enumerate(positions), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(format.periods(known[run[0]], known[run[-1]]) for run in runs)
