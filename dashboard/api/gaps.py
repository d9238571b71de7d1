"""
The gap between two groups, a page at a time, and what is wrong with a question for it.

An edge: it reads a warehouse, by the same functions as the view of differences.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from dashboard.api import declared
from dashboard.api.declared import (
    API_PREFIX,
    Bilingual,
    FieldProblem,
    GapChangesQuery,
    GapsQuery,
)
from dashboard.api.listing import DataRequest
from dashboard.codes import DIMENSIONS, Group
from dashboard.data.observation import Observation
from dashboard.exports.extract import LICENCE
from dashboard.exports.gaps import gap_change_record, gap_record
from dashboard.panels.gaps import (
    PairGaps,
    figures_behind,
    gaps_of_regions,
    listed_gaps,
    source_of,
    tables_behind,
)
from dashboard.panels.inventory import existing_level_groups
from dashboard.rules.gap_changes import may_be_ranked
from dashboard.rules.gaps import differing, dimension_of, offered_pairs, pair_refusal, with_code
from dashboard.state.regions import standing_code
from dashboard.state.url import State
from dashboard.state.visit import Visit, visited
from dashboard.text import LANGS, term
from etl.catalogue import TOTAL
from etl.catalogue.periods import lies_between

GapsRequest = DataRequest[GapsQuery]
GapChangesRequest = DataRequest[GapChangesQuery]
_MOST_OFFERED = 10  # pairs that a refusal names
_REFUSED = {
    "same": "the two are one group",
    "dimensions": "the two differ in more than one dimension, or in none that is known",
    "kinds": "the two are groups of unlike kinds, as by origin and by time in Sweden",
    "nested": "some people are in both",
    "class": "the indicator is a class and no number",
    "count": "the indicator is a number of people, which says nothing of groups of unlike size",
}


def gaps_answer(request: GapsRequest) -> declared.GapsAnswer:
    """The gaps of the regions asked for, by region and period, one page of them."""
    query, visit = request.query, _visit(request)
    codes = _codes(request, visit)
    known = _known(request, visit, codes)
    gaps = [
        gap
        for code in codes
        for gap in known.of(code)
        if lies_between(gap.period, query.first, query.last)
    ]
    page = gaps[query.offset : query.offset + query.limit]
    data = [
        declared.GapRecord(
            **gap_record(
                gap,
                query.measure,
                name=visit.regions[gap.first.region].name(query.lang),
                lang=query.lang,
            )
        )
        for gap in page
    ]
    figures = [side for gap in page for side in (gap.first, gap.second)]
    meta = declared.GapsMeta(
        **_pair_meta(request, visit, known, figures),
        measure=query.measure,
        **_paging(request, len(page), len(gaps)),
    )
    return declared.GapsAnswer(meta=meta, data=data)


def gap_changes_answer(request: GapChangesRequest) -> declared.GapChangesAnswer:
    """What became of the gap in each of the regions asked for, over one period."""
    query, visit = request.query, _visit(request)
    codes = _codes(request, visit)
    known = _known(request, visit, codes)
    periods = {
        gap.period
        for code in codes
        for gap in known.of(code)
        if gap.value is not None and lies_between(gap.period, query.first, query.last)
    }
    until = max(periods, default="")
    names = {code: visit.regions[code].name(query.lang) for code in codes if known.of(code)}
    levels = {visit.regions[code].level for code in names}
    dimension = differing(known.pair)
    found = None
    if until:
        found = listed_gaps(
            visit,
            known,
            names,
            until=until,
            since=query.first or "",
            order="kod",
            ranked=all(may_be_ranked(level, dimension, known.indicator) for level in levels),
        )
    rows = found.rows if found else ()
    page = sorted(rows, key=lambda row: row.region)[query.offset : query.offset + query.limit]
    one, other = query.pair or ("", "")
    data = [
        declared.GapChangeRecord(
            **gap_change_record(
                row,
                known.indicator,
                pair=(one, other),
                name=names[row.region],
                until=until,
                lang=query.lang,
            )
        )
        for row in page
    ]
    period = found.period if found else None
    meta = declared.GapChangesMeta(
        **_pair_meta(request, visit, known, figures_behind(known, page)),
        period=until or None,
        change_from="/".join(period.first) if period else None,
        change_to="/".join(period.last) if period else None,
        counts={str(one): count for one, count in found.counts.items()} if found else {},
        **_paging(request, len(page), len(rows)),
    )
    return declared.GapChangesAnswer(meta=meta, data=data)


def gap_problems(request: DataRequest[Any]) -> Iterator[FieldProblem]:
    """That indicator or pair are not given, or that two groups make no pair of it."""
    query = request.query
    if not isinstance(query, GapsQuery | GapChangesQuery):
        return
    if query.indicator is None:
        yield FieldProblem(field="indicator", detail="expected the id of one indicator")
    if query.pair is None:
        yield FieldProblem(field="pair", detail="expected two codes, such as SE,SAMUTF")
    catalogue = request.context.catalogue
    indicator = catalogue.indicator.get(query.indicator or "")
    if indicator is None or query.pair is None:
        return
    names = [dimension_of(code, catalogue) for code in query.pair]
    if unknown := [code for code, name in zip(query.pair, names, strict=True) if not name]:
        listed = f"{API_PREFIX}/indicators/{indicator.id}"
        detail = f"there is no group {', '.join(unknown)!r:.80}; {listed} lists them"
        if TOTAL in unknown:
            detail = f"nested: {TOTAL} is everybody, and {_REFUSED['nested']}"
        yield FieldProblem(field="pair", detail=detail)
        return
    pair = _groups(request)
    if refusal := pair_refusal(*pair, indicator, catalogue):
        field = "indicator" if refusal in {"class", "count"} else "pair"
        yield FieldProblem(field=field, detail=f"{refusal}: {_REFUSED[refusal]}")
        return
    existing = {group for _, group in existing_level_groups(_visit(request), indicator)}
    if not existing.issuperset(pair):
        offered = offered_pairs(_common(query), existing, indicator, catalogue)
        pairs = [",".join(one) for of_kind in offered.values() for one in of_kind]
        told = " or ".join(pairs[:_MOST_OFFERED]) or "another indicator: this one has no pairs"
        detail = f"there are no figures of both beside what they have in common; expected {told}"
        yield FieldProblem(field="pair", detail=detail)


def _visit(request: DataRequest[Any]) -> Visit:
    state = State(lang=request.query.lang)
    return visited(request.context, request.warehouse, "", state, current=request.warehouse.version)


def _common(query: GapsQuery | GapChangesQuery) -> Group:
    """What both groups have in common, the dimension of the pair aside."""
    return Group(query.sex, query.background, query.age, query.education)


def _groups(request: DataRequest[Any]) -> tuple[Group, Group]:
    common, catalogue = _common(request.query), request.context.catalogue
    first, second = (with_code(common, code, catalogue) for code in request.query.pair)
    return first, second


def _codes(request: DataRequest[Any], visit: Visit) -> tuple[str, ...]:
    """The regions asked for, in the order of their codes."""
    query = request.query
    level = query.level or (None if query.region else "municipality")
    named = (
        {standing_code(code, visit.regions) for code in query.region}
        if query.region
        else visit.regions.keys()
    )
    codes = [
        code
        for code, region in visit.regions.items()
        if code in named and (level is None or region.level == level)
    ]
    return tuple(sorted(codes))


def _known(request: DataRequest[Any], visit: Visit, codes: Sequence[str]) -> PairGaps:
    indicator = request.context.catalogue.indicator[request.query.indicator]
    return gaps_of_regions(visit, indicator, _groups(request), codes)


def _pair_meta(
    request: DataRequest[Any], visit: Visit, known: PairGaps, figures: Sequence[Observation]
) -> dict[str, Any]:
    """What both answers say of the pair, and where the figures of the page come from."""
    dimension = differing(known.pair)
    common = known.pair[0]._asdict()
    tables = tables_behind(visit, known.indicator, figures)
    return {
        "version": request.warehouse.version,
        "example": request.warehouse.example,
        "indicator": known.indicator.id,
        "pair": list(request.query.pair),
        "dimension": dimension,
        "common": {name: common[name] for name in DIMENSIONS if name != dimension},
        "source": source_of(visit, tables),
        "tables": list(tables),
        "note": Bilingual(**{lang: term("gap_why", lang) for lang in LANGS}),
    }


def _paging(request: DataRequest[Any], rows: int, total: int) -> dict[str, Any]:
    following = request.query.offset + rows
    more = rows and following < total
    return {
        "licence": LICENCE,
        "rows": rows,
        "total": total,
        "next": _link(request, following) if more else None,
    }


def _link(request: DataRequest[Any], offset: int) -> str:
    """The address of the rows from `offset` on, of this version for good."""
    query = request.query
    path = "gaps" if isinstance(query, GapsQuery) else "gaps/changes"
    values = query.model_dump(by_alias=True, exclude_defaults=True)
    values |= {"version": request.warehouse.version, "limit": query.limit, "offset": offset}
    texts = {
        name: ",".join(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    return f"{request.address}{API_PREFIX}/{path}?{urlencode(texts, safe=',')}"
