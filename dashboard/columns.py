"""
Whom the heat table sets side by side: the own region, others, and groups of regions.

Knows what the words of a link stand for: a code, `skr` (the own municipality's group), `liknande`
(the municipalities most like it) and a reader's own selection. It fetches no figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.likeness import likeness
from dashboard.phrases import capital
from dashboard.regions import company, inline
from dashboard.selections import selected
from dashboard.text import term
from dashboard.visit import Visit
from etl.measures import Union, own_subject

Made = Literal["region", "union", "median"]
GROUP, ALIKE = "skr", "liknande"
MOST = 40


@dataclass(frozen=True)
class Column:
    """One column: the code that links carry, its heading, and its members if it is a group."""

    code: str
    name: str
    made: Made
    members: tuple[str, ...] = ()


def columns(visit: Visit, own: str) -> tuple[tuple[Column, ...], list[str]]:
    """The columns of a link, the own region first, and a sentence for what it asks in vain."""
    state, lang = visit.state, visit.lang
    wanted: Sequence[str] = company(visit.places[own], visit.places)
    if state.jamfor is not None:
        wanted = [code for code in state.jamfor if code != own]
    found, said = [_column(visit, own)], []
    for code in dict.fromkeys(wanted):
        if code == GROUP:
            group = salar(visit, own)
            found += [_column(visit, group)] if group else []
            said += [] if group else [_in_vain(visit, own, "no_salar_group")]
        elif code == ALIKE:
            alike = _alike(visit, own)
            found += [alike] if alike else []
            said += [] if alike else [_in_vain(visit, own, "no_neighbours")]
        elif code in visit.places:
            found.append(_column(visit, code))
        else:
            said.append(term("unknown_region", lang, value=code))
    _, mine, amiss = selected(state.grupp, visit.places, lang)
    if state.grupp and mine:
        found.append(Column(mine.code, state.grupp.name, "union", mine.members))
    said += amiss
    if found[MOST:]:
        said.append(term("too_many_columns", lang, count=MOST))
    return tuple(found[:MOST]), said


def union(column: Column) -> Union:
    """The union that a column is."""
    return Union(column.code, column.members)


def members(visit: Visit, column: Column, indicator: str, own: str) -> tuple[str, ...]:
    """Whom a column is made of; alike by anything but the indicator's own subject."""
    if column.code != ALIKE:
        return column.members
    found = likeness(visit, own_subject(indicator))
    if found is None or own not in found.neighbours:
        return ()
    return tuple(one.code for one in found.neighbours[own].nearest)


def salar(visit: Visit, own: str) -> str | None:
    """The group of SALAR that a municipality belongs to."""
    return next(
        (
            code
            for code, region in visit.places.items()
            if code.startswith("skr-") and own in region.members
        ),
        None,
    )


def _column(visit: Visit, code: str) -> Column:
    region = visit.places[code]
    name = region.name(visit.lang)
    return Column(code, name, "union" if region.members else "region", region.members)


def _alike(visit: Visit, own: str) -> Column | None:
    found = likeness(visit)
    if found is None or own not in found.neighbours:
        return None
    members = tuple(one.code for one in found.neighbours[own].nearest)
    return Column(ALIKE, term("similar_median", visit.lang), "median", members)


def _in_vain(visit: Visit, own: str, key: str) -> str:
    return capital(term(key, visit.lang, region=inline(visit.places[own], visit.lang)))
