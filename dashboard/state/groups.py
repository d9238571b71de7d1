"""
What may be chosen of an indicator in a region: groups of each kind, sexes, levels of education.

Pure. Everything in an offer exists in the source; which of it is shown is decided in `resolve`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dashboard.codes import (
    BACKGROUND_KINDS,
    DIMENSIONS,
    EVERYBODY,
    FOREIGN_BORN,
    SEXES,
    Group,
    dimension_of_kind,
)
from etl.catalogue import TOTAL, Catalogue
from etl.catalogue.ages import span as ages_of

_Chain = tuple[tuple[int, int, str], ...]  # first and last age, and the code


def tiled(codes: Iterable[str], most: int) -> tuple[str, ...]:
    """
    At most `most` ages that follow on each other, youngest first.

    Of all such chains the one that covers most years, then the one of most groups; codes that are
    no ages are left out.
    """
    spans = sorted((*ages, code) for code in codes if (ages := ages_of(code)))
    chains: list[_Chain] = []
    for span in reversed(spans):
        after = [chain for chain in chains if chain[0][0] == span[1] + 1 and len(chain) < most]
        chains += [(span,), *((span, *chain) for chain in after)]
    return tuple(code for _, _, code in max(chains, key=_worth, default=()))


def _worth(chain: _Chain) -> tuple[int, int]:
    return sum(last - first + 1 for first, last, _ in chain), len(chain)


MOST_LINES = 6  # of one chart
MOST_SERIES = 24  # lines in all small charts together


@dataclass(frozen=True)
class Offer:
    """
    What exists for one region.

    `kinds`: the kind of each background that exists, by code, in the catalogue's order.
    `ages`, `educations`: the codes of these that exist, in the same order, everybody left out;
    single years of age and the classes of a pyramid are rows of the table, and in no menu.
    """

    kinds: tuple[tuple[str, str], ...]
    ages: tuple[str, ...]
    educations: tuple[str, ...]
    existing: frozenset[Group]

    @cached_property
    def schooling(self) -> str:
        """All levels of education; where the source has only each, the first of them."""
        if not self.educations or any(group.education == TOTAL for group in self.existing):
            return TOTAL
        return self.educations[0]

    def base(self, kind: str) -> Group:
        """Whom the groups of a kind are of: everybody, or whom the source has instead."""
        background = self.everybody() if kind == "education" else TOTAL
        return Group(background=background, education=self.schooling)

    def known(self, kind: str = "") -> tuple[str, ...]:
        """The groups of a kind, or all backgrounds, that exist for anybody here."""
        if kind in {"age", "education"}:
            return self.ages if kind == "age" else self.educations
        return tuple(code for code, kind_of_code in self.kinds if kind in {kind_of_code, ""})

    def groups(self, kind: str) -> tuple[str, ...]:
        """The groups of a kind that exist for everybody in all other dimensions."""
        return self.beside(kind, self.base(kind))

    def opening(self, kind: str) -> tuple[str, ...]:
        """The groups that a breakdown by a kind starts with: at most six, ages that tile."""
        return opening_codes(kind, self.groups(kind))

    def crossed(self, kind: str, groups: Iterable[Group]) -> tuple[str, ...]:
        """
        The groups of a kind that exist with all other dimensions of every one of some groups.

        Where all of these are of everybody, of those whom the source has instead.
        """
        name = dimension_of_kind(kind)
        rest = Group(background=self.everybody(), education=self.schooling)
        others = [other for other in DIMENSIONS if other != name]
        fixed = {
            Group(
                **{
                    other: getattr(rest if getattr(group, other) == TOTAL else group, other)
                    for other in others
                }
            )
            for group in groups
        }
        return tuple(
            code
            for code in (SEXES if kind == "sex" else self.known(kind))
            if {group._replace(**{name: code}) for group in fixed} <= self.existing
        )

    def any_of(self, kind: str) -> tuple[str, ...]:
        """The groups of a kind that exist for anybody here."""
        if kind != "sex":
            return self.known(kind)
        existing = {group.sex for group in self.existing}
        return tuple(code for code in SEXES if code in existing)

    def nearest(self, group: Group, dimension: str) -> Group | None:
        """Of the groups with the same code in a dimension the one most like another; or None."""
        code = getattr(group, dimension)
        same = (one for one in self.existing if getattr(one, dimension) == code)
        return min(same, key=lambda one: _distance(one, group), default=None)

    def nearest_base(self, kind: str, group: Group) -> Group | None:
        """The one most like a group that the groups of a kind exist beside; None without any."""
        name, codes = dimension_of_kind(kind), frozenset(self.any_of(kind))
        beside: Counter[Group] = Counter(
            one._replace(**{name: TOTAL}) for one in self.existing if getattr(one, name) in codes
        )
        wanted = group._replace(**{name: TOTAL})
        several = (one for one, count in beside.items() if count > 1)
        return min(several, key=lambda one: _distance(one, wanted), default=None)

    def everybody(self) -> str:
        """Everybody together; where the source has only groups, all foreign-born or the first."""
        groups = tuple(code for kind in BACKGROUND_KINDS for code in self.groups(kind))
        if Group(education=self.schooling) in self.existing or not groups:
            return TOTAL
        return FOREIGN_BORN if FOREIGN_BORN in groups else groups[0]

    def sexes(self, group: Group = EVERYBODY) -> tuple[str, ...]:
        """The sexes that exist with the other dimensions of a group."""
        return tuple(code for code in SEXES if group._replace(sex=code) in self.existing)

    def beside(self, kind: str, group: Group = EVERYBODY) -> tuple[str, ...]:
        """The groups of a kind that exist with the other dimensions of a group."""
        name = dimension_of_kind(kind)
        return tuple(
            code for code in self.known(kind) if group._replace(**{name: code}) in self.existing
        )


def _distance(group: Group, other: Group) -> tuple[int, int, Group]:
    """How unlike two groups are: dimensions that differ, those that are not of everybody; order."""
    unlike = sum(one != two for one, two in zip(group, other, strict=True))
    return unlike, sum(code != TOTAL for code in group), group


def opening_codes(kind: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some groups of a kind that a breakdown starts with: at most six, ages that tile."""
    if kind == "age":
        return tiled(codes, MOST_LINES) or codes[:MOST_LINES]
    return codes[:MOST_LINES]


def offer(catalogue: Catalogue, existing: Iterable[Group]) -> Offer:
    """What may be chosen, in the catalogue's order."""
    groups = frozenset(existing)
    backgrounds = {group.background for group in groups} - {TOTAL}
    educations = {group.education for group in groups} - {TOTAL}
    kinds = tuple(
        (category.code, category.kind)
        for category in catalogue.categories
        if category.kind in BACKGROUND_KINDS and category.code in backgrounds
    )
    ages = {group.age for group in groups} - {TOTAL}
    return Offer(
        kinds,
        tuple(
            entry.code
            for entry in catalogue.categories
            if entry.kind == "age" and entry.code in ages
        ),
        tuple(
            entry.code
            for entry in catalogue.categories
            if entry.kind == "education" and entry.code in educations
        ),
        groups,
    )
