"""
The groups of one region, kind by kind: which lines their small charts and tables take.

Pure. Only what exists in the source is taken; a kind of a single group is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import template
from dashboard.lines import Line
from dashboard.offers import EVERYBODY, SEXES, Group, Offer
from dashboard.view import label
from etl.catalogue import TOTAL, Catalogue, Lang

KINDS = ("origin", "stay", "education", "age", "reason", "sex")
# Groups that are the whole of their kind: the others are told apart without them.
WHOLES = frozenset({"INTTOT", "030"})
QUIET = "#8A9099"
COLOURS = {"2": template.LEAD, "1": template.SECONDARY[0]}


@dataclass(frozen=True)
class Grouped:
    """One group of a kind: its code, its name, and what it is of everybody or of each sex."""

    code: str
    name: str
    groups: tuple[Group, ...]

    @property
    def crossed(self) -> bool:
        """Whether women and men are two lines."""
        return len(self.groups) > 1


def grouped(catalogue: Catalogue, choices: Offer, kind: str, lang: Lang) -> tuple[Grouped, ...]:
    """The groups of a kind, in the catalogue's order; none where there is only one."""
    if kind == "sex":
        found = [
            Grouped(sex, label(catalogue, "sex", sex, lang), ((TOTAL, sex, TOTAL),))
            for sex in choices.sexes(TOTAL)
        ]
        return tuple(found) if len(found) > 1 else ()
    dimension = "education" if kind == "education" else "background"
    codes = choices.educations if kind == "education" else choices.known(kind)
    every = [
        Grouped(code, label(catalogue, dimension, code, lang), tuple(_lines(choices, kind, code)))
        for code in codes
    ]
    known = tuple(one for one in every if one.groups)
    return known if len(known) > 1 else ()


def whole(kind: str, code: str, sex: str = TOTAL) -> Group:
    """A group of a kind, as (background, sex, education)."""
    if kind == "sex":
        return TOTAL, code, TOTAL
    return (TOTAL, sex, code) if kind == "education" else (code, sex, TOTAL)


def drawn(one: Grouped, own: str, reference: Line | None) -> tuple[Line, ...]:
    """The lines of a group's chart, everybody at the back."""
    lines = tuple(_line(own, group, one.name, crossed=one.crossed) for group in one.groups)
    return ((reference,) if reference else ()) + lines


def everybody(choices: Offer, own: str, name: str) -> Line | None:
    """The line of everybody in the region, quiet; None where the source has none."""
    if EVERYBODY not in choices.existing:
        return None
    return Line(own, TOTAL, TOTAL, name, QUIET, width=1.5)


def _line(own: str, group: Group, name: str, *, crossed: bool) -> Line:
    background, sex, education = group
    colour = COLOURS[sex] if crossed else template.LEAD
    dash = "dash" if crossed and sex == "1" else "solid"
    return Line(own, sex, background, name, colour, dash, education=education)


def _lines(choices: Offer, kind: str, code: str) -> Iterator[Group]:
    """Women and men where the source crosses; else both together."""
    sexes = [whole(kind, code, sex) for sex in SEXES]
    if all(group in choices.existing for group in sexes):
        yield from sexes
    elif whole(kind, code) in choices.existing:
        yield whole(kind, code)
