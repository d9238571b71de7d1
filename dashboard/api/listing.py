"""
What there is: indicators, regions, versions, freshness, as the models of `declared`.

An edge: it reads a warehouse. Keys are English, texts of the catalogue in both languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

from dashboard.api.declared import (
    AnswerMeta,
    Bilingual,
    CurrentVersion,
    DataQuery,
    FreshnessAnswer,
    IndicatorAnswer,
    IndicatorBreak,
    IndicatorDescription,
    IndicatorGroup,
    IndicatorGroups,
    IndicatorNote,
    IndicatorProblem,
    IndicatorsAnswer,
    IndicatorSegment,
    IndicatorSource,
    IndicatorSummary,
    RegionRecord,
    RegionsAnswer,
    RegionsQuery,
    TableFreshness,
    VersionQuery,
    VersionRecord,
    VersionsAnswer,
)
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
from etl.catalogue import Indicator, Text

Asked_co = TypeVar("Asked_co", bound=DataQuery, covariant=True)
NO_COVERAGE: Mapping[str, Any] = {
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


def indicators_answer(request: DataRequest[VersionQuery]) -> IndicatorsAnswer:
    """Every indicator of the catalogue, also those without figures."""
    coverage, problems = _coverage(request), missing_sources(request.warehouse)
    summaries = [
        IndicatorSummary(**_summary(indicator, coverage, problems))
        for indicator in request.context.catalogue.indicators
    ]
    return IndicatorsAnswer(meta=request.meta, data=summaries)


def indicator_answer(request: DataRequest[VersionQuery]) -> IndicatorAnswer:
    """One indicator in full."""
    indicator = request.context.catalogue.indicator[request.indicator]
    warehouse = request.warehouse
    description = IndicatorDescription(
        **_summary(indicator, _coverage(request), missing_sources(warehouse)),
        definition=_bilingual(indicator.definition),
        population=_bilingual(indicator.population),
        not_captured=_bilingual(indicator.not_captured),
        to_confirm=indicator.to_confirm,
        breaks=[
            IndicatorBreak(
                period=mark.period,
                severity=mark.severity,
                applies_to=list(mark.applies_to),
                text=_bilingual(mark.text),
            )
            for mark in indicator.breaks
        ],
        segments=[
            IndicatorSegment(
                id=segment.id,
                title=_bilingual(segment.title),
                first_year=segment.years.first,
                last_year=segment.years.last,
                ages=segment.ages,
            )
            for segment in indicator.segments
        ],
        groups=_groups(request, indicator),
        sources=[
            IndicatorSource(
                table=row["table_id"],
                title=_text(row["title"]),
                segment=row["segment"],
                level=row["level"],
                updated=_moment(row["updated"]),
                fetched=_moment(row["fetched"]),
            )
            for row in indicator_sources(warehouse, [indicator.id]).to_dict("records")
        ],
        notes=[
            IndicatorNote(table=row["table_id"], text=row["text"])
            for row in source_notes(warehouse, indicator.id).to_dict("records")
        ],
    )
    return IndicatorAnswer(meta=request.meta, data=description)


def regions_answer(request: DataRequest[RegionsQuery]) -> RegionsAnswer:
    """Regions and unions by code, of some levels or below some regions."""
    levels, parents = request.query.level, request.query.parent
    rows = region_rows(request.warehouse).sort_values("code")
    records = [
        RegionRecord(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            parent=_text(row["parent"]),
            division=_text(row["division"]),
            valid_from=_text(row["valid_from"]),
            valid_to=_text(row["valid_to"]),
            members=[] if row["members"] is None else list(row["members"]),
        )
        for row in rows.to_dict("records")
        if (levels is None or row["level"] in levels)
        and (parents is None or row["parent"] in parents)
    ]
    return RegionsAnswer(meta=request.meta, data=records)


def versions_answer(context: Context) -> VersionsAnswer:
    """The versions that are kept, newest first."""
    current = context.warehouses.newest()
    records = []
    for version in sorted(context.warehouses.kept(), reverse=True):
        with context.warehouses.at(version) as warehouse:
            if warehouse is not None:
                run = build_run(warehouse).iloc[0]
                records.append(
                    VersionRecord(
                        version=version,
                        current=version == current,
                        built=_moment(run["built"]),
                        example=warehouse.example,
                        observations=int(run["observations"]),
                    )
                )
    return VersionsAnswer(meta=CurrentVersion(current=current), data=records)


def freshness_answer(warehouse: Warehouse) -> FreshnessAnswer:
    """The state of the whole, of each table, and what is stale or missing and why."""
    problems = missing_sources(warehouse)
    stale = problems["stale"]
    status: Any = "stale" if stale.any() else "ok" if stale.empty else "incomplete"
    return FreshnessAnswer(
        status=status,
        version=warehouse.version,
        built=_moment(build_run(warehouse)["built"].iloc[0]),
        example=warehouse.example,
        tables=[
            _table(row, problems[problems["table_id"] == row["table_id"]])
            for row in table_dates(warehouse).to_dict("records")
        ],
        problems=[
            IndicatorProblem(
                indicator=row["indicator"],
                segment=row["segment"],
                source=row["source"],
                table=_text(row["table_id"]),
                stale=bool(row["stale"]),
                reason=row["reason"],
            )
            for row in problems.to_dict("records")
        ],
    )


def _moment(value: Any) -> str | None:
    """A time of the warehouse as ISO 8601 in UTC; None when it is not known."""
    return None if pd.isna(value) else f"{value:%Y-%m-%dT%H:%M:%SZ}"


def _text(value: Any) -> str | None:
    """A text of the warehouse; None where there is none."""
    return value if isinstance(value, str) else None


def _bilingual(text: Text) -> Bilingual:
    return Bilingual(sv=text.sv, en=text.en)


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
    covered = coverage.get(indicator.id, NO_COVERAGE)
    problems = problems[problems["indicator"] == indicator.id]
    return {
        "id": indicator.id,
        "title": _bilingual(indicator.title),
        "theme": indicator.theme,
        "unit": _bilingual(indicator.unit),
        "decimals": indicator.decimals,
        "measure": indicator.measure,
        "better": indicator.better,
        "union": indicator.union,
        "dimensions": list(indicator.dimensions),
        "levels": list(covered["levels"]),
        "first_period": covered["first"],
        "last_period": covered["last"],
        "regions": int(covered["regions"]),
        "observations": int(covered["observations"]),
        "stale": bool(problems["stale"].any()),
        "reason": "; ".join(problems["reason"].drop_duplicates()) or None,
    }


def _groups(request: DataRequest[Any], indicator: Indicator) -> IndicatorGroups:
    """The codes of each dimension with their names; one without a name stands for itself."""
    names = {
        (row["dimension"], row["code"]): Bilingual(sv=row["label_sv"], en=row["label_en"])
        for row in category_labels(request.warehouse).to_dict("records")
    }
    groups: dict[str, list[IndicatorGroup]] = {dimension: [] for dimension in DIMENSIONS}
    for row in dimension_codes(request.warehouse, indicator.id).to_dict("records"):
        key = dimension, code = row["dimension"], row["code"]
        category = request.context.catalogue.category.get(key)
        label = (
            _bilingual(category.label) if category else names.get(key, Bilingual(sv=code, en=code))
        )
        kind = category.kind if category else "other"
        groups[dimension].append(IndicatorGroup(code=code, kind=kind, label=label))
    return IndicatorGroups(**groups)


def _table(row: Mapping[Any, Any], problems: pd.DataFrame) -> TableFreshness:
    late = problems[problems["stale"].astype(bool)]
    return TableFreshness(
        id=row["table_id"],
        title=_text(row["title"]),
        updated=_moment(row["updated"]),
        fetched=_moment(row["fetched"]),
        next_update=_moment(row["next_update"]),
        stale=not late.empty,
        reason="; ".join(late["reason"].drop_duplicates()) or None,
    )
