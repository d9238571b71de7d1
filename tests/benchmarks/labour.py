"""Tables shaped like SCB's of the labour market; the figures are random.

Of municipalities 290 regions x 3 sexes x 5 levels of education x 20 backgrounds x 22 years:
1,914,000 cells a table, of which a fifth is suppressed and one background is a twin of the total.
Every third table holds counts whose men and women add up to everybody; the others hold shares.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from etl.catalogue import Catalogue
from etl.catalogue.loading import load
from etl.catalogue.regions import level_of_code
from tests.pxweb_server import Cells, Pack

REGIONS = Path(__file__).parents[2] / "data" / "regions"


def listed(name: str) -> list[dict[str, str]]:
    """The rows of a classification."""
    return list(csv.DictReader((REGIONS / name).read_text(encoding="utf-8").splitlines()))


OFFICIAL = {row["code"]: row["name"] for row in listed("regions.csv")}
MUNICIPALITIES = {
    code: name for code, name in OFFICIAL.items() if level_of_code(code) == "municipality"
}
AREAS = {
    code: f"{OFFICIAL[code[:4]]} ({code[4:]})"
    for code in (row["code_2020"] for row in listed("regso_2025.csv"))
}
SEXES = {"1+2": "män och kvinnor", "1": "män", "2": "kvinnor"}
LEVELS = {
    "000": "samtliga utbildningsnivåer",
    "F": "förgymnasial utbildning",
    "3": "gymnasial utbildning",
    "EU": "eftergymnasial utbildning",
    "US": "uppgift saknas",
}
TWIN, TOTAL = "tot20-64", "TOT"
AGES = ("20-24", "25-34", "35-44", "45-54", "55-64")
ORIGINS = ("SE", "NEXS", "EUEESXN", "VXEUEES", "SAMUTF")
STAYS = ("030", "010", "020", "INTTOT", "INT010", "INT020", "INT030", "INT040")
BACKGROUNDS = {code: f"bakgrund {code}" for code in (TWIN, *AGES, TOTAL, *ORIGINS, *STAYS)}
YEARS = {str(year): str(year) for year in range(2003, 2025)}
CONTENTS, UNITS = "000007K3", {"share": ("procent", 1), "count": ("antal", 0)}
Axes = Mapping[str, tuple[str, Mapping[str, str]]]


def axes(regions: Mapping[str, str], levels: Mapping[str, str], years: Mapping[str, str]) -> Axes:
    """The variables of a table, each with its label and its codes."""
    return {
        "Region": ("region", regions),
        "Kon": ("kön", SEXES),
        "UtbNiv": ("utbildningsnivå", levels),
        "BakgrVar": ("bakgrundsvariabel", BACKGROUNDS),
        "ContentsCode": ("tabellinnehåll", {CONTENTS: "Sysselsatta"}),
        "Tid": ("år", years),
    }


AXES = axes(MUNICIPALITIES, LEVELS, YEARS)


def shape(axes: Axes) -> tuple[int, ...]:
    """How many codes each variable has."""
    return tuple(len(labels) for _, labels in axes.values())


CELLS = int(np.prod(shape(AXES)))
SYMBOLS = ("", "..", "-")
HIDDEN, NIL = 1, 2


def labour_pack(number: int, axes: Axes = AXES) -> Pack:
    """One table; the tables of one measure hold the same cells."""
    measure = measured(number)
    title = f"Arbetsmarknadsvariabler {number} efter kommun, kön, utbildning och bakgrund"
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": title,
        "source": "SCB",
        "updated": "2024-12-23T07:00:00Z",
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": list(axes),
        "size": list(shape(axes)),
        "dimension": {code: dimension(label, texts) for code, (label, texts) in axes.items()},
        "extension": {"px": {"tableid": table_id(number), "language": "sv", "contents": title}},
    }
    base, decimals = UNITS[measure]
    unit = {CONTENTS: {"base": base, "decimals": decimals}}
    document["dimension"]["ContentsCode"]["category"]["unit"] = unit  # type: ignore[index]
    row = {"id": table_id(number), "label": title, "paths": [[{"id": "AA", "label": "Ämnen"}]]}
    return Pack(metadata=document, table=row, cells=lambda: cells(measure, shape(axes)))


def labour_catalogue(tables: int, folder: Path, axes: Axes = AXES) -> tuple[Catalogue, Path]:
    """A catalogue with one indicator for each of the tables, and the file that it stands in."""
    words = {"sv": "Arbete", "en": "Work"}
    names = {"sex": list(SEXES)[1:], "education": list(axes["UtbNiv"][1])[1:]}
    names["background"] = [*ORIGINS, *STAYS]
    document = {
        "themes": [{"id": "labour", "title": words, "line": words}],
        "categories": [
            {
                "dimension": name,
                "code": code,
                "kind": "total" if code == "_T" else kind,
                "label": words,
            }
            for name, kind in (("sex", "sex"), ("education", "education"), ("background", "origin"))
            for code in ("_T", *names[name])
        ],
        "tables": [declared_table(number, names, axes) for number in range(tables)],
        "indicators": [declared_indicator(number, words, axes) for number in range(tables)],
    }
    path = folder / "catalogue.yaml"
    path.write_bytes(orjson.dumps(document))
    return load(path), path


@cache
def cells(measure: str, size: tuple[int, ...]) -> Cells:
    """The cells of a table, the same at every run."""
    found, marks = figures(measure, size)
    values = found.astype(object)
    values[marks > 0] = None
    return Cells(values=values.ravel(), marks=marks.ravel(), symbols=SYMBOLS)


def figures(measure: str, size: tuple[int, ...]) -> tuple[NDArray[Any], NDArray[np.int16]]:
    """Numbers and marks over all axes: hidden at random, nil where a count is nought."""
    chance = np.random.default_rng(2021)
    found: NDArray[Any]
    if measure == "share":
        found = chance.uniform(5, 95, size).round(1)
    else:
        found = chance.integers(0, 400, size)
        found[:, 0] = found[:, 1] + found[:, 2]
    marks = np.where(chance.random(size) < 0.2, HIDDEN, 0).astype(np.int16)
    codes = list(BACKGROUNDS)
    for array in (found, marks):
        array[:, :, :, codes.index(TWIN)] = array[:, :, :, codes.index(TOTAL)]
    marks[(found == 0) & (marks == 0)] = NIL
    return found, marks


def measured(number: int) -> str:
    """What a table holds."""
    return "count" if number % 3 == 2 else "share"


def table_id(number: int) -> str:
    """The id of a table at the source."""
    return f"TAB{90_000 + number}"


def dimension(label: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """One variable as SCB describes it."""
    index = {code: place for place, code in enumerate(texts)}
    return {
        "label": label,
        "category": {"index": index, "label": texts},
        "extension": {"elimination": False, "show": "value", "codelists": []},
    }


def levels(axes: Axes) -> list[str]:
    """The levels of the regions of a table."""
    return list(dict.fromkeys(str(level_of_code(code)) for code in axes["Region"][1]))


def declared_table(number: int, names: dict[str, list[str]], axes: Axes) -> dict[str, Any]:
    """A table as the catalogue knows it."""
    background = {"total": TOTAL, "twins": [TWIN], "keep": names["background"], "age": list(AGES)}
    return {
        "key": f"table_{number}",
        "id": table_id(number),
        "label": ["arbetsmarknadsvariabler", str(number)],
        "path": "AA",
        "levels": levels(axes),
        "years": {"from": int(next(iter(axes["Tid"][1])))},
        "variables": [
            {"code": "Region", "role": "region"},
            {"code": "Kon", "role": "sex", "total": "1+2", "keep": names["sex"]},
            {"code": "UtbNiv", "role": "education", "total": "000", "keep": names["education"]},
            {"code": "BakgrVar", "role": "background", **background},
        ],
    }


def declared_indicator(number: int, words: dict[str, str], axes: Axes) -> dict[str, Any]:
    """An indicator that a table is the only source of."""
    measure = measured(number)
    base, decimals = UNITS[measure]
    texts: Sequence[str] = ("title", "definition", "population", "not_captured", "unit")
    contents = {"text": "Sysselsatta", "unit": base, "decimals": decimals}
    source = {"table": f"table_{number}", "levels": levels(axes), "contents": contents}
    segment: dict[str, Any] = {
        "id": "all",
        "title": words,
        "years": {"from": int(next(iter(axes["Tid"][1])))},
    }
    if measure == "count":
        segment["exact_to"] = 2100
    return {
        "id": f"work_{number}",
        "theme": "labour",
        **dict.fromkeys(texts, words),
        "decimals": decimals,
        "measure": measure,
        "better": "none",
        "union": "counts" if measure == "count" else "none",
        "chart": {"kind": "line"},
        "segments": [{**segment, "sources": [source]}],
    }
