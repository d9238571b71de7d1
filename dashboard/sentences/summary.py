"""
What the leading figures of a chart say, for its page and its text alternative.

Pure. The sentences are those of `sentences`, `gaps` and `directions`; this only knows which
are said of a chart: the own region and group first, then whom it is shown beside. The words of
a caution follow every sentence that it concerns; here they stand once, where they come first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from dashboard.codes import EVERYBODY, Group
from dashboard.data.observation import Observation, observations
from dashboard.rules.stretches import later_breaks
from dashboard.sentences import unions
from dashboard.sentences.figures import (
    change_sentence,
    comparison_sentence,
    direction_sentences,
    gap_sentence,
    level_sentence,
    missing_sentence,
)
from dashboard.sentences.wording import Wording

MOST_COMPARED = 2
# Of these nobody learns by how much a municipality differs from the country.
NOT_COMPARED = frozenset({"count", "class"})
_Series = tuple[Observation, ...]


class SummaryLine(Protocol):
    """A line of a chart: its region and group, and its rows among those of the chart."""

    @property
    def region(self) -> str:
        """The code of its region."""

    @property
    def group(self) -> Group:
        """Whom it is about."""

    def rows(self, series: pd.DataFrame) -> pd.DataFrame:
        """Its rows of a frame that holds several series."""


@dataclass(frozen=True)
class Narrative:
    """
    Sentences: `level` and comparison, `change` of two years, `directions`.

    `united` says of the regions in `level` that are unions how they are made.
    """

    level: str = ""
    change: str = ""
    directions: tuple[str, ...] = ()
    united: tuple[str, ...] = ()

    @property
    def lede(self) -> str:
        """The level, and how what it tells of is made."""
        return " ".join(filter(None, (self.level, *self.united)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of them in order."""
        return tuple(filter(None, (self.lede, self.change, *self.directions)))


def narrative(rows: pd.DataFrame, lines: Sequence[SummaryLine], wording: Wording) -> Narrative:
    """What the lines say, the leading one first; nothing without lines."""
    found = [observations(line.rows(rows), wording.indicator.id) for line in lines]
    if not found:
        return Narrative()
    if len({line.region for line in lines}) == len(lines):
        return _cautioned_once(_of_region(found[0], found[1:], wording), wording)
    groups = [one for line, one in zip(lines, found, strict=True) if _part(line)]
    return _cautioned_once(_of_groups(groups, wording), wording)


def _cautioned_once(found: Narrative, wording: Wording) -> Narrative:
    """The narrative with the words of each caution only after the first sentence they concern."""
    marks = wording.indicator.breaks
    cautions = dict.fromkeys(m.text[wording.lang] for m in marks if m.severity == "caution")
    parts = [found.level, found.change, *found.directions]
    for words in cautions:
        parts = list(_kept_first(parts, f" {words}"))
    level, moved, *directed = parts
    return Narrative(level, moved, tuple(directed), found.united)


def _kept_first(parts: Iterable[str], words: str) -> Iterable[str]:
    """The parts with some words only where they stand first."""
    spoken = False
    for part in parts:
        before, *rest = part.split(words)
        first = words if rest and not spoken else ""
        spoken = spoken or bool(rest)
        yield "".join([before, first, *rest])


def _part(line: SummaryLine) -> bool:
    """Whether a line is a group and not everybody."""
    return line.group != EVERYBODY


def _of_region(own: _Series, beside: Sequence[_Series], wording: Wording) -> Narrative:
    """One region: its level beside the others in the same year, its change, its direction."""
    present = [one for one in own if one.present]
    told = [missing_sentence(one, wording) for one in own[-1:] if not one.present]
    if not present:
        return Narrative(" ".join(told))
    newest = present[-1]
    told.append(level_sentence(newest, wording))
    beside_it: list[Observation] = []
    if wording.indicator.measure not in NOT_COMPARED:
        others = [one for series in beside for one in series if one.period == newest.period]
        beside_it = others[:MOST_COMPARED]
    told += [comparison_sentence(newest, one, wording) for one in beside_it]
    moved = ""
    if len(present) > 1:
        broken = later_breaks(newest, own[-1], wording.indicator)
        moved = change_sentence(present[-2], newest, wording, broken)
    united = unions.union_sentences([newest, *beside_it], wording)
    return Narrative(" ".join(told), moved, direction_sentences(own, wording), tuple(united))


def _of_groups(groups: Sequence[_Series], wording: Wording) -> Narrative:
    """Groups of one region: the first and the last in their newest year, and each direction."""
    ends = [groups[0], groups[-1]] if len(groups) > 1 else list(groups)
    told = tuple(
        dict.fromkeys(one for series in ends for one in direction_sentences(series, wording))
    )
    present = [one for one in ends[0] if one.present] if ends else []
    newest = present[-1] if present else None
    if newest is None:
        return Narrative(
            " ".join(missing_sentence(one, wording) for one in ends[0][-1:]) if ends else ""
        )
    other = next((one for one in ends[-1] if one.period == newest.period), None)
    alone = len(ends) == 1 or other is None
    level = (
        level_sentence(newest, wording)
        if other is None or alone
        else gap_sentence(newest, other, wording)
    )
    return Narrative(
        level, directions=told, united=tuple(unions.union_sentences([newest], wording))
    )
