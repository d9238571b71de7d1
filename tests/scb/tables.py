"""
Packs of the documented tables, and of decoys beside those whose id nobody knows.

What is unknown is served in variants: units missing or in two spellings, texts in two renderings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any, Literal

from tests.pxweb_server import Pack
from tests.scb.cells import MEASURES, WHOLE, table_cells
from tests.scb.facts import Content, FactTable, documented, made_up_id

Document = dict[str, Any]
Units = Literal["missing", "lower", "capital"]
UNITS: tuple[Units, ...] = ("missing", "lower", "capital")
UPDATED = "2026-02-24T07:00:00Z"
# Areas of another division, and years before any that is used: what makes a decoy another table.
OTHER_AREAS = {"LUA01": "Alby (LUA)", "LUA02": "Fittja (LUA)"}
OTHER_YEARS = ("1985", "1986")


def packs(units: Units = "lower") -> list[Pack]:
    """Every documented table, and the decoys."""
    return [
        pack
        for table in documented()
        for pack in (table_pack(table, units), *(_decoys(table, units) if not table.id else ()))
    ]


def table_pack(table: FactTable, units: Units = "lower", *, id: str | None = None) -> Pack:
    """One table as the stand-in serves it, under its own id or another one."""
    metadata = _metadata(table, id or table.served_id, units)
    row = _row(table, metadata)
    return Pack(metadata, row, cache(partial(table_cells, table)))


def served_title(table: FactTable) -> str:
    """SCB's title, or one that says what SCB's titles always say: its variables and years."""
    return table.title or _title(table, "Okänd rubrik")


def _decoys(table: FactTable, units: Units) -> Iterator[Pack]:
    """
    Other tables of the folder with nearly the same title, one of them under a guessed id.

    One has other contents, one the areas of another division, one only years long ago.
    """
    region, *rest = table.variables
    titled = replace(table, title=served_title(table))
    others = (
        Content("Q00001", ("Antal personer",), True, "count", None, 0, ()),
        Content("Q00002", ("Medelålder",), True, "days", None, 1, ()),
    )
    for number, decoy in enumerate((
        replace(titled, contents=others),
        replace(titled, variables=(replace(region, values=OTHER_AREAS), *rest)),
        replace(titled, years=OTHER_YEARS),
    )):  # fmt: skip
        id = table.guessed if number == 1 and table.guessed else None
        named = replace(decoy, title=f"{served_title(table)}, äldre uppgifter {number + 1}")
        yield table_pack(named, units, id=id or made_up_id(f"{table.key} {number}"))


def _title(table: FactTable, subject: str) -> str:
    labels = [variable.label for variable in table.variables]
    named = f"{', '.join(labels[:-1])} och {labels[-1]}" if len(labels) > 1 else labels[0]
    years = table.years[0] if len(table.years) == 1 else f"{table.years[0]}-{table.years[-1]}"
    return f"{subject} efter {named}. {'Månad' if table.monthly else 'År'} {years}"


def _metadata(table: FactTable, id: str, units: Units) -> Document:
    rendering = int(units == "capital")
    dimensions: Document = {
        variable.code: _dimension(variable.label, variable.values, eliminable=variable.eliminable)
        for variable in table.variables
    }
    texts = {one.code: one.texts[min(rendering, len(one.texts) - 1)] for one in table.contents}
    contents = dimensions["ContentsCode"] = _dimension("tabellinnehåll", texts, eliminable=False)
    served = {one.code: unit for one in table.contents if (unit := _unit(one, units))}
    if served:
        contents["category"]["unit"] = served
    time = "månad" if table.monthly else "år"
    dimensions["Tid"] = _dimension(time, {year: year for year in table.years}, eliminable=False)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": served_title(table),
        "source": "SCB",
        "updated": UPDATED,
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(dimensions),
        "size": [len(dimension["category"]["index"]) for dimension in dimensions.values()],
        "dimension": dimensions,
        "extension": {
            "px": {
                "tableid": id,
                "matrix": id,
                "language": "sv",
                "contents": served_title(table).partition(" efter ")[0],
                "heading": ["ContentsCode", "Tid"],
                "stub": [variable.code for variable in table.variables],
            },
        },
        "value": [],
    }


def _dimension(label: str, values: Mapping[str, str], *, eliminable: bool) -> Document:
    return {
        "label": label,
        "category": {
            "index": {code: place for place, code in enumerate(values)},
            "label": dict(values),
        },
        "extension": {"elimination": eliminable, "show": "value", "codelists": []},
    }


def _unit(content: Content, units: Units) -> Document | None:
    """The documented unit of a content, or what is served where there is none."""
    if content.unit:
        return {"base": content.unit, "decimals": content.decimals}
    if units == "missing":
        return None
    base = MEASURES[content.measures][0]
    decimals = 0 if content.measures in WHOLE else 1
    return {"base": base if units == "lower" else f" {base.capitalize()}", "decimals": decimals}


def _row(table: FactTable, metadata: Document) -> Document:
    """The row in /tables."""
    folders = dict.fromkeys((table.folder[:2], table.folder[:6], table.folder))
    return {
        "id": metadata["extension"]["px"]["tableid"],
        "label": metadata["label"],
        "description": "",
        "updated": metadata["updated"],
        "firstPeriod": table.years[0],
        "lastPeriod": table.years[-1],
        "discontinued": True if table.discontinued else None,
        "category": "public",
        "variableNames": [part["label"] for part in metadata["dimension"].values()],
        "source": "SCB",
        "subjectCode": table.folder[:2],
        "timeUnit": "Monthly" if table.monthly else "Annual",
        "paths": [[{"id": id, "label": id, "sortCode": id} for id in folders]],
    }
