"""
CSV in two flavours, streamed a batch at a time.

Pure. Both follow RFC 4180: lines end in CR LF, and a field that holds the separator, a quote or
a line end is quoted. A missing value is empty beside its symbol.

`write` has the columns of `MACHINE_COLUMNS`, comma, decimal point, codes, no byte order mark.
`write_excel` is for a Swedish Excel by double click: semicolon, decimal comma, byte order mark,
words in the reader's language. Excel makes 180 of a cell 0180 whatever stands around it in the
file; `="0180"` would keep it but is a formula, and a leading tab or apostrophe becomes part of the
code. So the code stands before the region's name in one cell, "0180 Stockholm", which is text to
every program, can be looked up and split; the name alone has a column of its own. Example data say
so in a last column of each row; in `write`, where the columns are fixed, in the name of the table
("example:TAB638") and of the file.
"""

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.exports.changes import ChangedRows, changed_columns, worded_changes
from dashboard.exports.description import worded_columns
from dashboard.exports.extract import (
    BETWEEN,
    MACHINE_COLUMNS,
    Extract,
    Meta,
    PlainTable,
    constant,
    joined_codes,
    worded,
)
from dashboard.text import term

# The full-width signs are calculated with, too, where East Asian input is set up.
_SIGNS = frozenset("=+-@＝＋－＠")
_CONTROLS = frozenset("\t\r\n")
# A sign that stands alone calculates nothing, and "-" is SCB's symbol for zero.
_HARMLESS = frozenset({"-", ".", ".."})


def neutral(text: str) -> str:
    """
    The text with an apostrophe before it where a spreadsheet would calculate it.

    Leading blanks and control characters do not hide a sign: some programs strip them.
    """
    if text in _HARMLESS:
        return text
    bare = text.lstrip()
    risky = text[:1] in _CONTROLS or bare[:1] in _SIGNS
    return f"'{text}" if risky else text


_END = "\r\n"
_FEW = 10_000  # pairs of words
_MARK = b"\xef\xbb\xbf"
MACHINE_TIME = "%Y-%m-%dT%H:%M:%SZ"
_EXCEL_TIME = "%Y-%m-%d %H:%M"
_EXCEL = (
    "indicator", "region_name", "region_text", "period", "sex", "background", "age", "education",
    "value", "status", "unit", "numerator", "denominator", "segment", "kind", "table",
    "updated", "fetched",
)  # fmt: skip
_CHANGES = (
    "indicator", "region", "region_name", "period", "sex", "background", "age", "education",
    "change", "old_value", "old_status", "new_value", "new_status", "unit", "segment",
    "old_version", "new_version", "example",
)  # fmt: skip
_EXCEL_CHANGES = (
    "indicator", "region_name", "region_text", "period", "sex", "background", "age", "education",
    "happened", "old_value", "old_status", "new_value", "new_status", "unit", "segment",
    "old_version", "new_version",
)  # fmt: skip


def write(extract: Extract) -> Iterator[bytes]:
    """The rows as CSV for programs."""
    yield (",".join(MACHINE_COLUMNS) + _END).encode()
    for batch in extract.batches():
        yield _lines([_fields(batch[name], ",", MACHINE_TIME) for name in MACHINE_COLUMNS], ",")
        del batch


def write_excel(extract: Extract) -> Iterator[bytes]:
    """The rows as CSV for a Swedish Excel."""
    meta = extract.meta
    names = (*_EXCEL, "remark") if meta.example else _EXCEL
    heads = [_quoted(term(f"column_{name}", meta.lang), ";") for name in names]
    yield _MARK + (";".join(heads) + _END).encode()
    for batch in extract.batches():
        yield _lines(_excel_fields(batch, meta), ";")
        del batch


def _excel_fields(batch: pa.RecordBatch, meta: Meta) -> list[pa.DictionaryArray]:
    """Each column of `_EXCEL` as fields of text; of invented data one that says so."""
    columns = worded_columns(batch, meta)
    regions = joined_codes(batch["region"], batch["region_name"])
    columns["region_text"] = worded(regions, lambda pair: pair.replace(BETWEEN, " "))
    fields = [_fields(columns[name], ";", _EXCEL_TIME) for name in _EXCEL]
    for place in map(_EXCEL.index, ("value", "numerator", "denominator")):
        numbers = pc.replace_substring(fields[place].dictionary, ".", ",")
        fields[place] = pa.DictionaryArray.from_arrays(fields[place].indices, numbers)
    example = [_quoted(term("example", meta.lang), ";")] if meta.example else []
    return fields + [constant(text, batch.num_rows) for text in example]


def write_changes(rows: ChangedRows) -> Iterator[bytes]:
    """What changed between two versions as CSV for programs."""
    yield (",".join(_CHANGES) + _END).encode()
    for table in rows.tables():
        columns = changed_columns(table, rows)
        yield _lines([_fields(columns[name], ",", MACHINE_TIME) for name in _CHANGES], ",")


def write_changes_excel(rows: ChangedRows) -> Iterator[bytes]:
    """The same for a Swedish Excel, in words."""
    names = (*_EXCEL_CHANGES, *(["remark"] if rows.example else []))
    heads = [_quoted(term(f"column_{name}", rows.lang), ";") for name in names]
    yield _MARK + (";".join(heads) + _END).encode()
    example = _quoted(term("example", rows.lang), ";")
    for table in rows.tables():
        columns = worded_changes(changed_columns(table, rows), rows)
        fields = [_fields(columns[name], ";", _EXCEL_TIME) for name in _EXCEL_CHANGES]
        for place in map(_EXCEL_CHANGES.index, ("old_value", "new_value")):
            numbers = pc.replace_substring(fields[place].dictionary, ".", ",")
            fields[place] = pa.DictionaryArray.from_arrays(fields[place].indices, numbers)
        yield _lines([*fields, *([constant(example, len(table))] if rows.example else [])], ";")


def write_plain(table: PlainTable) -> Iterator[bytes]:
    """A table of its own columns as CSV for programs."""
    names = table.rows.column_names
    yield (",".join(names) + _END).encode()
    yield _lines([_fields(_coded(table.rows[name]), ",", MACHINE_TIME) for name in names], ",")


def write_plain_excel(table: PlainTable) -> Iterator[bytes]:
    """The same for a Swedish Excel, in words."""
    heads = (_quoted(neutral(head), ";") for head in table.worded)
    yield _MARK + (";".join(heads) + _END).encode()
    fields = []
    for values in table.worded.values():
        column = pa.array(values)
        field = _fields(_coded(column), ";", _EXCEL_TIME)
        if pa.types.is_floating(column.type):
            numbers = pc.replace_substring(field.dictionary, ".", ",")
            field = pa.DictionaryArray.from_arrays(field.indices, numbers)
        fields.append(field)
    yield _lines(fields, ";")


def _coded(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column in one piece; texts as codes."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_null(whole.type):
        whole = whole.cast(pa.string())
    return whole.dictionary_encode() if pa.types.is_string(whole.type) else whole


def _fields(column: pa.Array, separator: str, times: str) -> pa.DictionaryArray:
    """One column as fields: text neutral and quoted, numbers with all their digits."""
    if pa.types.is_dictionary(column.type):
        coded = worded(column, lambda text: _quoted(neutral(text), separator))
        indices, words = coded.indices, coded.dictionary
    else:
        coded = column.dictionary_encode()  # few differ, and writing a time or a number is slow
        indices, words = coded.indices, _written(coded.dictionary, times)
    if indices.null_count:
        indices = indices.fill_null(len(words))
        words = pa.concat_arrays([words, pa.array([""])])
    return pa.DictionaryArray.from_arrays(indices, words)


def _written(values: pa.Array, times: str) -> pa.Array:
    """Times or numbers as text."""
    if pa.types.is_timestamp(values.type):
        whole = values.cast(pa.timestamp("s", tz=values.type.tz), safe=False)
        return pc.strftime(whole, format=times)
    return values.cast(pa.string())


def _quoted(text: str, separator: str) -> str:
    if any(sign in text for sign in (separator, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _lines(fields: Sequence[pa.DictionaryArray], separator: str) -> bytes:
    """
    Columns of fields as lines, joined without a loop over rows.

    Neighbours of which few pairs can occur become one column first: a word that stands in
    thousands of lines is then copied into each as part of a longer one.
    """
    if not len(fields[0]):
        return b""
    pieces = list(fields[:1])
    for field in fields[1:]:
        if len(pieces[-1].dictionary) * len(field.dictionary) <= _FEW:
            pieces[-1] = joined_codes(pieces[-1], field, separator)
        else:
            pieces.append(field)
    pieces[-1] = joined_codes(pieces[-1], constant(_END, len(pieces[-1])), "")
    lines = pc.binary_join_element_wise(*(piece.cast(pa.string()) for piece in pieces), separator)
    _, offsets, text = lines.buffers()
    edges = memoryview(offsets).cast("i")
    return bytes(memoryview(text)[edges[lines.offset] : edges[lines.offset + len(lines)]])
