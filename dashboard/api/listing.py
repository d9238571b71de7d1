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
from dashboard.data.queries.sources import (
    indicator_sources,
    missing_sources,
    source_notes,
    table_dates,
)
from dashboard.data.versions import Warehouse
from dashboard.exports.description import footnote_entries
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

    `address`: where the reader finds the panel, without a final slash. `indicator`: the id that
    the path names.
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
    coverage, problems = _coverage(request), missing_sources(request.warehouse)
    summaries = [
        declared.IndicatorSummary.model_validate(_summary(indicator, coverage, problems))
        for indicator in request.context.catalogue.indicators
    ]
    return declared.IndicatorsAnswer(meta=request.meta, data=summaries)


def indicator_answer(request: DataRequest[VersionQuery]) -> declared.IndicatorAnswer:
    """One indicator in full."""
    indicator = request.context.catalogue.indicator[request.indicator]
    warehouse = request.warehouse
    description = _summary(indicator, _coverage(request), missing_sources(warehouse)) | {
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
        "sources": _records(declared.IndicatorSource, indicator_sources(warehouse, [indicator.id])),
        "notes": footnote_entries(
            footnotes(source_notes(warehouse, [indicator.id]).to_dict("records"))
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
    rows = region_rows(request.warehouse).sort_values("code")
    if levels is not None:
        rows = rows[rows["level"].isin(levels)]
    if parents is not None:
        rows = rows[rows["parent"].isin(parents)]
    return declared.RegionsAnswer(meta=request.meta, data=_records(declared.RegionRecord, rows))


def versions_answer(context: Context) -> declared.VersionsAnswer:
    """The versions that are kept, newest first."""
    current = context.warehouses.newest()
    records = []
    for version in sorted(context.warehouses.available(), reverse=True):
        with context.warehouses.at(version) as warehouse:
            if warehouse is not None:
                run = build_run(warehouse).assign(
                    version=version, current=version == current, example=warehouse.example
                )
                records += _records(declared.VersionRecord, run)
    return declared.VersionsAnswer(meta=declared.CurrentVersion(current=current), data=records)


def freshness_answer(context: Context, warehouse: Warehouse) -> declared.FreshnessAnswer:
    """The state of the whole, of each table, and what is stale or missing and why."""
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


def _coverage(request: DataRequest[Any]) -> Mapping[str, Any]:
    """What there is of each indicator; remembered, for it reads every observation."""
    return request.context.memory.recall(
        (request.warehouse.version, "coverage"),
        lambda: {
            row["indicator"]: row
            for row in indicator_coverage(request.warehouse).to_dict("records")
        },
    )


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
) -> dict[str, list[declared.IndicatorGroup]]:
    """The codes of each dimension with their names; one without a name stands for itself."""
    names = {
        (row["dimension"], row["code"]): Bilingual(sv=row["label_sv"], en=row["label_en"])
        for row in category_labels(request.warehouse).to_dict("records")
    }
    groups: dict[str, list[declared.IndicatorGroup]] = {dimension: [] for dimension in DIMENSIONS}
    for row in dimension_codes(request.warehouse, indicator.id).to_dict("records"):
        key = dimension, code = row["dimension"], row["code"]
        category = request.context.catalogue.category.get(key)
        label = names.get(key, Bilingual(sv=code, en=code))
        if category:
            label = Bilingual.model_validate(category.label)
        kind = category.kind if category else "other"
        groups[dimension].append(declared.IndicatorGroup(code=code, kind=kind, label=label))
    return groups
