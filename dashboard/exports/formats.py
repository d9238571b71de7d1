"""
Which formats there are, by the names that addresses and the API use.

Pure. It joins names to functions and writes nothing itself.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.exports import bundle, delimited, jsonstat, parquet, workbook
from dashboard.exports.extract import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("csv", "text/csv; charset=utf-8", delimited.machine),
        "csv-excel": Format("csv", "text/csv; charset=utf-8", delimited.excel),
        "xlsx": Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook.written,
        ),
        "parquet": Format("parquet", "application/vnd.apache.parquet", parquet.written),
        "json-stat": Format("json", "application/json", jsonstat.dataset),
        "zip": Format("zip", "application/zip", bundle.written),
    }
)
FLAVOURS: Mapping[str, str] = MappingProxyType({"machine": "csv", "excel": "csv-excel"})
