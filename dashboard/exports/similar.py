"""
Similar municipalities, and regions that started alike, as rows of files and of the API.

Pure. What municipalities are like and by what they are chosen is decided in `panels.similar`, who
started alike in `rules.same_start`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dashboard.exports.extract import LICENCE, PlainTable, address_told
from dashboard.panels.similar import SimilarList
from dashboard.rules.same_start import METHOD as START_METHOD
from dashboard.rules.same_start import SameStart
from dashboard.text import term
from etl.catalogue import Lang
from etl.measures.similarity import METHOD

SIMILAR_COLUMNS = ("region", "region_name", "place", "distance", "main_group")
START_COLUMNS = (
    "indicator", "region", "region_name", "own", "change_from", "change_to", "years", "start",
    "end", "change", "unit", "doubt", "persons", "noise", "sex", "background", "age", "education",
    "segment", "kind",
)  # fmt: skip
_TYPES: Mapping[str, pa.DataType] = {
    "place": pa.int64(), "years": pa.int64(), "own": pa.bool_(),
    **dict.fromkeys(("distance", "start", "end", "change", "persons", "noise"), pa.float64()),
}  # fmt: skip


@dataclass(frozen=True)
class FileFacts:
    """What a file says of all its rows; `chosen`: by what similar municipalities are chosen."""

    version: str
    example: bool
    permalink: str
    source: str
    chosen: str
    lang: Lang


def similar_records(shown: SimilarList, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """
    The own municipality and the similar ones: `SIMILAR_COLUMNS`, and a column for each criterion.

    Place and distance of the own one are null, and so is what nobody knows. Names of regions are
    by code.
    """
    return [
        {
            "region": row.code,
            "region_name": names[row.code],
            "place": row.place,
            "distance": row.distance,
            "main_group": row.letter,
            **row.values,
        }
        for row in shown.rows
    ]


def similar_file(
    shown: SimilarList,
    names: Mapping[str, str],
    criteria: Mapping[str, str],
    facts: FileFacts,
) -> PlainTable:
    """
    The list as a file; every row has the weights that it is chosen by, as the address writes them.

    `criteria` are the names of the criteria in words, the weights' as well.
    """
    records = similar_records(shown, names)
    weights = ",".join(f"{name}:{weight}" for name, weight in shown.weights.items() if weight)
    values = list(shown.likeness.values)
    said = _said(facts) | {"weights": weights}
    schema = pa.schema(
        [
            *((name, _TYPES.get(name, pa.string())) for name in SIMILAR_COLUMNS),
            *((name, pa.float64()) for name in values),
            *((name, pa.string()) for name in said),
        ]
    )
    lang = facts.lang
    heads = {
        "region_text": term("column_region_text", lang),
        "region_name": term("municipality_word", lang),
        "place": term("column_place", lang),
        "distance": term("distance", lang),
        "main_group": criteria["skr"],
        **{name: f"{criteria[name]}, {shown.likeness.years[name]}" for name in values},
    }
    texts = [f"{record['region']} {record['region_name']}" for record in records]
    worded = {
        head: texts if name == "region_text" else [record[name] for record in records]
        for name, head in heads.items()
    }
    return _plain(
        [record | said for record in records],
        schema,
        worded,
        facts,
        title=term("similar_title", lang, region=names[shown.found.code]),
        method=METHOD[lang],
    )


def start_records(found: SameStart, names: Mapping[str, str], lang: Lang) -> list[dict[str, Any]]:
    """The regions that started alike: `START_COLUMNS`; start, end and change are in `unit`."""
    period = found.period
    return [
        {
            "indicator": found.indicator.id,
            "region": row.region,
            "region_name": names[row.region],
            "own": row.region == found.region,
            "change_from": "/".join(period.first),
            "change_to": "/".join(period.last),
            "years": period.years,
            "start": row.start,
            "end": row.end,
            "change": row.change,
            "unit": found.indicator.unit[lang],
            "doubt": row.doubt,
            "persons": row.persons,
            "noise": row.noise,
            **row.newest.group._asdict(),
            "segment": row.newest.segment,
            "kind": "computed",
        }
        for row in found.rows
    ]


def start_file(
    found: SameStart, names: Mapping[str, str], group: str, facts: FileFacts
) -> PlainTable:
    """The regions that started alike as a file; `group`: whom the figures are about, in words."""
    lang, indicator = facts.lang, found.indicator
    records, said = start_records(found, names, lang), _said(facts)
    schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in (*START_COLUMNS, *said)])
    worded: dict[str, Sequence[Any]] = {
        term("column_indicator", lang): [indicator.title[lang]] * len(records),
        term("column_region_name", lang): [record["region_name"] for record in records],
        term("column_region_text", lang): [
            f"{record['region']} {record['region_name']}" for record in records
        ],
        term("column_group", lang): [group] * len(records),
        **{
            term(f"column_{name}", lang): [record[name] for record in records]
            for name in ("change_from", "change_to", "years")
        },
        term("start_column_start", lang): [record["start"] for record in records],
        term("start_column_end", lang): [record["end"] for record in records],
        term("start_beside", lang): [record["change"] for record in records],
        term("column_unit", lang): [record["unit"] for record in records],
        term("column_doubt", lang): [
            term(f"mark_{record['doubt']}", lang) if record["doubt"] else None for record in records
        ],
        term("column_persons", lang): [record["persons"] for record in records],
    }
    return _plain(
        [record | said for record in records],
        schema,
        worded,
        facts,
        title=indicator.title[lang],
        method=START_METHOD[lang],
    )


def _said(facts: FileFacts) -> dict[str, str]:
    """What stands in every row, as it may be taken out of the file."""
    return {
        "chosen_by": facts.chosen,
        "source": facts.source,
        "version": facts.version,
        "example": str(facts.example).lower(),
    }


def _plain(
    records: Sequence[Mapping[str, Any]],
    schema: pa.Schema,
    worded: Mapping[str, Sequence[Any]],
    facts: FileFacts,
    *,
    title: str,
    method: str,
) -> PlainTable:
    lang, many = facts.lang, len(records)
    columns: dict[str, Sequence[Any]] = {
        **worded,
        **({term("column_chosen_by", lang): [facts.chosen] * many} if facts.chosen else {}),
        term("column_source", lang): [facts.source] * many,
        **({term("column_remark", lang): [term("example", lang)] * many} if facts.example else {}),
    }
    chosen = [(term("column_chosen_by", lang), facts.chosen)] if facts.chosen else []
    unaddressed = address_told(facts.permalink, lang)
    example = [(term("example", lang), term("example_why", lang))] if facts.example else []
    return PlainTable(
        rows=pa.Table.from_pylist(list(records), schema),
        worded=columns,
        said={
            **_said(facts),
            "title": title,
            "method": method,
            "licence": LICENCE,
            "permalink": facts.permalink,
            "permalink_note": " ".join(unaddressed),
        },
        about=[
            *example,
            (term("export_remark", lang), title),
            *chosen,
            (term("export_source", lang), facts.source),
            (term("export_remark", lang), method),
            (term("export_licence", lang), LICENCE),
            (term("export_permalink", lang), facts.permalink),
            *((term("export_remark", lang), text) for text in unaddressed),
            (term("export_version", lang), facts.version),
        ],
        lang=lang,
    )
