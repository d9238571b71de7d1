"""Entries of a small catalogue for tests, and what becomes of a document bound to them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from etl.binding.binding import Bound, Use, bound, uses
from etl.build.observations import document_observations, joined
from etl.build.regions import official_regions
from etl.catalogue import Catalogue, Indicator, Table
from etl.measures.areas import OBSERVATION_KEY, Codebook, Observations
from etl.source.jsonstat import document_cells, document_dataset
from etl.store import REGIONS
from tests.etl.documents import Document

Entry = Mapping[str, Any]
Row = tuple[float | None, str]
SWEDEN = official_regions(REGIONS)
REGION: Entry = {"code": "Region", "role": "region"}
SEX: Entry = {"code": "Kon", "role": "sex", "total": "1+2", "keep": ("1", "2")}
ORIGIN: Entry = {
    "code": "BakgrVar",
    "role": "background",
    "total": "TOT",
    "keep": ("SE", "VXEUEES"),
}
PERSONS: Entry = {"text": "Folkmängd", "unit": "antal", "decimals": 0}
COUNTED: Entry = {
    "one": {"sv": "person", "en": "person"},
    "many": {"sv": "personer", "en": "persons"},
}
SHARE: Entry = {"text": "Andel sysselsatta", "unit": "procent", "decimals": 1}


def table(*variables: Entry, **changes: Any) -> Table:
    """A table of the catalogue; it fits the small documents unless changed."""
    return Table.model_validate(
        {
            "key": "small",
            "label": ("Arbetsmarknad",),
            "path": "AA",
            "levels": ("municipality",),
            "years": {"from": 2020},
            "variables": variables or (REGION, SEX, ORIGIN),
            **changes,
        }
    )


def use(
    *,
    years: Entry | None = None,
    measure: str = "count",
    frequency: str = "year",
    flow: bool = False,
    exact_to: int | None = None,
    **source: Any,
) -> Use:
    """The only source of the only segment of an indicator; persons unless changed."""
    text = {"sv": "Folkmängd", "en": "Population"}
    segment = {
        "id": "only",
        "title": text,
        "years": years or {"from": 2020},
        "exact_to": exact_to,
        "sources": ({"table": "small", "levels": ("municipality",), **(source or {})},),
    }
    if not {"contents", "numerator", "by_background"} & set(source):
        segment["sources"][0]["contents"] = dict(PERSONS)  # type: ignore[index]
    indicator = Indicator.model_validate(
        {
            "id": "population",
            "theme": "population",
            "title": text,
            "definition": text,
            "population": text,
            "not_captured": text,
            "unit": text,
            "decimals": 0,
            "measure": measure,
            "frequency": frequency,
            "flow": flow,
            "better": "none",
            "union": "none",
            "chart": {"kind": "line"},
            "counted": COUNTED if measure == "share" and "numerator" in source else None,
            "segments": (segment,),
        }
    )
    return uses(Catalogue((), (), (), (indicator,)))[0]


def read(
    whole: Document,
    wanted: Use,
    described: Table,
    parts: Sequence[Document] | None = None,
    *,
    regions: Iterable[str] = (),
    formed: Mapping[str, str] | None = None,
) -> tuple[Observations, Codebook]:
    """
    The observations of a source, from one document or from the parts of it.

    `formed`: the first year of regions that were formed late.
    """
    bounds = bound(wanted, described, document_dataset(whole), SWEDEN)
    known = {**dict.fromkeys(regions), **(formed or {})}
    book = Codebook.of((code for one in bounds for code in one.codes), known)
    return joined([rows for one in bounds for rows in _each(one, parts or [whole], book)]), book


def _each(one: Bound, parts: Sequence[Document], book: Codebook) -> list[Observations]:
    return [document_observations(document_cells(part), one, book) for part in parts]


def listed(rows: Observations, book: Codebook) -> dict[tuple[str, ...], Row]:
    """Each observation by region, period, sex, background, education: value (None), symbol."""
    found: dict[tuple[str, ...], Row] = {}
    for at in range(len(rows)):
        key = tuple(
            book.codes[column][int(getattr(rows, column)[at])] for column in OBSERVATION_KEY
        )
        assert key not in found, f"{key} stands twice"
        value = float(rows.value[at])
        found[key] = (None if np.isnan(value) else value, rows.symbols[int(rows.status[at])])
    return found
