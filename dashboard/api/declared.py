"""
The shapes of the answers, as JSON Schema.

Pure. Knows which keys an answer has; what stands in them is made elsewhere, and tests hold the
two together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from dashboard.exports.extract import COLUMNS, TYPES
from dashboard.exports.formats import FLAVOURS, FORMATS, MACHINE
from dashboard.state.url import VERSION
from etl.catalogue import Level

Shape = dict[str, Any]
TEXT: Shape = {"type": "string"}
OPTIONAL: Shape = {"type": ["string", "null"]}
WHOLE: Shape = {"type": "integer", "minimum": 0}
FLAG: Shape = {"type": "boolean"}
MOMENT: Shape = {"type": ["string", "null"], "format": "date-time"}
NEITHER_NULL = ("indicator", "region", "region_name", "period", "unit")


def objects(**parts: Shape) -> Shape:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "properties": parts,
        "required": list(parts),
        "additionalProperties": False,
    }


def listed(one: Shape) -> Shape:
    """A list of such values."""
    return {"type": "array", "items": one}


def enveloped(data: Shape) -> Shape:
    """Data of one version, and which."""
    return objects(meta=objects(version=TEXT, example=FLAG), data=data)


BOTH = objects(sv=TEXT, en=TEXT)
INDICATOR_PARTS: dict[str, Shape] = {
    "id": TEXT,
    "title": BOTH,
    "theme": TEXT,
    "unit": BOTH,
    "decimals": WHOLE,
    "measure": TEXT,
    "better": {"enum": ["higher", "lower", "none"]},
    "union": {"enum": ["counts", "weight", "none"]},
    "dimensions": listed(TEXT),
    "levels": listed(TEXT),
    "first_period": OPTIONAL,
    "last_period": OPTIONAL,
    "regions": WHOLE,
    "observations": WHOLE,
    "stale": FLAG,
    "reason": OPTIONAL,
}
INDICATOR = objects(**INDICATOR_PARTS)
INDICATOR_IN_FULL = objects(
    **INDICATOR_PARTS,
    definition=BOTH,
    population=BOTH,
    not_captured=BOTH,
    to_confirm=FLAG,
    breaks=listed(
        objects(
            period=TEXT,
            severity={"enum": ["break", "caution"]},
            applies_to=listed(TEXT),
            text=BOTH,
        )
    ),
    segments=listed(
        objects(
            id=TEXT,
            title=BOTH,
            first_year=WHOLE,
            last_year={"type": ["integer", "null"]},
            ages=OPTIONAL,
        )
    ),
    groups=objects(
        **dict.fromkeys(
            ("sex", "background", "education"), listed(objects(code=TEXT, kind=TEXT, label=BOTH))
        )
    ),
    sources=listed(
        objects(
            table=TEXT, title=OPTIONAL, segment=TEXT, level=TEXT, updated=MOMENT, fetched=MOMENT
        )
    ),
    notes=listed(objects(table=TEXT, text=TEXT)),
)
REGION = objects(
    code=TEXT,
    name=TEXT,
    level=TEXT,
    parent=OPTIONAL,
    division=OPTIONAL,
    valid_from=OPTIONAL,
    valid_to=OPTIONAL,
    members=listed(TEXT),
)
STATUS: Shape = OPTIONAL | {
    "description": (
        "The source's symbol for a missing value (.. or .) or a nil (-); of a union that some "
        "members have no figure for, of how many members its value is made: 14 of 20."
    )
}
ROW = objects(
    **{
        name: {"type": ["number", "null"]}
        if name == "value"
        else STATUS
        if name == "status"
        else MOMENT
        if name in TYPES
        else TEXT
        if name in NEITHER_NULL
        else OPTIONAL
        for name in COLUMNS
    }
)
SOURCE = objects(table=TEXT, title=TEXT, updated=MOMENT, fetched=MOMENT, kind=TEXT)
OBSERVATIONS = objects(
    meta=objects(
        indicator=TEXT,
        unit=OPTIONAL,
        version=TEXT,
        built=MOMENT,
        example=FLAG,
        source=TEXT,
        sources=listed(SOURCE),
        notes=listed(TEXT),
        licence=TEXT,
        permalink=TEXT,
        rows=WHOLE,
        total=WHOLE,
        next=OPTIONAL,
    ),
    data=listed(ROW),
)
VERSIONS = objects(
    meta=objects(current=TEXT),
    data=listed(
        objects(version=TEXT, current=FLAG, built=MOMENT, example=FLAG, observations=WHOLE)
    ),
)
FRESHNESS = objects(
    status={"enum": ["ok", "incomplete", "stale"]},
    version=TEXT,
    built=MOMENT,
    example=FLAG,
    tables=listed(
        objects(
            id=TEXT,
            title=OPTIONAL,
            updated=MOMENT,
            fetched=MOMENT,
            next_update=MOMENT,
            stale=FLAG,
            reason=OPTIONAL,
        )
    ),
    problems=listed(
        objects(indicator=TEXT, segment=TEXT, source=TEXT, table=OPTIONAL, stale=FLAG, reason=TEXT)
    ),
)
PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "errors": listed(objects(field=TEXT, detail=TEXT)),
    },
    "required": ["type", "title", "status", "detail"],
}


LONGEST = 80
Schema = Mapping[str, Any]
Values = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """
    What is wrong with one field: the value as given, and what was expected.

    `status` is that of an answer in which nothing else is wrong.
    """

    field: str
    detail: str
    status: int = 400


@dataclass(frozen=True)
class Field:
    """
    One field of a query: `schema` is that of one value, `listed` several by comma.

    A field that is left out has the value `default`.
    """

    name: str
    schema: Schema
    description: str
    listed: bool = False
    default: Any = None
    example: str | None = None


def asked(
    fields: Sequence[Field], given: Iterable[tuple[str, str]]
) -> tuple[Values, list[Problem]]:
    """
    The values of all fields, and every problem.

    A list is a tuple of different values in the order of their text; it may stand under several
    equal keys. A field with a problem has its default.
    """
    texts: dict[str, list[str]] = {}
    for name, text in given:
        texts.setdefault(name, []).append(text)
    names = ", ".join(field.name for field in fields) or "no field at all"
    problems = [
        Problem(shortened(name), f"{shortened(name)!r} is no field here; expected {names}")
        for name in texts
        if name not in {field.name for field in fields}
    ]
    values: Values = {}
    for field in fields:
        values[field.name] = field.default
        if field.name in texts:
            try:
                values[field.name] = _read(field, texts[field.name])
            except ValueError as error:
                problems.append(Problem(field.name, str(error)))
    return values, problems


def shortened(text: str) -> str:
    """A text of the request as problems repeat it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def expectation(schema: Schema) -> str:
    """What a value must be, in words."""
    if "enum" in schema:
        return "one of " + ", ".join(schema["enum"])
    if schema["type"] == "integer":
        return f"a whole number from {schema['minimum']} to {schema['maximum']}"
    return str(schema["description"])


def _read(field: Field, texts: Sequence[str]) -> Any:
    """The value of a field; ValueError says what is wrong and what was expected."""
    if field.listed:
        parts = [part for text in texts for part in text.split(",")]
        wrong = [part for part in parts if not _fits(part, field.schema)]
        if wrong:
            told = ", ".join(repr(shortened(part)) for part in wrong[:10])
            raise ValueError(f"{told} cannot be used; expected {expectation(field.schema)}")
        return tuple(sorted(set(parts)))
    if len(texts) > 1:
        raise ValueError(f"stands {len(texts)} times; expected once")
    if not _fits(texts[0], field.schema):
        told = repr(shortened(texts[0]))
        raise ValueError(f"{told} cannot be used; expected {expectation(field.schema)}")
    return int(texts[0]) if field.schema["type"] == "integer" else texts[0]


def _fits(text: str, schema: Schema) -> bool:
    if "enum" in schema:
        return text in schema["enum"]
    if schema["type"] == "integer":
        whole = re.fullmatch(r"[0-9]{1,15}", text)
        return bool(whole) and schema["minimum"] <= int(text) <= schema["maximum"]
    return bool(re.fullmatch(schema["pattern"], text))


PREFIX = "/api/v1"
JSON = "json"
# A flavour of CSV is asked for by its own field.
FORMAT_NAMES = (
    JSON,
    *(format.name for format in FORMATS.values() if format.flavour in {"", MACHINE}),
)
API_LEVELS = (*get_args(Level), "stadsdel", "group")
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
    Field("level", {"type": "string", "enum": list(API_LEVELS)}, "Levels of regions.", listed=True),
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
    Field("level", {"type": "string", "enum": list(API_LEVELS)}, "Levels of regions.", listed=True),
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
                enveloped(listed(INDICATOR)),
                (VERSION_FIELD,),
                pinned=True,
            ),
            Endpoint(
                "indicator",
                "/indicators/{id}",
                "One indicator: definition, breaks, groups, sources and notes",
                enveloped(INDICATOR_IN_FULL),
                (VERSION_FIELD,),
                (Field("id", ID, "Id of the indicator.", example="population"),),
                pinned=True,
            ),
            Endpoint(
                "regions",
                "/regions",
                "Regions and unions of regions, with codes, names, levels and members",
                enveloped(listed(REGION)),
                REGION_LISTS,
                pinned=True,
            ),
            Endpoint(
                "observations",
                "/observations",
                "Observations, by indicator, region, group and period; a filter left out is all",
                OBSERVATIONS,
                OBSERVATION_FIELDS,
                pinned=True,
                files=True,
            ),
            Endpoint("versions", "/versions", "The versions of the data that are kept", VERSIONS),
            Endpoint(
                "freshness",
                "/freshness",
                "How fresh each table of the source is, for monitoring",
                FRESHNESS,
            ),
            Endpoint("openapi", "/openapi.json", "This description", {"type": "object"}),
        )
    }
)
