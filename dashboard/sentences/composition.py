"""
How whole the unions of some figures are: in their newest year, and wherever a part is lacking.

Pure. It holds its own words; how one union is worded is decided in `unions`.
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


def composition(seen: Sequence[Observation], wording: Wording) -> tuple[str, ...]:
    """
    Each union's newest year, everybody first; then each other way in which it is partial.

    A line names the years, and the groups where others of a year are made otherwise:
    "2019–2021, 2023: ...", "2024 (Utrikes födda); 2023: ...".
    """
    regions: dict[str, list[Observation]] = {}
    for one in seen:
        if one.members:
            regions.setdefault(one.region, []).append(one)
    return tuple(line for own in regions.values() for line in _of(own, wording))


def _of(own: Sequence[Observation], wording: Wording) -> list[str]:
    """The lines of one union."""
    newest = max(one.period for one in own)
    first = min(own, key=lambda one: (one.period != newest, one.group != EVERYBODY))
    main, found = unions.union_parts(first, wording), _alike(own, wording)
    told = {
        made: [one for one in alike if _partial(one) or (made == main and one.period == newest)]
        for made, alike in found.items()
    }
    others: dict[int, list[UnionParts]] = {}
    for made in sorted(told, key=lambda made: _last(told[made]), reverse=True):
        if made != main and told[made]:
            others.setdefault(made.members, []).append(made)
    lines = [
        (told[made], unions.union_sentence(made, wording.lang)) for made in ([main] if main else [])
    ]
    for several in others.values():
        if len(several) > MOST_VARIANTS:
            cells = [one for made in several for one in told[made]]
            lines.append((cells, _varied(several, wording)))
        else:
            lines += [(told[made], unions.union_sentence(made, wording.lang)) for made in several]
    return [f"{_when(cells, own, wording)}: {said}" for cells, said in lines]


def _last(some: Sequence[Observation]) -> str:
    return max((one.period for one in some), default="")


def _varied(several: Sequence[UnionParts], wording: Wording) -> str:
    """That a union is made of more or fewer of its members, in one sentence."""
    numbers, one = sorted(made.present for made in several), several[0]
    return term(
        "union_varied",
        wording.lang,
        name=one.name,
        fewest=numbers[0],
        most=numbers[-1],
        members=one.members,
        kind=unions.member_word(one.kind, one.members, wording.lang),
    )


def _alike(own: Sequence[Observation], wording: Wording) -> Mapping[UnionParts, list[Observation]]:
    """The figures that are made of as many parts in the same manner, by how they are made."""
    kinds: dict[object, list[Observation]] = {}
    for one in own:
        kinds.setdefault((one.members, len(one.lacking), one.how), []).append(one)
    found: dict[UnionParts, list[Observation]] = {}
    for alike in kinds.values():
        made = unions.union_parts(alike[0], wording)
        if made:
            found.setdefault(made, []).extend(alike)
    return found


def _partial(one: Observation) -> bool:
    """Whether it has a number in which some members have no part."""
    return one.present and bool(one.lacking)


def _when(told: Sequence[Observation], own: Sequence[Observation], wording: Wording) -> str:
    """The years of some figures, with their groups where those are not all of the year."""
    mine, every = _groups(told), _groups([one for one in own if one.present])
    named = {
        period: groups if set(every.get(period, ())) - set(groups) else ()
        for period, groups in mine.items()
    }
    spells: dict[Groups, list[str]] = {}
    for period, groups in named.items():
        spells.setdefault(groups, []).append(period)
    known = sorted({one.period for one in own})
    if len(spells) > MOST_RUNS or any(len(groups) > MOST_GROUPS_NAMED for groups in spells):
        return f"{_years(mine, known)} ({term('union_some', wording.lang)})"
    return "; ".join(
        _years(periods, known) + (f" ({_names(groups, wording)})" if groups else "")
        for groups, periods in spells.items()
    )


def _groups(some: Sequence[Observation]) -> Mapping[str, Groups]:
    """Whom the figures of each period are about, oldest first, everybody before others."""
    found: dict[str, dict[Group, None]] = {}
    for one in sorted(some, key=lambda one: one.period):
        found.setdefault(one.period, {})[one.group] = None
    return {period: tuple(sorted(groups, key=_rank)) for period, groups in found.items()}


def _rank(group: Group) -> list[tuple[bool, str]]:
    """Everybody before others: by background, then sex, then education."""
    return [(code != TOTAL, code) for code in (group.background, group.sex, group.education)]


def _names(groups: Groups, wording: Wording) -> str:
    named = [group_label(wording.catalogue, group, wording.lang) for group in groups]
    return enumerated(named, wording.lang)


def _years(periods: Sequence[str] | Mapping[str, Groups], known: Sequence[str]) -> str:
    """Periods as spans; one goes on as long as no period that is known lies between."""
    places = sorted(known.index(period) for period in periods)
    runs = [
        [place for _, place in run]
        for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(format.periods(known[run[0]], known[run[-1]]) for run in runs)
