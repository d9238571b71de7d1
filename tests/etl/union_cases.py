"""Small frames of observations for the tests of unions."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from etl.catalogue import Indicator
from etl.catalogue.ages import is_class
from etl.measures import unions
from etl.measures.unions import RegionUnion, UnitedFigure

Cell = Mapping[str, Any]
WORDS = {"sv": "ord", "en": "words"}
COLUMNS = [
    "region", "segment", "period", "sex", "background", "age", "education", "value", "status",
    "numerator", "denominator", "kind",
]  # fmt: skip
EVERYBODY: Cell = {
    "segment": "rams", "period": "2020", "sex": "_T", "background": "_T", "age": "_T",
    "education": "_T", "status": None, "numerator": None, "denominator": None, "kind": "published",
}  # fmt: skip


def indicator(union: str, measure: str = "share") -> Indicator:
    """An indicator with two segments: ages 20-64 to 2021, 20-65 from 2022."""
    return Indicator.model_validate(
        {
            "id": "small",
            "theme": "population",
            **dict.fromkeys(("title", "definition", "population", "not_captured", "unit"), WORDS),
            "decimals": 1,
            "measure": measure,
            "better": "none",
            "union": union,
            "chart": {"kind": "line"},
            "segments": tuple(
                {
                    "id": name,
                    "title": WORDS,
                    "years": {"from": first},
                    "ages": ages,
                    "sources": ({
                        "table": "small",
                        "levels": ("municipality",),
                        "contents": {"text": "Andel", "unit": "procent", "decimals": 1},
                    },),
                }
                for name, first, ages in (("rams", 2010, "20-64"), ("bas", 2022, "20-65"))
            ),
        }
    )  # fmt: skip


def published(cells: Iterable[tuple[str, float | None] | Cell]) -> pd.DataFrame:
    """Figures as published: (region, value) of everybody in 2020, or a mapping with changes."""
    rows = []
    for one in cells:
        told = one if isinstance(one, Mapping) else {"region": one[0], "value": one[1]}
        hidden = {"status": ".."} if told["value"] is None else {}
        rows.append({**EVERYBODY, **hidden, **told})
    numbers = dict.fromkeys(("value", "numerator", "denominator"), "float64")
    return pd.DataFrame(rows, columns=COLUMNS).astype(numbers)


def grouped(code: str) -> Cell:
    """The column in which a group stands: ages in their own."""
    return {"age": code} if is_class(code) else {"background": code}


def shares(cells: Iterable[tuple[str, float | None, float | None]], **changes: Any) -> pd.DataFrame:
    """Shares made of counts: region, numerator, denominator; None is hidden."""
    return published(
        {
            "region": region,
            "numerator": over,
            "denominator": under,
            "value": 100 * over / under if over is not None and under else None,
            **changes,
        }
        for region, over, under in cells
    )


def people(cells: Iterable[tuple[str, float]], **changes: Any) -> pd.DataFrame:
    """The population of regions: region and persons aged 20-64 in 2020, unless changed."""
    return published(
        {"region": region, "value": count, "age": "20-64", **changes} for region, count in cells
    )


def united(
    rows: pd.DataFrame,
    union: RegionUnion,
    indicator: Indicator,
    population: pd.DataFrame | None = None,
    **more: Any,
) -> pd.DataFrame:
    """The figures of a union from frames of observations, as a frame."""
    people = None if population is None else members(population)
    return figures(unions.united(members(rows), union, indicator, people, **more))


def median(rows: pd.DataFrame, union: RegionUnion, indicator: Indicator) -> pd.DataFrame:
    """The median of the members of a union from a frame of observations, as a frame."""
    return figures(unions.median(members(rows), union, indicator))


def members(rows: pd.DataFrame) -> list[Any]:
    """The observations of a frame."""
    return list(rows.itertuples(index=False))


def figures(found: Iterable[UnitedFigure]) -> pd.DataFrame:
    """Figures of a union as a frame."""
    frame = pd.DataFrame(list(found), columns=list(UnitedFigure._fields), dtype="object")
    numbers = dict.fromkeys(("value", "numerator", "denominator", "covered"), "float64")
    return frame.astype(numbers)
