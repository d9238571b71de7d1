"""The catalogue: what `indicators.yaml` says, typed, frozen, complete and valid."""

from etl.catalogue.headings import Collection, Member, Theme
from etl.catalogue.loading import Catalogue, load, schema
from etl.catalogue.models import (
    TOTAL,
    Break,
    Category,
    Contents,
    Indicator,
    Labelled,
    Level,
    Limits,
    Part,
    Segment,
    Source,
    Table,
    Target,
    Value,
    Variable,
    Years,
)
from etl.catalogue.words import Against, GroupWords, Lang, Phrase, Spec, Text
from etl.errors import CatalogueError

__all__ = [
    "TOTAL",
    "Against",
    "Break",
    "Catalogue",
    "CatalogueError",
    "Category",
    "Collection",
    "Contents",
    "GroupWords",
    "Indicator",
    "Labelled",
    "Lang",
    "Level",
    "Limits",
    "Member",
    "Part",
    "Phrase",
    "Segment",
    "Source",
    "Spec",
    "Table",
    "Target",
    "Text",
    "Theme",
    "Value",
    "Variable",
    "Years",
    "load",
    "schema",
]
