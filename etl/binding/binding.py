"""
Which table, contents and codes at the source give the values of a segment.

Pure: catalogue and a table's metadata in; bound sources, their requests, or sentences out.
Contents are bound by text and code together; undocumented codes of variables by their label.
What the catalogue declares and the table lacks is a warning; what a value cannot do without is
an error.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from etl.binding.fitting import other_periods, read_regions
from etl.binding.texts import content_code, nearest, unit_likeness
from etl.catalogue import (
    TOTAL,
    Catalogue,
    Contents,
    Indicator,
    Labelled,
    Segment,
    SharePart,
    Source,
    Table,
    Variable,
)
from etl.catalogue import Value as Wanted
from etl.catalogue.periods import Frequency, year_of
from etl.catalogue.regions import (
    LAST_YEAR_OF_2020_DIVISION,
    NEWER_DIVISION,
    Regions,
    level_of_code,
)
from etl.errors import SourceError
from etl.source.jsonstat import Dataset, Dimension, normalised, without_code
from etl.source.selection import CellRequest, check_splits, expanded, table_requests


@dataclass(frozen=True)
class Use:
    """
    One source of one segment of one indicator, told apart by `key`.

    `key`: the ids of indicator and segment, and the table with the source's place among the
    segment's sources, under which it stands in messages and in the warehouse.
    """

    key: tuple[str, str, str]
    indicator: Indicator = field(compare=False, repr=False)
    segment: Segment = field(compare=False, repr=False)
    source: Source = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the source is called within its segment."""
        return self.key[2]

    @property
    def contents(self) -> Iterator[Contents]:
        """Every content that the source takes values from."""
        yield from (*self.source.added, *self.source.by_background.values())
        for part in (self.source, self.source.numerator, self.source.denominator):
            if part and part.contents:
                yield part.contents


def uses(catalogue: Catalogue, table: str | None = None) -> tuple[Use, ...]:
    """Return every source of the catalogue, or of one table by its key, in their order."""
    return tuple(
        Use(
            key=(indicator.id, segment.id, f"{source.table}#{number}"),
            indicator=indicator,
            segment=segment,
            source=source,
        )
        for indicator in catalogue.indicators
        for segment in indicator.segments
        for number, source in enumerate(segment.sources)
        if table in {None, source.table}
    )


def period_length(sources: Iterable[Use]) -> Frequency:
    """Return how long the periods of a table are, by its uses: one length, says the catalogue."""
    return next((use.indicator.frequency for use in sources), "year")


@dataclass(frozen=True)
class CodeGroup:
    """One code of ours and the codes of the source whose cells are added (or taken away)."""

    column: str
    code: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Block:
    """One sum of cells per observation: for each variable of the table, its groups."""

    axes: Mapping[str, tuple[CodeGroup, ...]]


@dataclass(frozen=True, eq=False)
class Bound:
    """
    A source of a segment bound to a table as it is today.

    `value` is the block of a published figure; a share that we make has `numerator` and
    `denominator`, and so has a published one whose counts stand beside it.
    `twins` pairs (variable, code, code of the total that it must equal).
    """

    use: Use
    contents: tuple[str, ...]
    value: Block | None
    numerator: Block | None
    denominator: Block | None
    twins: tuple[tuple[str, str, str], ...]
    warnings: tuple[str, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that are filled."""
        return tuple(b for b in (self.value, self.numerator, self.denominator) if b)

    @property
    def codes(self) -> Iterator[tuple[str, str]]:
        """Every column and code of ours that the source can give values of."""
        for block in self.blocks:
            for groups in block.axes.values():
                yield from ((group.column, group.code) for group in groups if group.column)

    @property
    def selection(self) -> dict[str, tuple[str, ...]]:
        """Every code that is needed of every variable, in the order of the blocks."""
        needed: dict[str, dict[str, None]] = {}
        for block in self.blocks:
            for variable, groups in block.axes.items():
                codes = (c for group in groups for c in (*group.plus, *group.minus))
                needed.setdefault(variable, {}).update(dict.fromkeys(codes))
        for variable, twin, total in self.twins:
            needed[variable] |= {total: None, twin: None}
        return {variable: tuple(codes) for variable, codes in needed.items()}

    @property
    def splittable(self) -> frozenset[str]:
        """Variables whose codes do not belong together in one answer."""
        tied = {variable for variable, *_ in self.twins} | {
            variable
            for block in self.blocks
            for variable, groups in block.axes.items()
            if any(len(group.plus) + len(group.minus) != 1 for group in groups)
            or [g.plus for g in groups] != [g.plus for g in self.blocks[0].axes[variable]]
        }
        return frozenset(self.blocks[0].axes) - tied


@dataclass
class _Notes:
    """What is found while a source is bound: problems stop it, warnings do not."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def _variable_groups(
    variable: Variable, dimension: Dimension, notes: _Notes
) -> tuple[CodeGroup, ...]:
    """Return the groups of one variable: its total, the codes it keeps, and its sums."""
    column = "" if variable.role == "other" else variable.role
    groups = []
    if variable.total is not None:
        total = variable.total if isinstance(variable.total, tuple) else (variable.total,)
        groups.append(CodeGroup(column, TOTAL, _sum_members(dimension, total, notes)))
    for target, codes in (
        (column, variable.keep),
        ("sex", variable.sex),
        ("age", variable.age),
        ("education", variable.education),
    ):
        available = (_table_code(dimension, code, notes) for code in codes)
        groups += _single_groups(target, filter(None, available))
    groups += [
        CodeGroup(column, code, _sum_members(dimension, values, notes))
        for code, values in variable.sums.items()
    ]
    return tuple(groups)


def _sum_members(dimension: Dimension, values: Iterable[Wanted], notes: _Notes) -> tuple[str, ...]:
    """Return all codes of a sum, each once."""
    members = {value: _codes(dimension, value, notes) for value in dict.fromkeys(values)}
    lacking = [value for value, codes in members.items() if not codes]
    if lacking:
        notes.problems.append(
            f"variable {dimension.code} has no {', '.join(map(_name, lacking))}; nearest: "
            + _nearest(dimension, lacking[0])
        )
    return tuple(dict.fromkeys(code for codes in members.values() for code in codes))


def _table_code(dimension: Dimension, value: Wanted, notes: _Notes) -> str | None:
    """Return the table's own code of a value, or None when it has no such value."""
    codes = _codes(dimension, value, notes)
    if not codes:
        near = f"; nearest: {_nearest(dimension, value)}" if isinstance(value, Labelled) else ""
        notes.warnings.append(f"{dimension.code} {_name(value)} is declared but absent{near}")
    return codes[0] if codes else None


def _single_groups(column: str, codes: Iterable[str]) -> tuple[CodeGroup, ...]:
    """Return a group for each code, under its own name."""
    return tuple(CodeGroup(column, code, (code,)) for code in codes)


def _codes(dimension: Dimension, value: Wanted, notes: _Notes) -> tuple[str, ...]:
    if isinstance(value, Labelled):
        text = normalised(value.label)
        matching = [
            code
            for code, label in dimension.labels.items()
            if normalised(without_code(label, code)) == text
        ]
        if len(matching) > 1:
            notes.problems.append(
                f"variable {dimension.code} has {len(matching)} values labelled {value.label!r}"
            )
        return tuple(matching[:1])
    try:
        codes = expanded(value, dimension.codes)
    except SourceError as error:
        notes.problems.append(f"variable {dimension.code}: {error}")
        return (value,)
    if odd := _no_number(codes):
        notes.problems.append(
            f"variable {dimension.code}: {value} holds {odd!r}, expected single numbers"
        )
    return codes


def _no_number(codes: Sequence[str]) -> str:
    """
    Return the first code that is none among the numbers of a range, as 16, 17, 100+ are; "" if all.

    A class of ages among single ones ("15-19") would count its people twice.
    """
    if not codes or not codes[0].isdecimal():
        return ""
    return next((code for code in codes if not code.rstrip("+").isdecimal()), "")


def _name(value: Wanted) -> str:
    return f"value labelled {value.label!r}" if isinstance(value, Labelled) else f"code {value!r}"


def _nearest(dimension: Dimension, value: Wanted) -> str:
    if isinstance(value, Labelled):
        return nearest(normalised(value.label), dimension.labels)
    return nearest(value, dimension.labels, codes=True)


def bound(use: Use, table: Table, dataset: Dataset, known: Regions) -> tuple[Bound, ...]:
    """
    Bind one source to its table; two results where the table holds both RegSO divisions.

    An area whose border is the same in both divisions is one region, under its code of 2020.

    Raises:
        SourceError: naming every content, total or member that the table lacks.

    """
    binder = _Binder(use, table, dataset, known)
    absent = [
        variable.code for variable in binder.variables if variable.code not in dataset.dimensions
    ]
    if absent:
        raise SourceError(f"the table has no variable {', '.join(absent)}")
    bounds = tuple(binder.results())
    if binder.notes.problems:
        raise SourceError("; ".join(dict.fromkeys(binder.notes.problems)))
    return bounds


class _Binder:
    """Collects problems and warnings while one source is bound."""

    def __init__(self, use: Use, table: Table, dataset: Dataset, known: Regions) -> None:
        self.use, self.table, self.dataset, self.known = use, table, dataset, known
        self.segment, self.source = use.segment, use.source
        self.notes = _Notes()
        replaced = {variable.code: variable for variable in use.source.variables}
        self.variables = [replaced.get(variable.code, variable) for variable in table.variables]

    def results(self) -> Iterable[Bound]:
        periods = self._periods()
        for regions, of_division in self._divisions(periods):
            source, value = self.source, None
            if source.counts_beside or not source.denominator:
                value = self._block(None, regions, of_division)
            if source.counts_beside:
                numerator, denominator = self._beside(source.counts_beside, regions, of_division)
            else:
                numerator, denominator = (
                    self._block(part, regions, of_division) if part else None
                    for part in (source.numerator, source.denominator)
                )
            codes = dict.fromkeys(
                content
                for block in (value, numerator, denominator)
                if block
                for group in block.axes[self.dataset.metric]
                for content in group.plus
            )
            yield Bound(
                use=self.use,
                contents=tuple(codes),
                value=value,
                numerator=numerator,
                denominator=denominator,
                twins=self._twins(),
                warnings=tuple(dict.fromkeys(self.notes.warnings)),
            )

    def _periods(self) -> tuple[str, ...]:
        """Periods of the segment that the table is declared to have, and has."""
        years = self.segment.years
        codes = self.dataset.dimensions[self.dataset.time].codes
        if odd := other_periods(codes, self.use.indicator.frequency):
            self.notes.problems.append(odd)
            return ()
        inside = tuple(code for code in codes if code in years and code in self.table.years)
        if not inside:
            self.notes.problems.append(
                f"no year of segment {self.segment.id}, which begins {years.first}: the table "
                f"holds {min(codes)}-{max(codes)}, declared are years from "
                f"{self.table.years.first} to {self.table.years.last or 'now'}"
            )
        return inside

    def _divisions(
        self, periods: tuple[str, ...]
    ) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Regions with the periods they exist in: SCB sends 0 outside a division's years."""
        regions = self._regions()
        areas = [code for code in regions if level_of_code(code) == "regso"]
        newer = [code for code in areas if code.endswith(NEWER_DIVISION)]
        divided = set(areas) if 0 < len(newer) < len(areas) else set()
        since = {code for code in periods if year_of(code) > LAST_YEAR_OF_2020_DIVISION}
        for codes, valid in (
            (set(regions) - divided, set(periods)),
            (divided - set(newer), set(periods) - since),
            (divided & set(newer), since),
        ):
            if codes and valid:
                yield (
                    tuple(code for code in regions if code in codes),
                    tuple(period for period in periods if period in valid),
                )

    def _regions(self) -> tuple[str, ...]:
        regions = tuple(
            code
            for code in read_regions(self.table, self.dataset, self.known)
            if level_of_code(code) in self.source.levels
        )
        absent = [
            level for level in self.source.levels if level not in set(map(level_of_code, regions))
        ]
        sentences = [f"no region of level {name}" for name in absent]
        (self.notes.warnings if regions else self.notes.problems).extend(sentences)
        return regions

    def _beside(
        self,
        parts: tuple[SharePart, SharePart],
        regions: tuple[str, ...],
        periods: tuple[str, ...],
    ) -> tuple[Block | None, Block | None]:
        """The counts beside a published share; where the table lacks one, that is told."""
        of_share, self.notes.problems = self.notes.problems, []
        numerator, denominator = (self._block(part, regions, periods) for part in parts)
        lacking, self.notes.problems = self.notes.problems, of_share
        self.notes.warnings += lacking
        return (None, None) if lacking else (numerator, denominator)

    def _block(
        self, part: SharePart | None, regions: tuple[str, ...], periods: tuple[str, ...]
    ) -> Block:
        axes: dict[str, tuple[CodeGroup, ...]] = {}
        for variable in self.variables:
            dimension = self.dataset.dimensions[variable.code]
            if variable.role == "region":
                axes[variable.code] = tuple(
                    CodeGroup("region", self.known.same_area.get(code, code), (code,))
                    for code in regions
                )
            elif part and (variable.code in part.codes or variable.code in part.minus):
                plus = _sum_members(dimension, part.codes.get(variable.code, ()), self.notes)
                minus = _sum_members(dimension, part.minus.get(variable.code, ()), self.notes)
                axes[variable.code] = (CodeGroup("", TOTAL, plus, minus),)
            elif variable.left_out:
                if not dimension.eliminable:
                    self.notes.problems.append(
                        f"variable {variable.code} must be selected and is left out"
                    )
            else:
                axes[variable.code] = _variable_groups(variable, dimension, self.notes)
                if not axes[variable.code]:
                    self.notes.problems.append(f"variable {variable.code} has no declared code")
        axes[self.dataset.metric] = self._contents(part)
        axes[self.dataset.time] = _single_groups("period", periods)
        order = [code for code in self.dataset.dimensions if code in axes]
        return Block({code: axes[code] for code in order})

    def _contents(self, part: SharePart | None) -> tuple[CodeGroup, ...]:
        """Return the contents that are added, or that of each background where they are groups."""
        if self.source.by_background:
            return tuple(
                CodeGroup("background", code, (self._content(contents),))
                for code, contents in self.source.by_background.items()
            )
        contents = (part.contents if part else None) or self.source.contents
        assert contents is not None  # noqa: S101  the catalogue's model guarantees it
        added = () if part else self.source.added
        return (CodeGroup("", TOTAL, tuple(map(self._content, (contents, *added)))),)

    def _content(self, contents: Contents) -> str:
        metric = self.dataset.dimensions[self.dataset.metric]
        try:
            code = content_code(contents, metric)
        except SourceError as error:
            self.notes.problems.append(str(error))
            return ""
        if contents.code not in {None, code}:
            self.notes.warnings.append(
                f"content {contents.text!r} has the code {code}, documented is {contents.code}"
            )
        self._check_unit(code, contents, *metric.units.get(code, ("", None)))
        return code

    def _check_unit(self, code: str, contents: Contents, unit: str, decimals: int | None) -> None:
        """Refuse another unit; tell one that nobody knows, or none, and other decimals."""
        wrong = []
        likeness = unit_likeness(unit, contents.unit)
        if likeness != "same":
            wrong.append(f"unit {unit!r}" if unit.strip() else "no unit")
        if decimals != contents.decimals:
            wrong.append("no number of decimals" if decimals is None else f"{decimals} decimals")
        if wrong:
            (self.notes.problems if likeness == "other" else self.notes.warnings).append(
                f"content {code} has {' and '.join(wrong)}, expected {contents.unit!r} with "
                f"{contents.decimals}"
            )

    def _twins(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (variable.code, twin, variable.total)
            for variable in self.variables
            for code in variable.twins
            if isinstance(variable.total, str)
            and (twin := _table_code(self.dataset.dimensions[variable.code], code, self.notes))
        )


def bounds_of(
    table: Table, dataset: Dataset, sources: Iterable[Use], known: Regions, *, limit: int
) -> tuple[dict[Use, tuple[Bound, ...]], dict[Use, str]]:
    """Bind every use of one table; return what can be asked for, and for the rest the reason."""
    ready: dict[Use, tuple[Bound, ...]] = {}
    reasons: dict[Use, str] = {}
    for use in sources:
        try:
            bounds = bound(use, table, dataset, known)
            for bound_source in bounds:
                check_splits(bound_source.selection, limit, bound_source.splittable)
            ready[use] = bounds
        except SourceError as error:
            reasons[use] = str(error)
    return ready, reasons


def planned(
    table: str, metric: str, bounds: Iterable[Bound], limit: int
) -> dict[Bound, tuple[CellRequest, ...]]:
    """
    Return the requests of each bound source of one table.

    Sources that need the same codes share their requests, in whatever order each names them.
    Different contents do so where all fit in one call; larger ones are asked for by themselves,
    which takes no more calls and less memory.
    """
    alike: dict[Any, list[Bound]] = {}
    for bound_source in bounds:
        rest = frozenset(
            (name, frozenset(codes))
            for name, codes in bound_source.selection.items()
            if name != metric
        )
        alike.setdefault(rest, []).append(bound_source)
    plan: dict[Bound, tuple[CellRequest, ...]] = {}
    for group in alike.values():
        contents = tuple(
            dict.fromkeys(c for bound_source in group for c in bound_source.selection[metric])
        )
        together = {**group[0].selection, metric: contents}
        if prod(map(len, together.values())) <= limit:
            shared = tuple(table_requests(table, together, limit, frozenset()))
            plan |= dict.fromkeys(group, shared)
        else:
            plan |= _by_contents(table, metric, group, limit)
    return plan


def _by_contents(
    table: str, metric: str, bounds: Sequence[Bound], limit: int
) -> dict[Bound, tuple[CellRequest, ...]]:
    """Return the requests of sources that need the same codes, for each content its own."""
    alike: dict[frozenset[str], list[Bound]] = {}
    for bound_source in bounds:
        alike.setdefault(frozenset(bound_source.selection[metric]), []).append(bound_source)
    plan: dict[Bound, tuple[CellRequest, ...]] = {}
    for group in alike.values():
        selection = group[0].selection
        together = frozenset.intersection(*(one.splittable for one in group))
        try:
            check_splits(selection, limit, together)
            parted = [(group, together)]
        except SourceError:  # what belongs together in any of them is too much for one call
            parted = [([one], one.splittable) for one in group]
        for some, splittable in parted:
            requests = tuple(table_requests(table, some[0].selection, limit, splittable))
            plan |= dict.fromkeys(some, requests)
    return plan
