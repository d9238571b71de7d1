"""
What a source of the catalogue is once it is bound to a table: data only.

Pure. `binding` makes them, `plan` asks for their cells, `observations` reads those.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.catalogue import Catalogue, Indicator, Segment, Source


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


def uses(catalogue: Catalogue) -> tuple[Use, ...]:
    """Return every source of the catalogue, in its order."""
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
    )


@dataclass(frozen=True)
class Group:
    """One code of ours and the codes of the source whose cells are added (or taken away)."""

    column: str
    code: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Block:
    """One sum of cells per observation: for each variable of the table, its groups."""

    axes: Mapping[str, tuple[Group, ...]]


@dataclass(frozen=True, eq=False)
class Bound:
    """
    A source of a segment bound to a table as it is today.

    `value` is the block of a published figure; a share has `numerator` and `denominator`.
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
    def selection(self) -> dict[str, tuple[str, ...]]:
        """Every code that is needed of every variable, in the order of the blocks."""
        found: dict[str, dict[str, None]] = {}
        for block in self.blocks:
            for variable, groups in block.axes.items():
                codes = (c for group in groups for c in (*group.plus, *group.minus))
                found.setdefault(variable, {}).update(dict.fromkeys(codes))
        for variable, twin, total in self.twins:
            found[variable] |= {total: None, twin: None}
        return {variable: tuple(codes) for variable, codes in found.items()}

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
