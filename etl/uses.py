"""
Every source of every segment of every indicator, one by one.

Pure: the catalogue flattened, in its order.
"""

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
