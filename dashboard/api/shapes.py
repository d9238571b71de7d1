"""
The shapes of the answers, as JSON Schema.

Pure. Knows which keys an answer has; what stands in them is made elsewhere, and tests hold the
two together.
"""

from typing import Any

from dashboard.exports.extract import COLUMNS, TYPES

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
