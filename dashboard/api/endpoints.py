"""
The endpoints of the API: path, fields and the shape of each answer.

Pure, and the only place where they are declared: requests are read by it, and the OpenAPI
document is printed from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.api import shapes
from dashboard.api.fields import Field, Schema
from dashboard.exports.formats import FLAVOURS, FORMATS
from dashboard.url import VERSION

PREFIX = "/api/v1"
JSON = "json"
# A flavour of CSV is asked for by its own field.
FORMAT_NAMES = (JSON, *(name for name in FORMATS if name == "csv" or name not in FLAVOURS.values()))
LEVELS = ("country", "county", "municipality", "regso", "stadsdel", "group")
UNIONS = ("stadsdel", "group")
PAGE = 10_000
LONGEST_PAGE = 100_000
MOST = 1_000_000_000

CODE = {"type": "string", "pattern": r"^[^\s,]{1,64}$", "description": "a code"}
ID = {
    "type": "string",
    "pattern": r"^[a-z][a-z0-9_]{0,79}$",
    "description": "the id of an indicator",
}
YEAR = {"type": "string", "pattern": r"^[0-9]{4}$", "description": "a year such as 2024"}
EDITION = {
    "type": "string",
    "pattern": f"^{VERSION.pattern.replace(chr(92) + 'd', '[0-9]')}$",
    "description": "a version of /versions",
}

VERSION_FIELD = Field(
    "version", EDITION, "A version of the data that is kept; left out, the current one."
)
REGION_LISTS = (
    Field("level", {"type": "string", "enum": list(LEVELS)}, "Levels of regions.", listed=True),
    Field("parent", CODE, "Codes of the regions above.", listed=True, example="01"),
    VERSION_FIELD,
)
OBSERVATION_FIELDS = (
    Field("indicator", ID, "Indicators.", listed=True, example="population"),
    Field(
        "region",
        CODE,
        "Codes of regions and of unions of regions (stadsdel-…, grupp-…, skr-…, la-…). "
        "Left out: every region with figures of its own; unions only where they are named, or "
        "asked for by level.",
        listed=True,
        example="00",
    ),
    Field("level", {"type": "string", "enum": list(LEVELS)}, "Levels of regions.", listed=True),
    Field("sex", CODE, "_T everybody, 1 men, 2 women.", listed=True, example="_T"),
    Field("background", CODE, "_T everybody, or a code of a group.", listed=True, example="_T"),
    Field("education", CODE, "_T everybody, or a code of education.", listed=True, example="_T"),
    Field("from", YEAR, "First period."),
    Field("to", YEAR, "Last period."),
    VERSION_FIELD,
    Field("format", {"type": "string", "enum": list(FORMAT_NAMES)}, "Format.", default=JSON),
    Field(
        "flavour",
        {"type": "string", "enum": list(FLAVOURS)},
        "Of csv only: machine has codes, comma and decimal point; excel has words, semicolon "
        "and decimal comma, for a Swedish Excel.",
    ),
    Field(
        "lang",
        {"type": "string", "enum": ["sv", "en"]},
        "Language of the unit, the source and, in files for readers, of labels.",
        default="sv",
    ),
    Field(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST},
        f"At most so many observations. With json {PAGE} where it is left out, and at most "
        f"{LONGEST_PAGE}; the other formats have all.",
    ),
    Field(
        "offset",
        {"type": "integer", "minimum": 0, "maximum": MOST},
        "How many observations to leave out at the beginning.",
        default=0,
    ),
)


@dataclass(frozen=True)
class Endpoint:
    """
    One address and what it answers.

    `pinned`: answers are of one version of the data, so that they may be kept as long as that.
    """

    name: str
    path: str
    summary: str
    answer: Schema
    fields: tuple[Field, ...] = ()
    parts: tuple[Field, ...] = ()  # of the path
    pinned: bool = False
    files: bool = False  # answers other media types than JSON, too


ENDPOINTS: Mapping[str, Endpoint] = MappingProxyType(
    {
        one.name: one
        for one in (
            Endpoint(
                "indicators",
                "/indicators",
                "Every indicator: what it measures and what there is of it",
                shapes.enveloped(shapes.listed(shapes.INDICATOR)),
                (VERSION_FIELD,),
                pinned=True,
            ),
            Endpoint(
                "indicator",
                "/indicators/{id}",
                "One indicator: definition, breaks, groups, sources and notes",
                shapes.enveloped(shapes.INDICATOR_IN_FULL),
                (VERSION_FIELD,),
                (Field("id", ID, "Id of the indicator.", example="population"),),
                pinned=True,
            ),
            Endpoint(
                "regions",
                "/regions",
                "Regions and unions of regions, with codes, names, levels and members",
                shapes.enveloped(shapes.listed(shapes.REGION)),
                REGION_LISTS,
                pinned=True,
            ),
            Endpoint(
                "observations",
                "/observations",
                "Observations, by indicator, region, group and period; a filter left out is all",
                shapes.OBSERVATIONS,
                OBSERVATION_FIELDS,
                pinned=True,
                files=True,
            ),
            Endpoint(
                "versions", "/versions", "The versions of the data that are kept", shapes.VERSIONS
            ),
            Endpoint(
                "freshness",
                "/freshness",
                "How fresh each table of the source is, for monitoring",
                shapes.FRESHNESS,
            ),
            Endpoint("openapi", "/openapi.json", "This description", {"type": "object"}),
        )
    }
)
