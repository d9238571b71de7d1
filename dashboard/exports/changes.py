"""
What changed between two versions, as rows of a file: their columns, and their words for readers.

Pure. The figures come as `etl.catalogue.changes` gives them. It writes no format.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from dashboard.codes import DIMENSIONS
from dashboard.exports.extract import BETWEEN, constant, joined_codes, worded
from dashboard.text import term
from etl.catalogue import Catalogue, Lang

_CODES = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class ChangedRows:
    """
    The changed figures between the versions `old` and `new`, and what is said of them.

    `tables` starts from the first row each time it is called; `names` are the regions' by code.
    """

    tables: Callable[[], Iterator[pa.Table]]
    catalogue: Catalogue
    names: Mapping[str, str]
    old: str
    new: str
    example: bool
    lang: Lang


def changed_columns(table: pa.Table, rows: ChangedRows) -> dict[str, pa.Array]:
    """
    The columns of changed figures by name; codes as dictionaries, numbers as they are.

    A value is null where there is no number, a status where there is no symbol.
    """
    columns: dict[str, pa.Array] = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        if not pa.types.is_floating(column.type):
            column = _coded(column)
        columns[name] = column
    units = {one.id: one.unit[rows.lang] for one in rows.catalogue.indicators}
    return columns | {
        "region_name": worded(columns["region"], lambda code: rows.names.get(code, code)),
        "unit": worded(columns["indicator"], lambda code: units.get(code, "")),
        "old_version": constant(rows.old, len(table)),
        "new_version": constant(rows.new, len(table)),
        "example": constant(str(rows.example).lower(), len(table)),
    }


def worded_changes(columns: Mapping[str, pa.Array], rows: ChangedRows) -> dict[str, pa.Array]:
    """The same columns with words instead of codes, and the region's code before its name."""
    lang, catalogue = rows.lang, rows.catalogue
    titles = {one.id: one.title[lang] for one in catalogue.indicators}
    segments = {
        f"{one.id}{BETWEEN}{segment.id}": segment.title[lang]
        for one in catalogue.indicators
        for segment in one.segments
    }
    labels = {key: category.label[lang] for key, category in catalogue.category.items()}
    regions = joined_codes(columns["region"], columns["region_name"])
    parts = joined_codes(columns["indicator"], columns["segment"])
    return {
        **columns,
        "indicator": worded(columns["indicator"], lambda code: titles.get(code, code)),
        "region_text": worded(regions, lambda pair: pair.replace(BETWEEN, " ")),
        "segment": worded(parts, lambda pair: segments.get(pair, pair.partition(BETWEEN)[2])),
        **{name: worded(columns[name], _label(labels, name)) for name in DIMENSIONS},
        "happened": worded(columns["change"], lambda change: term(f"change_{change}", lang)),
    }


def _label(labels: Mapping[tuple[str, str], str], dimension: str) -> Callable[[str], str]:
    """What turns the codes of a dimension into words."""
    return lambda code: labels.get((dimension, code), code)


def _coded(column: pa.Array) -> pa.DictionaryArray:
    """A column of texts or codes as codes with wide indices, which can be multiplied."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    return column.cast(_CODES)
