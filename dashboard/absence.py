"""
What stands where a region has no figure of an indicator.

Knows which indicators have figures anywhere, remembered per version; the words are `text`'s.
"""

from dashboard import queries, unions
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator


def absence(visit: Visit, indicator: Indicator) -> str:
    """That there is no figure here, or none anywhere; of a union why there can be none."""
    known = visit.context.memory.recall(
        (visit.warehouse.version, "indicators"),
        lambda: frozenset(queries.indicators(visit.warehouse)),
    )
    region = visit.places.get(visit.state.region)
    if indicator.id not in known or region is None:
        return term("no_data", visit.lang)
    where = region.where[visit.lang]
    if region.members and indicator.union == "none":
        name = where.partition(" ")[2]
        return unions.none(indicator, name=name, members=(), background=TOTAL, lang=visit.lang)
    return term("no_data_here", visit.lang, where=where)
