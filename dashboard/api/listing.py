"""
What there is: indicators, regions, versions, freshness, as the models of `declared`.

An edge: it reads a warehouse. Keys are English, texts of the catalogue in both languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

from dashboard.api import declared
from dashboard.api.declared import AnswerMeta, Bilingual, RegionsQuery, VersionQuery
from dashboard.codes import DIMENSIONS
from dashboard.data.context import Context
from dashboard.data.queries.holdings import (
    build_run,
    category_labels,
    dimension_codes,
    indicator_coverage,
    region_rows,
)
from dashboard.data.queries.sources import missing_sources, table_dates
from dashboard.data.versions import Reading, UnreadableError, Warehouse
from dashboard.exports.description import footnote_entries
from dashboard.exports.read import version_facts
from dashboard.panels.losses import loss_sentence, losses
from dashboard.sentences.footnotes import footnotes
from etl.catalogue import Indicator

AnswerRecord = TypeVar("AnswerRecord", bound=declared.Shape)
Asked_co = TypeVar("Asked_co", bound=declared.DataQuery, covariant=True)
_NO_COVERAGE: Mapping[str, Any] = {
    "first": None,
    "last": None,
    "regions": 0,
    "observations": 0,
    "levels": [],
}


@dataclass(frozen=True)
class DataRequest(Generic[Asked_co]):
    """
    A request that was read, and the open version that answers it.

    `address`: where readers find the panel, without a final slash, "" where that is not
    configured. `indicator`: the id that the path names.
    """

    context: Context
    warehouse: Warehouse
    query: Asked_co
    address: str
    indicator: str = ""

    @property
    def meta(self) -> AnswerMeta:
        """The version that answers."""
        return AnswerMeta(version=self.warehouse.version, example=self.warehouse.example)


def indicators_answer(request: DataRequest[VersionQuery]) -> declared.IndicatorsAnswer:
    """Every indicator of the catalogue, also those without figures."""
    return declared.IndicatorsAnswer(meta=request.meta, data=list(_summaries(request).values()))


def _summaries(request: DataRequest[Any]) -> Mapping[str, declared.IndicatorSummary]:
    """What each indicator measures and what there is of it, by id; asked once a version."""
    return request.context.memory.recall(
        (request.warehouse.identity, "summaries"), lambda: _all_summaries(request)
    )


def _all_summaries(request: DataRequest[Any]) -> dict[str, declared.IndicatorSummary]:
    coverage = {
        row["indicator"]: row for row in indicator_coverage(request.warehouse).to_dict("records")
    }
    problems = missing_sources(request.warehouse)
    return {
        indicator.id: declared.IndicatorSummary.model_validate(
            _summary(indicator, coverage, problems)
        )
        for indicator in request.context.catalogue.indicators
    }


def indicator_answer(request: DataRequest[VersionQuery]) -> declared.IndicatorAnswer:
    """One indicator in full."""
    indicator = request.context.catalogue.indicator[request.indicator]
    facts = version_facts(request.context, request.warehouse)
    description = dict(_summaries(request)[indicator.id]) | {
        "definition": indicator.definition,
        "population": indicator.population,
        "not_captured": indicator.not_captured,
        "to_confirm": indicator.to_confirm,
        "breaks": indicator.breaks,
        "segments": [
            {
                "id": segment.id,
                "title": segment.title,
                "first_year": segment.years.first,
                "last_year": segment.years.last,
                "ages": segment.ages,
            }
            for segment in indicator.segments
        ],
        "groups": _groups(request, indicator),
        "sources": [
            {
                "table": source["table_id"],
                **{name: source[name] for name in ("title", "segment", "level")},
                **{name: source[name] for name in ("updated", "fetched")},
            }
            for source in facts.sources[indicator.id]
        ],
        "notes": footnote_entries(
            footnotes(note for note in facts.notes if note["indicator"] == indicator.id)
        ),
        "formerly": [
            {"id": former.id, "title": former.title, "since": former.since, "reason": former.reason}
            for former in request.context.catalogue.retired
            if former.replaced_by == indicator.id
        ],
    }
    return declared.IndicatorAnswer.model_validate({"meta": request.meta, "data": description})


def regions_answer(request: DataRequest[RegionsQuery]) -> declared.RegionsAnswer:
    """Regions and unions by code, of some levels or below some regions."""
    levels, parents = request.query.level, request.query.parent
    records = request.context.memory.recall(
        (request.warehouse.version, "region records"),
        lambda: _records(declared.RegionRecord, region_rows(request.warehouse).sort_values("code")),
    )
    asked = [
        record
        for record in records
        if (levels is None or record.level in levels)
        and (parents is None or record.parent in parents)
    ]
    return declared.RegionsAnswer(meta=request.meta, data=asked)


def versions_answer(context: Context, reading: Reading) -> declared.VersionsAnswer:
    """The versions that are kept, newest first."""
    current = reading.current
    kept = (
        _kept_version(context, version)
        for version in sorted(context.warehouses.available(), reverse=True)
    )
    records = [
        record.model_copy(update={"current": record.version == current})
        for record in kept
        if record is not None
    ]
    return declared.VersionsAnswer(
        meta=declared.CurrentVersion(current=current, unreadable=reading.unreadable or None),
        data=records,
    )


def _kept_version(context: Context, version: str) -> declared.VersionRecord | None:
    """What a version says of itself, asked once; None where it cannot be opened."""

    def record() -> declared.VersionRecord:
        with context.warehouses.at(version) as warehouse:
            if warehouse is None:
                raise UnreadableError(version)
            run = build_run(warehouse).assign(
                version=version, current=False, example=warehouse.example
            )
            return _records(declared.VersionRecord, run)[0]

    try:
        return context.memory.recall((version, "record"), record)
    except UnreadableError:
        return None


def freshness_answer(context: Context, reading: Reading) -> declared.FreshnessAnswer:
    """The state of the whole, of each table, and what is stale or missing and why."""
    warehouse = reading.warehouse
    if warehouse is None:
        raise UnreadableError("there is no version whose freshness could be told")
    known = context.memory.recall(
        (warehouse.identity, "freshness"), lambda: _freshness(context, warehouse)
    )
    return known.model_copy(update={"unreadable": reading.unreadable or None})


def _freshness(context: Context, warehouse: Warehouse) -> declared.FreshnessAnswer:
    problems, tables = missing_sources(warehouse), table_dates(warehouse)
    # A version from before an indicator was retired still has its problems.
    problems = problems[~problems["indicator"].isin(list(context.catalogue.retired_by_id))]
    late = problems[problems["stale"].astype(bool)]
    reasons = {table: _reasons(rows) for table, rows in late.groupby("table_id")}
    tables = tables.assign(
        id=tables["table_id"],
        stale=tables["table_id"].isin(list(reasons)),
        reason=tables["table_id"].map(reasons),
    )
    return declared.FreshnessAnswer(
        status="stale" if len(late) else "incomplete" if len(problems) else "ok",
        version=warehouse.version,
        built=build_run(warehouse)["built"].iloc[0],
        example=warehouse.example,
        unreadable=None,
        tables=_records(declared.TableFreshness, tables),
        problems=_records(declared.IndicatorProblem, problems),
        losses=[
            declared.IndicatorLoss(
                indicator=indicator,
                what=loss.what,
                levels=list(loss.levels),
                first_year=loss.first or None,
                last_year=loss.last or None,
                text=Bilingual(sv=loss_sentence(loss, "sv"), en=loss_sentence(loss, "en")),
            )
            for indicator, lost in losses(context.catalogue, warehouse).items()
            for loss in lost
        ],
    )


def _records(model: type[AnswerRecord], rows: pd.DataFrame) -> list[AnswerRecord]:
    """The rows of a frame, which may have more columns; `table_id` is what we call the table."""
    columns = rows.rename(columns={"table_id": "table"})[list(model.model_fields)]
    return [model.model_validate(row) for row in columns.to_dict("records")]


def _summary(
    indicator: Indicator, coverage: Mapping[str, Any], problems: pd.DataFrame
) -> dict[str, Any]:
    """The fields of an `IndicatorSummary`."""
    covered = coverage.get(indicator.id, _NO_COVERAGE)
    problems = problems[problems["indicator"] == indicator.id]
    return {
        "id": indicator.id,
        "title": indicator.title,
        "theme": indicator.theme,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "measure": indicator.measure,
        "frequency": indicator.frequency,
        "better": indicator.better,
        "union": indicator.union,
        "counted": indicator.counted and indicator.counted.many,
        "dimensions": indicator.dimensions,
        "levels": list(covered["levels"]),
        "first_period": covered["first"],
        "last_period": covered["last"],
        "regions": covered["regions"],
        "observations": covered["observations"],
        "stale": bool(problems["stale"].any()),
        "reason": _reasons(problems) or None,
    }


def _reasons(problems: pd.DataFrame) -> str:
    return "; ".join(problems["reason"].drop_duplicates())


def _groups(
    request: DataRequest[Any], indicator: Indicator
) -> Mapping[str, list[declared.IndicatorGroup]]:
    """The codes of each dimension with their names; one without a name stands for itself."""
    by_indicator = request.context.memory.recall(
        (request.warehouse.version, "groups of indicators"), lambda: _all_groups(request)
    )
    return by_indicator.get(indicator.id, {name: [] for name in DIMENSIONS})


def _all_groups(
    request: DataRequest[Any],
) -> dict[str, dict[str, list[declared.IndicatorGroup]]]:
    """The same of all indicators, which reads every observation."""
    names = {
        (row["dimension"], row["code"]): Bilingual(sv=row["label_sv"], en=row["label_en"])
        for row in category_labels(request.warehouse).to_dict("records")
    }
    groups: dict[str, dict[str, list[declared.IndicatorGroup]]] = {}
    for indicator, dimension, code in dimension_codes(request.warehouse):
        category = request.context.catalogue.category.get((dimension, code))
        label = names.get((dimension, code), Bilingual(sv=code, en=code))
        if category:
            label = Bilingual.model_validate(category.label)
        kind = category.kind if category else "other"
        own = groups.setdefault(indicator, {name: [] for name in DIMENSIONS})
        own[dimension].append(declared.IndicatorGroup(code=code, kind=kind, label=label))
    return groups
