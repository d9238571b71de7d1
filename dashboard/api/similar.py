"""
The municipalities similar to one, by the criteria that are asked for.

An edge: it reads the open version.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dashboard.api import declared
from dashboard.api.declared import FieldProblem, SimilarQuery
from dashboard.api.listing import DataRequest
from dashboard.data.similarity import criteria
from dashboard.exports.extract import LICENCE
from dashboard.exports.similar import similar_records
from dashboard.panels.similar import SimilarList, similar_list, similar_source, similar_tables
from dashboard.state.regions import standing_code
from dashboard.state.url import KEYS, State
from dashboard.state.visit import Visit, visited
from etl.measures.similarity import MAIN_GROUP, PUBLISHED


def similar_answer(request: DataRequest[SimilarQuery]) -> declared.SimilarAnswer:
    """The municipality itself, then those nearest to it, with what they are like."""
    visit, shown = _asked(request)
    names = {code: region.name(request.query.lang) for code, region in visit.regions.items()}
    records = similar_records(shown, names) if shown else []
    fixed = {"region", "region_name", "place", "distance", "main_group"}
    data = [
        declared.SimilarRecord(
            **{name: record[name] for name in fixed},
            values={name: record[name] for name in record.keys() - fixed},
        )
        for record in records
    ]
    found = shown.found if shown else None
    meta = declared.SimilarMeta(
        version=request.warehouse.version,
        example=request.warehouse.example,
        region=visit.state.region,
        weights={name: weight for name, weight in visit.state.all_weights.items() if weight},
        neighbours=visit.state.neighbours,
        published=not visit.state.weights,
        used=list(found.used) if found else [],
        left_out=dict(found.left_out) if found else {},
        lacking={name: list(codes) for name, codes in found.lacking.items()} if found else {},
        level_with_last=list(found.level_with_last) if found else [],
        near=found.near if found else None,
        years=dict(shown.likeness.years) if shown else {},
        source=similar_source(visit),
        tables=list(similar_tables(visit)),
        licence=LICENCE,
        rows=len(data),
    )
    return declared.SimilarAnswer(meta=meta, data=data)


def similar_problems(request: DataRequest[Any]) -> Iterator[FieldProblem]:
    """That the region is no municipality, or that weights are of no criterion or leave none."""
    query = request.query
    if not isinstance(query, SimilarQuery):
        return
    if query.region is None:
        yield FieldProblem(field="region", detail="expected the code of a municipality")
    else:
        visit = _visit(request)
        known = visit.regions.get(visit.state.region)
        if known and known.level != "municipality":
            detail = f"{known.code} is no municipality: only municipalities are compared so"
            yield FieldProblem(field="region", detail=detail)
    offered = [*PUBLISHED, *(one.id for one in criteria(request.context.catalogue))]
    weights, invalid = KEYS["weights"].read(query.weights or "")
    wrong = [*invalid, *(name for name, _ in weights if name not in offered)]
    if wrong:
        listed = ", ".join(offered)
        detail = f"{', '.join(wrong)!r:.80}: expected a criterion and 0 to 3; criteria: {listed}"
        yield FieldProblem(field="weights", detail=detail)
    elif not any(
        one for name, one in State(weights=weights).all_weights.items() if name != MAIN_GROUP
    ):
        detail = "at least one criterion besides the main group needs a weight"
        yield FieldProblem(field="weights", detail=detail)


def _visit(request: DataRequest[SimilarQuery]) -> Visit:
    query = request.query
    weights, _ = KEYS["weights"].read(query.weights or "")
    state = State(weights=weights, neighbours=query.neighbours, lang=query.lang)
    visit = visited(
        request.context, request.warehouse, "", state, current=request.warehouse.version
    )
    region = standing_code(query.region or "", visit.regions)
    return replace(visit, state=replace(visit.state, region=region))


def _asked(request: DataRequest[SimilarQuery]) -> tuple[Visit, SimilarList | None]:
    visit = _visit(request)
    return visit, similar_list(visit, visit.state.region, *(request.query.indicator or ()))
