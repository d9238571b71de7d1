"""What a page is made from: the address, the warehouse that answers it, and the reader's look."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.data.context import Context
from dashboard.data.queries.holdings import region_rows
from dashboard.data.similarity import alike_municipalities, criteria
from dashboard.data.versions import Warehouse
from dashboard.sentences.wording import Wording
from dashboard.state.comparison import SIMILAR, likeness_words, with_known_weights
from dashboard.state.regions import (
    Region,
    regions_by_code,
    standing_state,
    with_region_group,
)
from dashboard.state.url import State
from dashboard.text.format import Look
from etl.catalogue import Catalogue, Indicator, Lang, Text
from etl.measures.similarity import Alike
from etl.measures.unions import RegionUnion

# Pages whose regions hold the own group of a link; what others remember of all regions must not.
_WITH_OWN_GROUPS = "/indikator/"


@dataclass(frozen=True)
class Visit:
    """
    One reader's visit of one address.

    `regions` are those of the warehouse by code; on the page of an indicator also the reader's own
    group, which is the union `own`. `current` is the current version, which a link with a version
    of its own may not show.
    """

    context: Context
    warehouse: Warehouse
    path: str
    state: State
    regions: Mapping[str, Region]
    look: Look
    current: str
    own: RegionUnion | None = None

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.state.lang

    @cached_property
    def where(self) -> Mapping[str, Text]:
        """Every region with its preposition, "i Botkyrka", by code."""
        own = self.own.code if self.own else ""
        where: Mapping[str, Text] = self.context.memory.recall(
            (self.warehouse.version, "where"),
            lambda: {code: region.where for code, region in self.regions.items() if code != own},
        )
        return {**where, own: self.regions[own].where} if own else where

    def similar(self, region: str, *indicators: str) -> tuple[str, ...]:
        """
        The municipalities similar to a region, nearest first; none where it is no municipality.

        They are chosen by the reader's criteria, but not by what the indicators (ids) are about.
        """
        return self._known_codes(self.alike(region, *indicators))

    def alike(self, region: str, *indicators: str) -> Alike | None:
        """The same with distances, criteria and what lacks them; None as `alike_municipalities`."""
        return alike_municipalities(
            self.context,
            self.warehouse,
            region,
            weights=self.state.all_weights,
            number=self.state.neighbours,
            indicators=indicators,
        )

    def chosen_by(self, *indicators: str) -> str:
        """
        By what the similar municipalities of the link are chosen, beside figures of indicators.

        "" for the published method, and where the link names none or its region has none.
        """
        named = SIMILAR in (self.state.comparison or ())
        found = self.alike(self.state.region, *indicators) if named else None
        return likeness_words(self.state, self.catalogue, found.left_out) if found else ""

    def published_similar(self, region: str, *indicators: str) -> tuple[str, ...]:
        """The municipalities similar to a region by the published method."""
        return self._known_codes(
            alike_municipalities(self.context, self.warehouse, region, indicators=indicators)
        )

    def _known_codes(self, found: Alike | None) -> tuple[str, ...]:
        nearest = (neighbour.code for neighbour in found.nearest) if found else ()
        return tuple(code for code in nearest if code in self.regions)

    def wording(self, indicator: Indicator) -> Wording:
        """The words of an indicator, its regions and groups in the language of the page."""
        return Wording(indicator, self.catalogue, self.where, self.lang, self.state.counts)

    @property
    def catalogue(self) -> Catalogue:
        """The indicators, themes and groups."""
        return self.context.catalogue


def visited(
    context: Context,
    warehouse: Warehouse,
    path: str,
    state: State,
    *,
    current: str,
    narrow: bool = False,
) -> Visit:
    """The visit of an address while `current` is the newest version; `narrow`: the window is."""
    context = context.reading(warehouse)
    regions = known_regions(context, warehouse)
    look = Look(state.lang, narrow=narrow, example=warehouse.example)
    known = {indicator.id for indicator in criteria(context.catalogue)}
    standing = with_known_weights(standing_state(state, regions), known)
    own = None
    if _WITH_OWN_GROUPS in path:
        regions, own, _ = with_region_group(standing.region_group, regions, state.lang)
    return Visit(context, warehouse, path, standing, regions, look, current, own)


def known_regions(context: Context, warehouse: Warehouse) -> Mapping[str, Region]:
    """The regions of a version by code, as `regions_by_code`; asked once."""
    return context.memory.recall(
        (warehouse.version, "regions"), lambda: regions_by_code(region_rows(warehouse))
    )
