"""The catalogue: what `indicators.yaml` says, typed, frozen, complete and valid."""

from etl.catalogue.loading import Catalogue, load, schema
from etl.catalogue.models import (
    TOTAL,
    Break,
    Category,
    Contents,
    Indicator,
    Labelled,
    Lang,
    Level,
    Part,
    Segment,
    Source,
    Table,
    Text,
    Theme,
    Value,
    Variable,
    Years,
)
from etl.errors import CatalogueError

__all__ = [
    "TOTAL",
    "Break",
    "Catalogue",
    "CatalogueError",
    "Category",
    "Contents",
    "Indicator",
    "Labelled",
    "Lang",
    "Level",
    "Part",
    "Segment",
    "Source",
    "Table",
    "Text",
    "Theme",
    "Value",
    "Variable",
    "Years",
    "load",
    "schema",
]
