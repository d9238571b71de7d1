"""Files as other programs read them: each reader gives the figures of everybody by their key."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import openpyxl
import pyarrow.parquet as pq
from pyjstat import pyjstat

from etl.catalogue.loading import load
from tests.dashboard.warehouse import CATALOGUE

# (indicator, region, period) of both sexes and every group together -> value
Figures = dict[tuple[str, str, str], float]
GROUPS = ("sex", "background", "education")


def figures(rows: Iterator[Mapping[str, Any]]) -> Figures:
    """Of rows with the machine's columns those of everybody that have a value."""
    return {
        (row["indicator"], row["region"], str(row["period"])): float(row["value"])
        for row in rows
        if {row[name] for name in GROUPS} == {"_T"} and row["value"] not in {None, ""}
    }


def machine(content: bytes) -> Figures:
    """The CSV for programs."""
    return figures(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def excel(content: bytes) -> Figures:
    """The CSV for Excel, in Swedish words."""
    text = content.decode("utf-8-sig")
    known = {one.title.sv: one.id for one in load(CATALOGUE).indicators}
    return {
        (known[row["Indikator"]], row["Region med kod"].split()[0], row["Period"]): float(
            row["Värde"].replace(",", ".")
        )
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
        if (row["Kön"], row["Grupp"]) == ("Båda", "Samtliga") and row["Värde"]
    }


def workbook(content: bytes) -> Figures:
    """The sheet of figures, by the codes in its last columns."""
    heads, *rows = openpyxl.load_workbook(io.BytesIO(content))["Data"].iter_rows(values_only=True)
    names = {"Regionkod": "region", "Period": "period", "Värde": "value"}
    keys = [names.get(str(head), str(head)) for head in heads]
    return figures(dict(zip(keys, row, strict=True)) for row in rows)


def parquet(content: bytes) -> Figures:
    """Parquet."""
    return figures(iter(pq.read_table(io.BytesIO(content)).to_pylist()))


def cube(content: bytes) -> Figures:
    """JSON-stat 2."""
    frame = pyjstat.Dataset.read(content.decode()).write("dataframe", naming="id")
    known = frame[frame["value"].notna()]
    return figures(iter(known.to_dict("records")))


def bundle(content: bytes) -> Figures:
    """The table of the zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {"README.txt", "datapackage.json", "segments.csv"} <= set(archive.namelist())
        return machine(archive.read("data.csv"))


# What the links are called, and who reads what they give.
READERS: Mapping[str, Callable[[bytes], Figures]] = MappingProxyType(
    {
        "CSV för Excel": excel,
        "CSV för vidare bearbetning": machine,
        "Excel-arbetsbok (XLSX)": workbook,
        "Parquet": parquet,
        "JSON-stat 2": cube,
        "Zip med beskrivning av fälten": bundle,
    }
)
