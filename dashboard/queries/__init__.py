"""
Every SQL question of the panels, one function each.

Knows `etl/schema.sql`. It shapes nothing for a page and remembers nothing.
"""

from dashboard.queries.existing import (
    confirmed,
    groups,
    held,
    indicators,
    members,
    newest_periods,
    of_areas,
    regions,
)
from dashboard.queries.headlines import Headline, Spread, beside, headlines, spreads
from dashboard.queries.inventory import breakdowns, freshness, revisions, tables
from dashboard.queries.likeness import people, post_secondary
from dashboard.queries.pairs import pairs
from dashboard.queries.rows import latest, newest, series
from dashboard.queries.sources import notes, problems, sources
from dashboard.queries.standing import Standing, Wanted, standing

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
