"""
Which sentences summarise a chart, for its page and its text alternative.

Pure. The sentences are those of `figures`: the selected region and group first, then those that it
is compared with. A caution concerns several of them; its words stand once, where it comes first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from dashboard.codes import DIMENSIONS, EVERYBODY, Group
from dashboard.data.observation import Observation
from dashboard.rules.comparison import NOT_COMPARED, earlier_figure, has_seasons
from dashboard.rules.gaps import contrast, crossed_sides
from dashboard.rules.stretches import later_breaks
from dashboard.sentences import unions
from dashboard.sentences.figures import (
    Sentence,
    are_parts,
    change_sentence,
    comparison_sentence,
    contrast_sentence,
    direction_sentences,
    gap_sentence,
    level_sentence,
    level_since_sentence,
    missing_sentence,
    parts_sentence,
)
from dashboard.sentences.wording import Wording, group_label, value_phrase
from dashboard.text import format, lower_first, term
from etl.catalogue import TOTAL

_MOST_COMPARED = 2
_Series = tuple[Observation, ...]


class SummaryLine(Protocol):
    """A line of a chart: its region and group, and its rows among those of the chart."""

    @property
    def region(self) -> str:
        """The code of its region."""

    @property
    def group(self) -> Group:
        """Whom it is about."""

    def rows(self, series: Iterable[Observation]) -> tuple[Observation, ...]:
        """Its rows among those of several series."""


@dataclass(frozen=True)
class Narrative:
    """
    Sentences: `level` and comparison, `change` of two years, `directions`.

    `united`: how the regions in `level` that are unions are calculated.
    """

    level: str = ""
    change: str = ""
    directions: tuple[str, ...] = ()
    united: tuple[str, ...] = ()

    @property
    def lede(self) -> str:
        """The level, and how unions in it are calculated."""
        return " ".join(filter(None, (self.level, *self.united)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of them in order."""
        return tuple(filter(None, (self.lede, self.change, *self.directions)))


def narrative(
    rows: Sequence[Observation], lines: Sequence[SummaryLine], wording: Wording
) -> Narrative:
    """The sentences about some lines, the leading one first; none without lines."""
    series = [line.rows(rows) for line in lines]
    if not series:
        return Narrative()
    if len({line.region for line in lines}) == len(lines):
        return _of_region(series[0], series[1:], wording)
    if len({line.region for line in lines}) > 1 or len(_differing(lines)) > 1:
        return _of_crossed(lines, series, wording)
    groups = [group for line, group in zip(lines, series, strict=True) if line.group != EVERYBODY]
    return _of_groups(groups, wording)


def _differing(lines: Sequence[SummaryLine]) -> list[str]:
    """The dimensions in which the groups of lines differ."""
    return [name for name in DIMENSIONS if len({getattr(line.group, name) for line in lines}) > 1]


def _of_crossed(
    lines: Sequence[SummaryLine], series: Sequence[_Series], wording: Wording
) -> Narrative:
    """
    Groups that are crossed with regions or with each other: one gap, and where it is the wider.

    Where they hold no gap it is what is said of the groups of the first region that differ from its
    first in one dimension.
    """
    rows = {(line.region, line.group): found for line, found in zip(lines, series, strict=True)}
    sides = crossed_sides(list(rows), wording.indicator, wording.catalogue)
    found = contrast(rows, sides, wording.indicator) if sides else None
    if sides:
        told = [rows[side] for side in sides[0] if side in rows]
        summary = _of_groups(told, wording)
    else:
        summary = _of_groups(_along_one_dimension(lines, series), wording)
    if found is None:
        return summary
    level = " ".join(filter(None, [summary.level, contrast_sentence(found, wording)]))
    return replace(summary, level=level)


def _along_one_dimension(lines: Sequence[SummaryLine], series: Sequence[_Series]) -> list[_Series]:
    """The series of the first region whose group differs from the first in one dimension only."""
    first = lines[0]
    own = [line for line in lines if line.region == first.region]
    dimension = next(iter(_differing(own)), "sex")
    alike = first.group._replace(**{dimension: TOTAL})
    return [
        found
        for line, found in zip(lines, series, strict=True)
        if line.region == first.region and line.group._replace(**{dimension: TOTAL}) == alike
    ]


def with_members(
    summary: Narrative, members: Iterable[Sequence[Observation]], wording: Wording
) -> Narrative:
    """The sentences with the newest figures of the members that stand in a union's place."""
    by_group: dict[Group, list[Observation]] = {}
    for series in members:
        newest = [row for row in series if row.present][-1:] or list(series[-1:])
        for row in newest:
            by_group.setdefault(row.group, []).append(row)
    sentences = [_member_sentence(figures, wording) for figures in by_group.values()]
    return replace(summary, level=" ".join(filter(None, [summary.level, *sentences])))


def _member_sentence(figures: Sequence[Observation], wording: Wording) -> str:
    """The members of one group by name: "Delarna var för sig 2024: Albyberget 4,1 procent; …"."""
    lang, newest = wording.lang, max(row.period for row in figures)
    group = group_label(wording.catalogue, figures[0].group, lang)
    when = format.period_name(newest, lang)
    when = when if figures[0].group == EVERYBODY else f"{when} ({lower_first(group)})"
    names = [wording.region_name(row.region) for row in figures]
    short = [name.partition(" (")[0] for name in names]
    told = [one if short.count(one) == 1 else name for one, name in zip(short, names, strict=True)]
    parts = [
        _member_words(name, row, newest, wording) for name, row in zip(told, figures, strict=True)
    ]
    return term("union_members_newest", lang, period=when, members="; ".join(parts))


def _member_words(name: str, row: Observation, newest: str, wording: Wording) -> str:
    """A member with its figure, with its year where that is another; or that it has none."""
    if not row.present:
        return f"{name}: {lower_first(term('not_available', wording.lang))}"
    words = f"{name} {value_phrase(row, wording)}"
    period = format.period_name(row.period, wording.lang)
    return words if row.period == newest else f"{words} ({period})"


def newest_level(present: Sequence[Observation], wording: Wording) -> Sentence:
    """The level of the last figure of a series; of a month with its change since a year before."""
    return _level_since(present, wording) or Sentence(level_sentence(present[-1], wording))


def _level_since(present: Sequence[Observation], wording: Wording) -> Sentence | None:
    earlier = earlier_figure(present)
    if earlier is None or not has_seasons(earlier.period):
        return None
    return level_since_sentence(present[-1], earlier, wording)


def _narrative(
    level: Sequence[Sentence] = (),
    change: Sequence[Sentence] = (),
    directions: Sequence[Sentence] = (),
    united: Iterable[str] = (),
) -> Narrative:
    """The sentences, with the words of each caution only after the first that it concerns."""
    texts = _with_cautions_once([*level, *change, *directions])
    return Narrative(
        level=" ".join(islice(texts, len(level))),
        change=" ".join(islice(texts, len(change))),
        directions=tuple(texts),
        united=tuple(united),
    )


def _with_cautions_once(sentences: Iterable[Sentence]) -> Iterator[str]:
    known: set[str] = set()
    for sentence in sentences:
        cautions = tuple(words for words in sentence.cautions if words not in known)
        known.update(cautions)
        yield replace(sentence, cautions=cautions).complete


def _of_region(series: _Series, comparison: Sequence[_Series], wording: Wording) -> Narrative:
    """
    One region: its level beside the others in the same period, its change, its direction.

    Of a month or quarter the change stands with the level.
    """
    present = [row for row in series if row.present]
    level = [Sentence(missing_sentence(row, wording)) for row in series[-1:] if not row.present]
    if not present:
        return _narrative(level)
    newest = present[-1]
    level.append(newest_level(present, wording))
    compared: list[Observation] = []
    if wording.indicator.measure not in NOT_COMPARED:
        same_year = (
            row
            for compared_rows in comparison
            for row in compared_rows
            if row.period == newest.period
        )
        compared = list(islice(same_year, _MOST_COMPARED))
    level += [comparison_sentence(newest, row, wording) for row in compared]
    change = []
    earlier = earlier_figure(present)
    broken = later_breaks(newest, series[-1], wording.indicator)
    if earlier and (broken or not _level_since(present, wording)):
        change = [change_sentence(earlier, newest, wording, broken)]
    united = unions.union_sentences([newest, *compared], wording)
    return _narrative(level, change, direction_sentences(series, wording), united)


def _level_of_groups(newest: Observation, groups: Sequence[_Series], wording: Wording) -> Sentence:
    """Every part of a whole; of other groups the first and the last; in the newest period."""
    rows = [row for series in groups for row in series if row.period == newest.period]
    if are_parts(rows, wording.indicator):
        return parts_sentence(rows, wording)
    last = next((row for row in groups[-1] if row.period == newest.period), None)
    if last and len(groups) > 1:
        return gap_sentence(newest, last, wording)
    return Sentence(level_sentence(newest, wording))


def _is_unknown(series: _Series, wording: Wording) -> bool:
    """Whether a series is of persons whose group is not known."""
    codes = ((name, getattr(row.group, name)) for row in series[:1] for name in DIMENSIONS)
    known = (wording.catalogue.category.get(code) for code in codes)
    return any(category is not None and category.unknown for category in known)


def _of_groups(groups: Sequence[_Series], wording: Wording) -> Narrative:
    """
    Groups of one region: the first and the last in their newest year, and each direction.

    Those whose group is unknown are in the chart and in no sentence, where there are others.
    """
    groups = [series for series in groups if not _is_unknown(series, wording)] or groups
    if not groups:
        return Narrative()
    ends = [groups[0], groups[-1]] if len(groups) > 1 else [groups[0]]
    present = [row for row in ends[0] if row.present]
    if not present:
        return _narrative([Sentence(missing_sentence(row, wording)) for row in ends[0][-1:]])
    newest = present[-1]
    level = _level_of_groups(newest, groups, wording)
    directions = dict.fromkeys(
        sentence for series in ends for sentence in direction_sentences(series, wording)
    )
    return _narrative(
        [level], directions=list(directions), united=unions.union_sentences([newest], wording)
    )
