"""
The API as declared: what each address is asked, and the shape of what it answers.

Pure. Requests are read by these models, answers are made of them, and `openapi` prints them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from urllib.parse import urlencode

import pandas as pd
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import CoreSchema, ErrorDetails, core_schema
from typing_extensions import TypeAliasType

from dashboard.codes import GapMeasure
from dashboard.exports.formats import FLAVOURS, FORMATS, MACHINE
from dashboard.rules.highlights import HighlightKind, HighlightRefusal
from dashboard.state.url import VERSION_PATTERN, day_of
from etl.catalogue import TOTAL, Lang, SourceLevel
from etl.catalogue.regions import COUNTRY
from etl.measures.similarity import FEWEST_NUMBER, MOST_NUMBER, USUAL_NUMBER, LeftOut

API_PREFIX = "/api/v1"
JSON = "json"
# A flavour of CSV is asked for by its own field.
FORMAT_NAMES = (
    JSON,
    *(format.name for format in FORMATS.values() if format.flavour in {"", MACHINE}),
)
UNION_LEVELS = ("stadsdel", "group")
PAGE_ROWS = 10_000
MOST_PAGE_ROWS = 100_000
_MOST_LIMIT = 1_000_000_000
_LONGEST_SHOWN = 80  # characters of a value in a problem
_MOST_SHOWN = 10  # wrong values of a field

T = TypeVar("T")


def published(schema: dict[str, Any]) -> None:
    """Leave out of a schema what it says of our classes: their names and docstrings."""
    schema.pop("description", None)
    for part in (schema, *schema.get("properties", {}).values()):
        part.pop("title", None)
        if part.get("default", ...) is None:
            del part["default"]
        if "enum" in part:
            del part["type"]


class Shape(BaseModel):
    """An object with exactly these keys, which also the rows of a frame have."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", from_attributes=True, json_schema_extra=published
    )


def _moment(value: Any) -> Any:
    """A time of the warehouse as ISO 8601 in UTC; None when it is not known."""
    is_time = isinstance(value, datetime) and pd.notna(value)
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if is_time else _text(value)


def _text(value: Any) -> str | None:
    """A text of the warehouse; None where there is none."""
    return value if isinstance(value, str) else None


def _codes(value: Any) -> list[str]:
    return [] if value is None else list(value)


Moment = TypeAliasType(
    "Moment",
    Annotated[
        str | None,
        BeforeValidator(_moment),
        WithJsonSchema({"type": ["string", "null"], "format": "date-time"}),
    ],
)
OptionalText = Annotated[str | None, BeforeValidator(_text)]
Count = Annotated[int, Field(ge=0)]


class Bilingual(Shape):
    """A text in both languages."""

    sv: str
    en: str


class AnswerMeta(Shape):
    """The version of the data that an answer is of."""

    version: str
    example: bool


class IndicatorSummary(Shape):
    """What an indicator measures and what there is of it."""

    id: str
    title: Bilingual
    theme: str
    unit: Bilingual
    decimals: Count
    measure: str
    frequency: Literal["year", "quarter", "month"]
    better: Literal["higher", "lower", "none"]
    union: Literal["counts", "weight", "none"]
    counted: Bilingual | None = Field(
        description="What numerator and denominator of its observations count, such as persons; "
        "null of what is no share, and of shares whose counts the source does not publish."
    )
    dimensions: list[str]
    levels: list[str]
    first_period: str | None
    last_period: str | None
    regions: Count
    observations: Count
    stale: bool
    reason: str | None


class IndicatorBreak(Shape):
    """A break or a caution of an indicator."""

    period: str
    severity: Literal["break", "caution"]
    applies_to: list[str]
    text: Bilingual


class IndicatorSegment(Shape):
    """A part of an indicator's series that is comparable in itself."""

    id: str
    title: Bilingual
    first_year: Count
    last_year: int | None
    ages: str | None


class IndicatorGroup(Shape):
    """A code of a dimension."""

    code: str
    kind: str
    label: Bilingual


class IndicatorGroups(Shape):
    """The codes of each dimension that an indicator has."""

    sex: list[IndicatorGroup]
    background: list[IndicatorGroup]
    age: list[IndicatorGroup]
    education: list[IndicatorGroup]


class IndicatorSource(Shape):
    """A table of the source that an indicator is read from."""

    table: str
    title: OptionalText
    segment: str
    level: str
    updated: Moment
    fetched: Moment


class SourceFootnote(Shape):
    """A footnote of the source; `applies_to` as that of a break, empty for all figures."""

    indicator: str
    table: str
    mandatory: bool
    applies_to: list[str]
    text: str


class FormerIndicator(Shape):
    """Under which id and title the figures of an indicator stood until a day, and why not now."""

    id: str
    title: Bilingual
    since: str
    reason: Bilingual


class IndicatorDescription(IndicatorSummary):
    """An indicator in full."""

    definition: Bilingual
    population: Bilingual
    not_captured: Bilingual
    to_confirm: bool
    breaks: list[IndicatorBreak]
    segments: list[IndicatorSegment]
    groups: IndicatorGroups
    sources: list[IndicatorSource]
    notes: list[SourceFootnote]
    formerly: list[FormerIndicator]


class RegionRecord(Shape):
    """A region, or a union of regions with its members."""

    code: str
    name: str
    level: str
    parent: OptionalText
    division: OptionalText
    valid_from: OptionalText
    valid_to: OptionalText
    former_name: OptionalText
    water: OptionalText
    members: Annotated[
        list[str], BeforeValidator(lambda codes: [] if codes is None else list(codes))
    ]


class ObservationRecord(Shape):
    """An observation; its keys are the columns of `exports.extract.COLUMNS`."""

    indicator: str
    region: str
    region_name: str
    period: str
    sex: str | None
    background: str | None
    age: str | None
    education: str | None
    value: float | None
    status: str | None = Field(
        description="The source's symbol for a missing value (.. or .) or a nil (-); of a union "
        "that some members have no figure for, of how many members its value is made: 14 of 20."
    )
    unit: str
    numerator: float | None = Field(
        description="How many have the property, of a share whose counts the source publishes; "
        "null where it publishes the share only, of what is no share, and where there is no value."
    )
    denominator: float | None = Field(
        description="How many the share is taken of; null where the numerator is."
    )
    segment: str | None
    kind: str | None
    table: str | None
    updated: Moment
    fetched: Moment


class ObservationsSource(Shape):
    """A table that observations of an answer come from."""

    table: str
    title: str
    updated: Moment
    fetched: Moment
    kind: str


class ObservationsMeta(Shape):
    """What is said of all observations of an answer."""

    indicator: str
    unit: str | None
    version: str
    built: Moment
    example: bool
    source: str
    sources: list[ObservationsSource]
    notes: list[str]
    footnotes: list[SourceFootnote]
    licence: str
    permalink: str
    rows: Count
    total: Count
    next: str | None


class ChangedFigureRecord(Shape):
    """A figure before and after; its keys are columns of the file of changes."""

    indicator: str
    region: str
    region_name: str
    period: str
    sex: str
    background: str
    age: str
    education: str
    change: Literal["revised", "vanished", "added"]
    old_value: float | None
    old_status: str | None = Field(
        description="The source's symbol before: .. or . for a missing value, - for a nil."
    )
    new_value: float | None
    new_status: str | None
    unit: str
    segment: str


class ChangedIndicator(Shape):
    """
    How many figures of an indicator changed.

    `fate`: renamed (`former` is the id it had), new or gone in the panel; the figures of the last
    two are counted and not listed.
    """

    indicator: str
    fate: Literal["kept", "renamed", "new", "gone"]
    former: str | None
    reason: Bilingual | None
    revised: Count
    vanished: Count
    added: Count


class ChangesMeta(Shape):
    """Which two versions are compared, and what came of it."""

    region: str
    since: OptionalText
    old_version: str
    version: str
    example: bool
    indicators: list[ChangedIndicator]
    joined_areas: dict[str, str] = Field(
        description="Areas that stand under another code now: that code, by the one before."
    )
    licence: str
    rows: Count
    total: Count
    next: str | None


class GapRecord(Shape):
    """Two groups of a region and period, and their gap; its keys are `exports.gaps.GAP_COLUMNS`."""

    indicator: str
    region: str
    region_name: str
    period: str
    first_group: str
    second_group: str
    first_value: float | None
    first_status: str | None = Field(
        description="The source's symbol for a missing value; null beside a number, and where the "
        "source has no row."
    )
    second_value: float | None
    second_status: str | None
    value: float | None = Field(
        description="By the measure: the first minus the second, the first divided by the second, "
        "or that where the second is 100; of the displayed numbers. Null where there is a reason."
    )
    unit: str
    reason: str | None = Field(
        description="Why there is no value: missing (a side has no number), segment, division or "
        "members (the sides are not comparable); of a ratio or index also zero, not_positive, or "
        "low (the second group's share is under 1 per cent)."
    )
    segment: str
    kind: Literal["computed"]


class GapChangeRecord(Shape):
    """
    A region of a list with its gap, and what became of it.

    Its keys are `exports.gaps.GAP_CHANGE_COLUMNS`.
    """

    indicator: str
    region: str
    region_name: str
    period: str
    first_group: str
    second_group: str
    first_value: float | None
    first_status: str | None
    second_value: float | None
    second_status: str | None
    difference: float | None
    ratio: float | None
    index: float | None
    unit: str = Field(description="Of difference, start, end, change and noise.")
    reason: str | None = Field(description="Why there is no difference, or no ratio and index.")
    change_from: str | None = Field(
        description="The first year of the change, or the first two whose mean is taken: 2008/2009."
    )
    change_to: str | None
    years: Count | None = Field(description="How many years with a number the stretch has.")
    start: float | None
    end: float | None
    change: float | None = Field(description="Of the size of the gap: below zero it narrowed.")
    verdict: Literal["narrowing", "widening", "unchanged", "turned"] | None = Field(
        description="By the published thresholds; turned: the gap changed sign. Null where the "
        "region lacks a year of the period of the list, or a break lies in it."
    )
    cause: Literal["rose", "fell", "both", "neither"] | None = Field(
        description="Of a gap that narrowed whether the lower group rose, the higher fell, or "
        "both; of one that widened whether the higher rose, the lower fell, or both."
    )
    doubt: Literal["lacking", "small", "unknown", "short", "noisy"] | None = Field(
        description="Why the verdict is not sure: no change, too few persons, nobody knows how "
        "many, under five years, or not more than the series' own noise. Null where it is sure."
    )
    persons: float | None = Field(
        description="Persons, or pupils, in the smaller group; an upper limit where the "
        "population has only a wider group."
    )
    noise: float | None = Field(
        description="2 × 1.4826 × the median absolute deviation of the yearly changes."
    )
    segment: str | None
    kind: Literal["computed"]


class _PairMeta(AnswerMeta):
    """Which two groups are compared, and what is said of all rows of an answer."""

    indicator: str
    pair: list[str]
    dimension: str
    common: dict[str, str] = Field(description="The codes of both groups in other dimensions.")
    note: Bilingual
    source: str = Field(description="Whose figures the rows of this page are worked out from.")
    tables: list[str] = Field(description="The ids of these tables at Statistics Sweden.")
    licence: str
    rows: Count
    total: Count
    next: str | None


class GapsMeta(_PairMeta):
    """Which two groups are compared, and by which measure."""

    measure: Literal["gap", "ratio", "index"]


class GapChangesMeta(_PairMeta):
    """Which two groups are compared, and over which one period."""

    period: str | None = Field(description="The last year of the list; null where none has a gap.")
    change_from: str | None
    change_to: str | None
    counts: dict[str, int] = Field(
        description="How many regions: narrowing, widening, unchanged and turned where that is "
        "sure, uncertain, and lacking."
    )


class HighlightRecord(Shape):
    """What stands out in a region, in one sentence."""

    place: Count
    indicator: str
    kind: HighlightKind
    sentence: Bilingual


class HighlightCandidate(Shape):
    """A comparison that was tried, with all that it is judged by; a row of the file."""

    region: str
    indicator: str
    position: Count = Field(description="The indicator's place in the catalogue, from 1.")
    theme: str
    family: str = Field(description="The same of measures that are nearly the same.")
    resource: bool
    kind: HighlightKind
    first_periods: str | None = Field(
        alias="from", description="Of a change: the first period, or two with a space between."
    )
    period: str = Field(description="The period, or the last two of a change.")
    segment: str
    value: float = Field(description="What is judged: the first minus the second.")
    first: float
    second: float
    median: float | None = Field(description="Of the values of all that are compared.")
    mad: float | None = Field(description="Median absolute deviation of the same values.")
    z: float | None = Field(description="(value - median) / (1.4826 * mad).")
    compared: Count
    limit: float | None
    noise: float | None
    persons: float | None
    fewest: Count
    refusal: Literal[HighlightRefusal, "chance"] = Field(
        description="Why it may not be named; empty where it may."
    )
    place: int | None = Field(description="Its place among those that are named.")
    tables: list[str] = Field(description="The source tables that the number is worked out from.")


class HighlightsMeta(Shape):
    """
    Of which region and version, how many comparisons have a z, and the |z| that they ask for.

    `not_tried` says why nothing is compared: a union of regions, or too few areas beside it.
    """

    region: str
    version: str
    example: bool
    examined: Count
    least_z: float | None
    not_tried: Literal["union", "few_areas"] | None
    licence: str


class SimilarRecord(Shape):
    """The municipality itself, without place and distance, or one that is similar to it."""

    region: str
    region_name: str
    place: int | None = Field(description="Equal displayed distances share a place.")
    distance: float | None
    main_group: str = Field(description="The main group of SALAR: A, B or C.")
    values: dict[str, float | None] = Field(
        description="What it is like, by criterion, as displayed: persons or per cent."
    )


class SimilarMeta(AnswerMeta):
    """By what the municipalities of an answer are chosen, and what is told of that."""

    region: str
    weights: dict[str, int]
    neighbours: Count
    published: bool = Field(description="Whether the weights are those of the published method.")
    used: list[str] = Field(description="The criteria that the distances are made of.")
    left_out: dict[str, LeftOut] = Field(
        description="Criteria that were asked for and do not count: subject (what the indicator "
        "is about), equal (alike in most municipalities), own (the municipality has no figure), "
        "missing (the version has none)."
    )
    lacking: dict[str, list[str]] = Field(
        description="Municipalities without a figure, by criterion; they have no distance."
    )
    level_with_last: list[str] = Field(
        description="Municipalities that are not listed and as near as the last one listed."
    )
    near: bool | None = Field(
        description="Whether most of them are near; null where there are none."
    )
    years: dict[str, str]
    source: str
    tables: list[str]
    licence: str
    rows: Count


class VersionRecord(Shape):
    """A version of the data that can be asked for."""

    version: str
    current: bool
    built: Moment
    example: bool
    observations: Count


class CurrentVersion(Shape):
    """Which version is the current one; `unreadable` should be, and cannot be read."""

    current: str
    unreadable: str | None


class TableFreshness(Shape):
    """How fresh a table of the source is."""

    id: str
    title: OptionalText
    updated: Moment
    fetched: Moment
    next_update: Moment
    stale: bool
    reason: OptionalText


class IndicatorProblem(Shape):
    """What is stale or missing of an indicator, and why."""

    indicator: str
    segment: str
    source: str
    table: OptionalText
    stale: bool
    reason: str


class IndicatorLoss(Shape):
    """
    What an indicator lacks because a table could not be read; `text` says it to readers.

    `what`: `years` at some levels (all of the indicator's where `levels` is empty), all figures
    of some `levels`, or some `groups` at some levels.
    """

    indicator: str
    what: Literal["years", "levels", "groups"]
    levels: list[str]
    first_year: OptionalText
    last_year: OptionalText
    text: Bilingual


class IndicatorsAnswer(Shape):
    """Every indicator: what it measures and what there is of it."""

    meta: AnswerMeta
    data: list[IndicatorSummary]


class IndicatorAnswer(Shape):
    """One indicator: definition, breaks, groups, sources and notes."""

    meta: AnswerMeta
    data: IndicatorDescription


class RegionsAnswer(Shape):
    """Regions and unions of regions, with codes, names, levels and members."""

    meta: AnswerMeta
    data: list[RegionRecord]


class ObservationsAnswer(Shape):
    """Observations, by indicator, region, group and period; a filter left out is all."""

    meta: ObservationsMeta
    data: list[ObservationRecord]


class HighlightsAnswer(Shape):
    """What stands out in a region, at most three things, and every comparison that was tried."""

    meta: HighlightsMeta
    data: list[HighlightRecord]
    candidates: list[HighlightCandidate]


class SimilarAnswer(Shape):
    """The municipalities similar to one, nearest first, with what they are like."""

    meta: SimilarMeta
    data: list[SimilarRecord]


class ChangesAnswer(Shape):
    """What changed for a region and its parts since a day, by indicator, region and period."""

    meta: ChangesMeta
    data: list[ChangedFigureRecord]


class GapsAnswer(Shape):
    """The gap between two groups by region and period: difference, ratio or index."""

    meta: GapsMeta
    data: list[GapRecord]


class GapChangesAnswer(Shape):
    """What became of the gap between two groups in the regions of a list over one period."""

    meta: GapChangesMeta
    data: list[GapChangeRecord]


class VersionsAnswer(Shape):
    """The versions of the data that are kept."""

    meta: CurrentVersion
    data: list[VersionRecord]


class FreshnessAnswer(Shape):
    """
    How fresh each table of the source is, for monitoring.

    `unreadable` is the version that should be shown, where that cannot be read; else null.
    """

    status: Literal["ok", "incomplete", "stale"]
    version: str
    built: Moment
    example: bool
    unreadable: str | None
    tables: list[TableFreshness]
    problems: list[IndicatorProblem]
    losses: list[IndicatorLoss]


class FieldProblem(Shape):
    """
    What is wrong with one field: the value as given, and what was expected.

    `status` is that of an answer in which nothing else is wrong.
    """

    field: str
    detail: str
    status: SkipJsonSchema[int] = Field(400, exclude=True)


class Problem(BaseModel):
    """A refusal, as RFC 9457 has it."""

    model_config = ConfigDict(frozen=True, json_schema_extra=published)

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | SkipJsonSchema[None] = None


def _single(texts: list[str]) -> str:
    if len(texts) > 1:
        raise ValueError(f"stands {len(texts)} times; expected once")
    return texts[0]


def _separated(texts: list[str]) -> list[str]:
    """Different values in the order of their text; they may stand under several equal keys."""
    return sorted({part for text in texts for part in text.split(",")})


def _ordered(texts: list[str]) -> list[str]:
    """The values of a list whose order tells them apart."""
    return _single(texts).split(",")


def _digits(text: str) -> str:
    """Only what the description promises: neither +5 nor 5.0 nor 5_000."""
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise ValueError("expected a whole number")
    return text


def _day(text: str) -> str:
    if day_of(text) is None:
        raise ValueError("expected a day such as 2026-10-01")
    return text


@dataclass(frozen=True)
class Choice:
    """One of some names that are known when the program starts."""

    names: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _: Any, __: Any) -> CoreSchema:
        """Read, and describe, as `Literal` does."""
        return core_schema.literal_schema(list(self.names))


Defaulted = Annotated[T, BeforeValidator(_single)]
Single = Annotated[T, BeforeValidator(_single)] | SkipJsonSchema[None]
Several = (
    Annotated[tuple[T, ...], Field(min_length=1), BeforeValidator(_separated)]
    | SkipJsonSchema[None]
)
RegionLevel = TypeAliasType("RegionLevel", Literal[SourceLevel, "stadsdel", "group"])
Code = TypeAliasType("Code", Annotated[str, Field(pattern=r"^[^\s,]{1,64}$", description="a code")])
Pair = (
    Annotated[tuple[Code, ...], Field(min_length=2, max_length=2), BeforeValidator(_ordered)]
    | SkipJsonSchema[None]
)
IndicatorId = TypeAliasType(
    "IndicatorId",
    Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,79}$", description="the id of an indicator")],
)
PeriodParameter = TypeAliasType(
    "PeriodParameter",
    Annotated[
        str,
        Field(
            pattern=r"^[0-9]{4}(K[1-4]|M(0[1-9]|1[0-2]))?$",
            description="a year, quarter or month such as 2024, 2024K3 or 2024M09",
        ),
    ],
)
_VERSION_DIGITS = VERSION_PATTERN.pattern.replace(r"\d", "[0-9]")
VersionParameter = TypeAliasType(
    "VersionParameter",
    Annotated[str, Field(pattern=f"^{_VERSION_DIGITS}$", description="a version of /versions")],
)
Digits = BeforeValidator(_digits)
DayParameter = TypeAliasType(
    "DayParameter",
    Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})],
)
FormatName = Annotated[str, Choice(FORMAT_NAMES)]
FlavourName = Annotated[str, Choice(tuple(FLAVOURS))]
_VERSION_TEXT = "A version of the data that is kept; left out, the current one."


class Query(BaseModel):
    """
    The parameters of a request; one that is left out has its default.

    `of_gaps`: parameters that are no fields of it, but of the gaps between two groups.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    of_gaps: ClassVar[frozenset[str]] = frozenset()


class VersionQuery(Query):
    """What is asked of one version of the data."""

    version: Single[VersionParameter] = Field(None, description=_VERSION_TEXT)


class RegionsQuery(Query):
    """Which regions are asked for."""

    level: Several[RegionLevel] = Field(None, description="Levels of regions.")
    parent: Several[Code] = Field(
        None, description="Codes of the regions above.", examples=[["01"]]
    )
    version: Single[VersionParameter] = Field(None, description=_VERSION_TEXT)


class ObservationsQuery(Query):
    """Which observations are asked for, and in which format."""

    of_gaps: ClassVar[frozenset[str]] = frozenset({"measure", "pair"})

    indicator: Several[IndicatorId] = Field(
        None, description="Indicators.", examples=[["population"]]
    )
    region: Several[Code] = Field(
        None,
        description="Codes of regions and of unions of regions (stadsdel-…, grupp-…, skr-…, la-…). "
        "Left out: every region with figures of its own; unions only where they are named, or "
        "asked for by level.",
        examples=[["00"]],
    )
    level: Several[RegionLevel] = Field(None, description="Levels of regions.")
    sex: Several[Code] = Field(None, description="_T everybody, 1 men, 2 women.", examples=[["_T"]])
    background: Several[Code] = Field(
        None,
        description="_T everybody, or a code of a group. Where it is given and age is not, all "
        "ages together are meant.",
        examples=[["_T"]],
    )
    age: Several[Code] = Field(
        None,
        description="_T all ages, a class (20-64) or a year of age (45); the two overlap, so "
        "never add them.",
        examples=[["_T"]],
    )
    education: Several[Code] = Field(
        None, description="_T everybody, or a code of education.", examples=[["_T"]]
    )
    first: Single[PeriodParameter] = Field(
        None,
        alias="from",
        description="First period: a year is all of its months, a month is of its year.",
    )
    last: Single[PeriodParameter] = Field(None, alias="to", description="Last period.")
    version: Single[VersionParameter] = Field(None, description=_VERSION_TEXT)
    format: Defaulted[FormatName] = Field(JSON, description="Format.")
    flavour: Single[FlavourName] = Field(
        None,
        description="Of csv only: machine has codes, comma and decimal point; excel has words, "
        "semicolon and decimal comma, for a Swedish Excel.",
    )
    lang: Defaulted[Lang] = Field(
        "sv",
        description="Language of the unit, the source and, in files for readers, of labels.",
    )
    limit: Single[Annotated[int, Field(ge=1, le=_MOST_LIMIT), Digits]] = Field(
        None,
        description=f"At most so many observations. With json {PAGE_ROWS} where it is left out, "
        f"and at most {MOST_PAGE_ROWS}; the other formats have all.",
    )
    offset: Defaulted[Annotated[int, Field(ge=0, le=_MOST_LIMIT), Digits]] = Field(
        0, description="How many observations to leave out at the beginning."
    )


class ChangesQuery(Query):
    """Whose changes are asked for, and since when."""

    region: Defaulted[Code] = Field(
        COUNTRY,
        description="Code of a region, for its own figures and those of its parts: of a county "
        "its municipalities and areas, of the country everything, of a union its members.",
        examples=["01"],
    )
    since: Single[DayParameter] = Field(
        None,
        description="A day: the newest version published by its end in Sweden is compared with. "
        "Left out: the version before.",
    )
    indicator: Several[IndicatorId] = Field(
        None, description="Indicators.", examples=[["population"]]
    )
    version: Single[VersionParameter] = Field(None, description=_VERSION_TEXT)
    limit: Defaulted[Annotated[int, Field(ge=1, le=MOST_PAGE_ROWS), Digits]] = Field(
        PAGE_ROWS, description="At most so many figures."
    )
    offset: Defaulted[Annotated[int, Field(ge=0, le=_MOST_LIMIT), Digits]] = Field(
        0, description="How many figures to leave out at the beginning."
    )


class _PairQuery(Query):
    """Of which indicator, two groups and regions a gap is asked for."""

    indicator: Single[IndicatorId] = Field(
        None, description="The indicator; needed.", examples=["employment_rate"]
    )
    pair: Pair = Field(
        None,
        description="The two groups, needed: codes of one dimension (sex, background, age or "
        "education) that have nobody in common. The gap is the first minus the second.",
        examples=[["SE", "SAMUTF"]],
    )
    region: Several[Code] = Field(None, description="Codes of regions.", examples=[["01"]])
    level: Single[RegionLevel] = Field(
        None,
        description="Level of the regions; where neither region nor level is given, municipality.",
    )
    sex: Defaulted[Code] = Field(TOTAL, description="The sex of both groups.")
    background: Defaulted[Code] = Field(TOTAL, description="The background of both groups.")
    age: Defaulted[Code] = Field(TOTAL, description="The ages of both groups.")
    education: Defaulted[Code] = Field(TOTAL, description="The education of both groups.")
    first: Single[PeriodParameter] = Field(None, alias="from", description="First period.")
    last: Single[PeriodParameter] = Field(None, alias="to", description="Last period.")
    version: Single[VersionParameter] = Field(None, description=_VERSION_TEXT)
    lang: Defaulted[Lang] = Field("sv", description="Language of the unit and of names.")
    limit: Defaulted[Annotated[int, Field(ge=1, le=MOST_PAGE_ROWS), Digits]] = Field(
        PAGE_ROWS, description="At most so many rows."
    )
    offset: Defaulted[Annotated[int, Field(ge=0, le=_MOST_LIMIT), Digits]] = Field(
        0, description="How many rows to leave out at the beginning."
    )


class GapsQuery(_PairQuery):
    """Whose gaps are asked for, and by which measure."""

    measure: Defaulted[GapMeasure] = Field("gap", description="How the gap is measured.")


class GapChangesQuery(_PairQuery):
    """Whose changes of a gap are asked for, in one list over one period."""


class HighlightsQuery(Query):
    """In which region."""

    region: Defaulted[Code] = Field(COUNTRY, description="Code of a region.", examples=["0127"])
    version: Single[VersionParameter] = Field(None, description=_VERSION_TEXT)


class SimilarQuery(Query):
    """To which municipality, and by which criteria, weights and number."""

    region: Single[Code] = Field(
        None, description="Code of a municipality; needed.", examples=["0127"]
    )
    weights: Single[str] = Field(
        None,
        description="Weights from 0 to 3 of criteria, by comma: those that differ from the "
        "published method, in which population, born_outside_europe_share, post_secondary_share, "
        "aged_20_64_share and skr (main group of SALAR) have 1 and all others 0.",
        examples=["population:2,foreign_born_share:1"],
    )
    neighbours: Defaulted[Annotated[int, Field(ge=FEWEST_NUMBER, le=MOST_NUMBER), Digits]] = Field(
        USUAL_NUMBER, description="How many municipalities."
    )
    indicator: Several[IndicatorId] = Field(
        None,
        description="Indicators that are to be compared: criteria that are what they are about "
        "do not count.",
        examples=[["employment_rate"]],
    )
    version: Single[VersionParameter] = Field(None, description=_VERSION_TEXT)
    lang: Defaulted[Lang] = Field("sv", description="Language of names and of the source.")


class IndicatorPath(BaseModel):
    """The part of an address that names an indicator."""

    id: IndicatorId = Field(description="Id of the indicator.", examples=["population"])


DataQuery = (
    VersionQuery
    | RegionsQuery
    | ObservationsQuery
    | ChangesQuery
    | GapsQuery
    | GapChangesQuery
    | HighlightsQuery
    | SimilarQuery
)  # of one version of the data


def query_of(
    model: type[Query], parameters: Iterable[tuple[str, str]]
) -> tuple[Query, list[FieldProblem]]:
    """The query in names and texts, and every problem; what has one has its default."""
    texts: dict[str, list[str]] = {}
    for name, text in parameters:
        texts.setdefault(name, []).append(text)
    try:
        return model.model_validate(texts), []
    except ValidationError as error:
        problems = list(_problems(error, model, texts))
        wrong = {str(fault["loc"][0]) for fault in error.errors()}
    return model.model_validate({name: texts[name] for name in texts.keys() - wrong}), problems


def shortened(text: str) -> str:
    """A text of the request as problems repeat it."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _gaps_instead(texts: Mapping[str, Sequence[str]]) -> str:
    """Where `/gaps` answers what was asked of another endpoint, and what must be changed for it."""
    fields = {field.alias or name for name, field in GapsQuery.model_fields.items()}
    carried = [(name, text) for name in texts for text in texts[name] if name in fields]
    _, problems = query_of(GapsQuery, carried)
    changed = {problem.field: problem.detail for problem in problems}
    address = urlencode([one for one in carried if one[0] not in changed], safe=",")
    foreign = ", ".join(shortened(name) for name in texts if name not in fields)
    needed = ", ".join(name for name in ("indicator", "pair") if name not in texts)
    return "; ".join(
        [
            f"gaps between two groups are at {API_PREFIX}/gaps?{address}",
            *([f"it needs {needed}"] if needed else []),
            *([f"it has no {foreign}"] if foreign else []),
            *(f"{name} there: {detail}" for name, detail in changed.items()),
        ]
    )


def _problems(
    error: ValidationError, model: type[Query], texts: Mapping[str, Sequence[str]]
) -> Iterator[FieldProblem]:
    """A problem for each field, with the first values that are wrong in it."""
    details: dict[str, list[str]] = {}
    fields = ", ".join(field.alias or name for name, field in model.model_fields.items())
    for fault in error.errors():
        details.setdefault(str(fault["loc"][0]), []).extend(_details(fault, fields))
    for name in details.keys() & model.of_gaps:
        details[name] = [_gaps_instead(texts)]
    for name, sentences in details.items():
        yield FieldProblem(field=shortened(name), detail="; ".join(sentences[:_MOST_SHOWN]))


def _details(fault: ErrorDetails, fields: str) -> Iterator[str]:
    if fault["type"] == "extra_forbidden":
        yield f"there is no such field here; expected {fields or 'no field at all'}"
    elif fault["type"] != "none_required":  # a field that may be left out is no problem by itself
        shown = ",".join(fault["input"]) if isinstance(fault["input"], list) else fault["input"]
        yield f"{shortened(str(shown))!r} cannot be used: {fault['msg']}"


@dataclass(frozen=True)
class Endpoint:
    """
    One address and what it answers.

    `answer` is None where the answer has no shape of ours. `files`: other media types than JSON
    are answered, too. `about`: what else the description of the API says of it.
    """

    name: str
    path: str
    answer: type[BaseModel] | None
    query: type[Query] = Query
    parts: type[BaseModel] | None = None  # of the path
    files: bool = False
    about: str = ""

    @property
    def summary(self) -> str:
        """The first words of the answer's model."""
        return (self.answer.__doc__ or "").rstrip(".") if self.answer else "This description"

    @property
    def pinned(self) -> bool:
        """Whether answers are of one version of the data, so that they keep as long as that."""
        return issubclass(self.query, DataQuery)


_ABOUT_GAPS = (
    "Published figures, and those of unions. Gaps between two groups are worked out from them by "
    f"{API_PREFIX}/gaps: `pair` and `measure` are refused here (400), and the problem names the "
    "address there that has what was asked for."
)
ENDPOINTS: Mapping[str, Endpoint] = MappingProxyType(
    {
        endpoint.name: endpoint
        for endpoint in (
            Endpoint("indicators", "/indicators", IndicatorsAnswer, VersionQuery),
            Endpoint("indicator", "/indicators/{id}", IndicatorAnswer, VersionQuery, IndicatorPath),
            Endpoint("regions", "/regions", RegionsAnswer, RegionsQuery),
            Endpoint(
                "observations",
                "/observations",
                ObservationsAnswer,
                ObservationsQuery,
                files=True,
                about=_ABOUT_GAPS,
            ),
            Endpoint("changes", "/changes", ChangesAnswer, ChangesQuery),
            Endpoint("gaps", "/gaps", GapsAnswer, GapsQuery),
            Endpoint("gap_changes", "/gaps/changes", GapChangesAnswer, GapChangesQuery),
            Endpoint("highlights", "/highlights", HighlightsAnswer, HighlightsQuery),
            Endpoint("similar", "/similar", SimilarAnswer, SimilarQuery),
            Endpoint("versions", "/versions", VersionsAnswer),
            Endpoint("freshness", "/freshness", FreshnessAnswer),
            Endpoint("openapi", "/openapi.json", None),
        )
    }
)
