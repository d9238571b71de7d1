"""
Every SQL question of the panels, one function each.

Knows `etl/schema.sql`. It shapes nothing for a page and remembers nothing.
"""

from dashboard.data.queries.figures import (
    Headline,
    Spread,
    Standing,
    Wanted,
    beside,
    headlines,
    latest,
    newest,
    pairs,
    people,
    post_secondary,
    series,
    spreads,
    standing,
)
from dashboard.data.queries.holdings import (
    breakdowns,
    confirmed,
    freshness,
    groups,
    held,
    indicators,
    members,
    newest_periods,
    of_areas,
    regions,
    revisions,
    tables,
)
from dashboard.data.queries.sources import notes, problems, sources

__all__ = [
    "Headline",
    "Spread",
    "Standing",
    "Wanted",
    "beside",
    "breakdowns",
    "confirmed",
    "freshness",
    "groups",
    "headlines",
    "held",
    "indicators",
    "latest",
    "members",
    "newest",
    "newest_periods",
    "notes",
    "of_areas",
    "pairs",
    "people",
    "post_secondary",
    "problems",
    "regions",
    "revisions",
    "series",
    "sources",
    "spreads",
    "standing",
    "tables",
]
