"""
What stands out in a region, with everything that it was chosen from.

An edge: it reads the open version.
"""

from functools import partial

from dashboard.api import declared
from dashboard.api.declared import Bilingual, HighlightsQuery
from dashboard.api.listing import DataRequest
from dashboard.exports.extract import LICENCE
from dashboard.exports.highlights import candidate_records
from dashboard.panels.highlights import candidate_tables, resource_ids, standout
from dashboard.sentences.highlights import highlight_sentence
from dashboard.state.regions import standing_code
from dashboard.state.url import State
from dashboard.state.visit import known_regions, visited
from dashboard.text import LANGS
from etl.catalogue import Lang


def highlights_answer(request: DataRequest[HighlightsQuery]) -> declared.HighlightsAnswer:
    """What stands out, the largest z first, and every comparison of the region."""
    warehouse = request.warehouse
    region = standing_code(request.query.region, known_regions(request.context, warehouse))
    visits = {
        lang: visited(request.context, warehouse, "/", State(lang=lang), current=warehouse.version)
        for lang in LANGS
    }
    visit = visits["sv"]
    found = standout(visit, region)
    level = visit.regions[region].level
    records = candidate_records(
        region,
        found.found,
        visit.catalogue,
        resources=resource_ids(visit.catalogue),
        tables=partial(candidate_tables, visit, region),
    )
    tried = [declared.HighlightCandidate.model_validate(record) for record in records]
    by_place = {one.place: one for one in tried if one.place}

    def told(place: int, lang: Lang) -> str:
        one = found.found.chosen[place - 1]
        wording = visits[lang].wording(one.indicator)
        return highlight_sentence(one, region, level, wording)

    return declared.HighlightsAnswer(
        meta=declared.HighlightsMeta(
            region=region,
            version=warehouse.version,
            example=warehouse.example,
            examined=found.found.examined,
            least_z=found.found.least_z if found.found.examined else None,
            not_tried=found.why_none,
            licence=LICENCE,
        ),
        data=[
            declared.HighlightRecord(
                place=place,
                indicator=by_place[place].indicator,
                kind=by_place[place].kind,
                sentence=Bilingual(sv=told(place, "sv"), en=told(place, "en")),
            )
            for place in sorted(by_place)
        ],
        candidates=tried,
    )
