"""
What may be chosen of an indicator in a region: groups of each kind, sexes, levels of education.

Pure. Everything in an offer exists in the source; which of it is shown is decided in `view`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.ages import tiled
from etl.catalogue import TOTAL, Catalogue

Group = tuple[str, str, str]  # (background, sex, education)
EVERYBODY: Group = (TOTAL, TOTAL, TOTAL)
MOST_LINES = 5
KINDS = ("origin", "stay", "reason", "age")  # of backgrounds, in the order of the controls
FOREIGN_BORN = "SAMUTF"
SEXES = ("2", "1")  # women before men


@dataclass(frozen=True)
class Offer:
    """
    What exists for one region.

    `kinds`: the kind of each background that exists, by code, in the catalogue's order.
    `educations`: the levels of education that exist, in the same order, everybody left out.
    """

    kinds: tuple[tuple[str, str], ...]
    educations: tuple[str, ...]
    existing: frozenset[Group]

    def has(self, background: str, sex: str = TOTAL, education: str = TOTAL) -> bool:
        """Whether the source has this combination."""
        return (background, sex, education) in self.existing

    def known(self, kind: str = "") -> tuple[str, ...]:
        """The groups of a kind, or of all, that exist for anybody here."""
        return tuple(code for code, own in self.kinds if kind in {own, ""})

    def groups(self, kind: str, sex: str = TOTAL, education: str = TOTAL) -> tuple[str, ...]:
        """The groups of a kind that exist for a sex and a level of education."""
        return tuple(code for code in self.known(kind) if self.has(code, sex, education))

    def opening(self, kind: str) -> tuple[str, ...]:
        """The groups that a breakdown by a kind starts with: at most five, ages that tile."""
        codes = self.groups(kind)
        if kind == "age":
            return tiled(codes, MOST_LINES) or codes[:MOST_LINES]
        return codes[:MOST_LINES]

    def everybody(self) -> str:
        """Everybody together; where the source has only groups, all foreign-born or the first."""
        groups = tuple(code for kind in KINDS for code in self.groups(kind))
        if self.has(TOTAL) or not groups:
            return TOTAL
        return FOREIGN_BORN if FOREIGN_BORN in groups else groups[0]

    def sexes(self, background: str, education: str = TOTAL) -> tuple[str, ...]:
        """The sexes that exist for a group."""
        return tuple(code for code in SEXES if self.has(background, code, education))

    def schooling(self, background: str, sex: str = TOTAL) -> tuple[str, ...]:
        """The levels of education that exist for a group."""
        return tuple(code for code in self.educations if self.has(background, sex, code))


def offer(catalogue: Catalogue, existing: Iterable[Group]) -> Offer:
    """What may be chosen, in the catalogue's order."""
    found = frozenset(existing)
    backgrounds, educations = ({group[place] for group in found} - {TOTAL} for place in (0, 2))
    named = [(one.code, one.kind) for one in catalogue.categories if one.kind in KINDS]
    levels = [code for dimension, code in catalogue.category if dimension == "education"]
    return Offer(
        tuple(pair for pair in named if pair[0] in backgrounds),
        tuple(code for code in levels if code in educations),
        found,
    )
