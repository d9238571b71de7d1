"""
The formats of files: what each is called, how it is sent, for whom it is, and what writes it.

Pure. A new format is its own module, a line here, and the words of its link (`data_file_...`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.exports import bundle, delimited, jsonstat, parquet, workbook
from dashboard.exports.extract import Extract, PlainTable

CSV = "text/csv; charset=utf-8"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MACHINE = "machine"


@dataclass(frozen=True)
class FileFormat:
    """
    One kind of file: its name in the API, the end of its name, its media type, what writes it.

    `write` gives the bytes as they are made; it raises TooLargeError, before the first, for what
    the format cannot hold. `flavour` says for whom it is where formats share a suffix.
    `write_plain` writes a table of its own columns; None where the format has no such file.
    """

    name: str
    suffix: str
    mimetype: str
    write: Callable[[Extract], Iterator[bytes]]
    flavour: str = ""
    write_plain: Callable[[PlainTable], Iterator[bytes]] | None = None


FORMATS: Mapping[str, FileFormat] = MappingProxyType(
    {
        format.name: format
        for format in (
            FileFormat("csv", "csv", CSV, delimited.write, MACHINE, delimited.write_plain),
            FileFormat(
                "csv-excel", "csv", CSV, delimited.write_excel, "excel", delimited.write_plain_excel
            ),
            FileFormat(
                "xlsx", "xlsx", _SPREADSHEET, workbook.write, "", workbook.write_plain_workbook
            ),
            FileFormat(
                "parquet",
                "parquet",
                "application/vnd.apache.parquet",
                parquet.write,
                "",
                parquet.write_plain_parquet,
            ),
            FileFormat("json-stat", "json", "application/json", jsonstat.write),
            FileFormat("zip", "zip", "application/zip", bundle.write),
        )
    }
)
FLAVOURS = tuple(format.flavour for format in FORMATS.values() if format.flavour)


def chosen_format(suffix: str, flavour: str = MACHINE) -> FileFormat | None:
    """The format of a suffix, of those that share it the one of a flavour; None for unknown."""
    return next(
        (
            format
            for format in FORMATS.values()
            if format.suffix == suffix and format.flavour in {"", flavour}
        ),
        None,
    )
