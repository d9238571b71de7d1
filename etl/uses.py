"""
Every source of every segment of every indicator, one by one.

Pure: the catalogue flattened, in its order.
"""

from dataclasses import dataclass

from etl.catalogue import Catalogue, Indicator, Segment, Source


@dataclass(frozen=True)
class Use:
    """One source of one segment of one indicator; `number` is its place in the segment."""

    indicator: Indicator
    segment: Segment
    source: Source
    number: int

    @property
    def name(self) -> str:
        """What the source is called in messages and in the warehouse."""
        return f"{self.source.table}#{self.number}"


def uses(catalogue: Catalogue) -> tuple[Use, ...]:
    """Return every source of the catalogue, in its order."""
    return tuple(
        Use(indicator, segment, source, number)
        for indicator in catalogue.indicators
        for segment in indicator.segments
        for number, source in enumerate(segment.sources)
    )
