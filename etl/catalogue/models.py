"""
The words of `indicators.yaml` as types: frozen, strict, complete.

Knows the shape of each entry and of the whole; rules that hold between entries, and how the file
is read, are in `loading`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Lang = Literal["sv", "en"]
NonEmpty = Annotated[str, Field(min_length=1)]


class Spec(BaseModel):
    """Base of all: immutable, no unknown keys, and 0114 is not "0114"."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(Spec):
    """One text in every language of the product."""

    sv: NonEmpty
    en: NonEmpty

    def __getitem__(self, lang: Lang) -> str:
        """Return the text in one language."""
        return self.en if lang == "en" else self.sv


class Against(Spec):
    """What a ratio below, at and above its 100 says; `small` is added for small areas."""

    below: Text
    level: Text
    above: Text
    small: Text | None = None


class Phrase(Spec):
    """
    An indicator in running text; a segment may have its own.

    `subject` is what rises and falls ("andelen sysselsatta"); `neuter` says that it is an
    ett-word. A share of a `whole` ("befolkningen 20–65 år") reads "var 76,8 procent av <whole>
    i Botkyrka <state>", with another `verb` where "var" does not fit. Members of the whole are
    `people`, with blanks for {persons} (women, men) and {ages}. A count reads "hade Botkyrka
    <noun> på 48 personer", with the unit `one` for a single one; `part` is what it is called
    beside the other parts of a sum. `against` explains a ratio.
    """

    subject: Text
    neuter: bool = False
    whole: Text | None = None
    verb: Text = Text(sv="var", en="were")
    state: Text | None = None
    ages: Text | None = None
    people: Text = Text(sv="{persons} {ages}", en="{persons} {ages}")
    noun: Text | None = None
    one: Text | None = None
    part: Text | None = None
    against: Against | None = None


class GroupWords(Spec):
    """
    A group in running text.

    `who` follows a noun: "som är födda i Sverige". `people` and `those` are said instead of
    "personer <who>" and "dem <who>" where those do not read well; {persons} is women or men.
    """

    who: Text | None = None
    people: Text | None = None
    those: Text | None = None


TOTAL = "_T"
SourceLevel = Literal["country", "county", "municipality", "regso"]
DimensionName = Literal["sex", "background", "age", "education"]
Subject = Literal["population", "origin", "education", "age"]
Breakdown = Literal["sex", "origin", "stay", "reason", "age", "education"]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Address = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
CalendarYear = Annotated[int, Field(ge=1900, le=2200)]


class Category(Spec):
    """
    One code of a dimension: its name, its breakdown, and its `words` in running text.

    `unknown`: the persons of whom the source does not know the group; no sentence compares them.
    """

    dimension: DimensionName
    code: NonEmpty
    kind: Breakdown | Literal["total", "single_age", "five_years"]
    unknown: bool = False
    label: Text
    words: GroupWords | None = None


class YearLimits(Spec):
    """First and last year, both included; no `to` means still going on."""

    first: CalendarYear = Field(alias="from")
    last: CalendarYear | None = Field(default=None, alias="to")

    def __contains__(self, period: str) -> bool:
        """Say whether a period of the source ("2010", "2010M09") lies inside."""
        if not period[:4].isdecimal():
            return False
        year = int(period[:4])
        return self.first <= year and (self.last is None or year <= self.last)


class Labelled(Spec):
    """A value whose code is not documented: found by its text in the table."""

    label: NonEmpty


Value = NonEmpty | Labelled


class Variable(Spec):
    """
    What the codes of one variable of a table become.

    `role` names the column that the codes of `keep` go to under their own names; a
    variable with role `other` becomes no column, and only its `total` is taken. `total`
    is the value that stands for everybody; several are added. One of role `other` without a total
    is left out of the question, and the source adds it up. `sums` are groups that we
    add up ourselves. `twins` must equal the total and are not stored. `sex`, `age` and
    `education` name codes that stand inside this variable and belong to those columns.
    Members of `sums` and of a `total` may be PxWeb expressions such as RANGE(16,25).
    """

    code: NonEmpty
    role: Literal["region", "sex", "background", "age", "education", "other"]
    total: Value | tuple[Value, ...] | None = None
    keep: tuple[Value, ...] = ()
    sums: dict[str, tuple[Value, ...]] = Field(default={})
    twins: tuple[Value, ...] = ()
    sex: tuple[Value, ...] = ()
    age: tuple[Value, ...] = ()
    education: tuple[Value, ...] = ()

    @property
    def left_out(self) -> bool:
        """Whether nothing of it is asked for."""
        return self.role == "other" and self.total is None and not (self.keep or self.sums)


class Evidence(Spec):
    """
    How well something declared is documented.

    `verified`: seen at the source or in code that read it, `where`, and which day, month or year
    (`seen`); `inferred`: concluded, `where` says from what; `unknown`: nobody has seen it.
    """

    state: Literal["verified", "inferred", "unknown"] = "unknown"
    where: NonEmpty | None = None
    seen: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$")] | None = None

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if self.state != "unknown" and self.where is None:
            raise ValueError(f"{self.state} without `where`: say where it was seen")
        if (self.state == "verified") != (self.seen is not None):
            raise ValueError(
                "`seen` tells when: what is verified needs it, and nothing else has it"
            )
        return self


class TableEvidence(Spec):
    """How well each thing that is declared of a table is documented."""

    id: Evidence = Evidence()
    variables: Evidence = Evidence()
    contents: Evidence = Evidence()
    units: Evidence = Evidence()
    years: Evidence = Evidence()


class Table(Spec):
    """
    How to recognise a table of the source: id where known, and always its words.

    `label`: words that all stand in its title. `path`: the beginning of the id of a folder
    it lies in. `years`: every period of the table lies inside. `evidence` tells how well id,
    codes, texts and years are documented. `former_regions`: its regions are of an older division,
    and one is used only where its code is that of a region of today, and its name too or the
    one that the region had before it was renamed.
    """

    key: Id
    id: Annotated[str, Field(pattern=r"^TAB\d+$")] | None = None
    evidence: TableEvidence = TableEvidence()
    label: tuple[NonEmpty, ...] = Field(min_length=1)
    path: NonEmpty
    discontinued: bool = False
    former_regions: bool = False
    levels: tuple[SourceLevel, ...] = Field(min_length=1)
    years: YearLimits
    variables: tuple[Variable, ...] = Field(min_length=1)


class Contents(Spec):
    """
    A content of a table: bound by its text; the code is a hint, the unit is checked.

    `words`: where the exact text is not documented, words that all stand in it and together
    in no other content of the table. `evidence` stands in place of the table's.
    """

    text: NonEmpty
    words: tuple[NonEmpty, ...] = ()
    code: NonEmpty | None = None
    unit: NonEmpty
    decimals: Annotated[int, Field(ge=0, le=6)]
    evidence: Evidence | None = None


class SharePart(Spec):
    """Which cells are added to a numerator or denominator, and which are taken away."""

    contents: Contents | None = None
    codes: dict[str, tuple[Value, ...]] = Field(default={})
    minus: dict[str, tuple[Value, ...]] = Field(default={})


class Source(Spec):
    """
    Where a segment's values come from at some levels.

    Either the cells of one content as published, with those of `added` contents added to them,
    or (with `numerator` and `denominator`) the share 100 x numerator / denominator of two sums of
    cells. Where `contents` and both parts are contents of their own, the share is published, and
    the parts are the counts behind it (`counts_beside`). Where the groups of a table are its
    contents, `by_background` names the content of each background code.
    `variables` replace the table's own.
    `sum_to` lists levels whose values are sums of this source's RegSO. With `derive` they are
    that measure over the RegSO instead, and the RegSO themselves have no value.
    """

    table: Id
    levels: tuple[SourceLevel, ...] = Field(min_length=1)
    contents: Contents | None = None
    added: tuple[Contents, ...] = ()
    by_background: dict[str, Contents] = Field(default={})
    numerator: SharePart | None = None
    denominator: SharePart | None = None
    variables: tuple[Variable, ...] = ()
    sum_to: tuple[SourceLevel, ...] = ()
    derive: Literal["dissimilarity"] | None = None

    @property
    def counts_beside(self) -> tuple[SharePart, SharePart] | None:
        """Numerator and denominator that the table has beside a share that it publishes."""
        if not (self.contents and self.numerator and self.denominator):
            return None
        parts = self.numerator, self.denominator
        return parts if all(part.contents for part in parts) else None

    @property
    def given_levels(self) -> tuple[SourceLevel, ...]:
        """The levels that it gives values of, read or made of its RegSO."""
        return self.sum_to if self.derive else (*self.levels, *self.sum_to)

    def backgrounds(self, table: "Table") -> frozenset[str]:
        """The codes of background that it gives; everybody where the table has no other."""
        replaced = {variable.code: variable for variable in self.variables}
        variables = [replaced.get(variable.code, variable) for variable in table.variables]
        named = [variable for variable in variables if variable.role == "background"]
        codes = {*self.by_background, *(TOTAL for variable in named if variable.total)}
        codes |= {
            code
            for variable in named
            for code in (*variable.keep, *variable.sums)
            if isinstance(code, str)
        }
        return frozenset(codes or {TOTAL})

    @model_validator(mode="after")
    def _has_a_value(self) -> Self:
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("`numerator` and `denominator` belong together: give both or none")
        parts = [part for part in (self.numerator, self.denominator) if part]
        has_contents = self.contents or self.by_background
        if not has_contents and not (parts and all(part.contents for part in parts)):
            raise ValueError("`contents` is missing: say which content of the table holds it")
        if self.added and (self.contents is None or parts):
            raise ValueError("`added` belongs to `contents`: give that, and no shares")
        if self.by_background and (self.contents or parts):
            raise ValueError("`by_background` stands alone: remove `contents` and shares")
        if self.sum_to and (self.denominator is None or self.counts_beside):
            raise ValueError(
                "`sum_to` adds counts: it needs `numerator` and `denominator`, and no published "
                "share"
            )
        if self.derive and not self.sum_to:
            raise ValueError("`derive` needs `sum_to`: say for which levels it is computed")
        return self


class Segment(Spec):
    """
    One register and definition, the same for all levels.

    `ages` are those of its weights, which are `nearly` its own population where the source counts
    some otherwise; `phrase` stands in place of the indicator's. `exact_to`:
    the last year in which men and women add up to everybody, so that a difference is an error
    (not so where the source adds noise or where figures are shares).
    """

    id: Id
    title: Text
    years: YearLimits
    ages: NonEmpty | None = None
    nearly: bool = False
    phrase: Phrase | None = None
    exact_to: CalendarYear | None = None
    sources: tuple[Source, ...] = Field(min_length=1)


class Break(Spec):
    """
    A period from which figures are not (break) or hardly (caution) comparable with earlier.

    `applies_to`: codes such as "background:VXEUEES" or "region:03"; empty means everything.
    `new_source`: figures from then on come from another source. `whole_with`: regions that
    exchanged area with the one it applies to: of a union that holds all of them it is not true.
    `label`: why, in two or three words before the period, "ny källa"; without one it is made of
    the other fields (`dashboard.text.format.mark_label`).
    """

    period: Annotated[str, Field(pattern=r"^\d{4}")]
    severity: Literal["break", "caution"]
    new_source: bool = False
    applies_to: tuple[
        Annotated[str, Field(pattern=r"^(region|sex|background|age|education):\S+$")], ...
    ] = ()
    whole_with: tuple[NonEmpty, ...] = ()
    label: Text | None = None
    text: Text


class Target(Spec):
    """A goal that somebody owns, for one measure and age group, between two years."""

    value: float
    measure: NonEmpty
    ages: NonEmpty
    owner: Text
    years: YearLimits
    source: NonEmpty


class Chart(Spec):
    """How an indicator is first shown: kind of chart, and the breakdown to offer first."""

    kind: Literal["line", "bar"]
    breakdown: Breakdown | None = None


class Counted(Spec):
    """What the numerator of a share counts, in words: "person" of one, "personer" of several."""

    one: Text
    many: Text


class ValueLimits(Spec):
    """Lowest and highest value, where the kind of measure does not tell: of nets, of classes."""

    min: float
    max: float


class Indicator(Spec):
    """
    What is measured, what it does not capture, and where each segment comes from.

    `flow`: it counts what happened during a period, not what there was at its end; a region that
    was formed has its first flow in the period after its first stock. `frequency`: how long each
    of its periods is; an indicator holds one, in all its tables. Limits of years stay years.
    `counted`: what is counted, of shares whose counts are published; of others the source publishes
    none. `parts`: the dimension whose groups are the parts of one whole, of every other group: all
    of them together are 100 per cent, and there is no figure of all parts.
    `family`: the name of measures that are nearly the same, of which only one stands out at once.
    `criterion`: similar municipalities may be chosen by it: it is a condition and no result.
    `subject`: of what similar municipalities are alike in, that which it is about: its size, or the
    origin, education or ages of its population. They are then not chosen by it, and the areas of a
    municipality are never ordered by a share by origin (or by time in Sweden).
    """

    id: Id
    theme: Id
    family: Id | None = None
    criterion: bool = False
    subject: Subject | None = None
    title: Text
    definition: Text
    population: Text
    not_captured: Text
    unit: Text
    decimals: Annotated[int, Field(ge=0, le=6)]
    measure: Literal["share", "count", "index", "ratio", "amount", "class"]
    flow: bool = False
    frequency: Literal["year", "quarter", "month"] = "year"
    counted: Counted | None = None
    parts: Literal["education"] | None = None
    limits: ValueLimits | None = None
    better: Literal["higher", "lower", "none"]
    union: Literal["counts", "weight", "none"]
    dimensions: tuple[Breakdown, ...] = ()
    chart: Chart
    breaks: tuple[Break, ...] = ()
    targets: tuple[Target, ...] = ()
    synonyms: tuple[NonEmpty, ...] = ()
    to_confirm: bool = False
    phrase: Phrase | None = None
    segments: tuple[Segment, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_the_share_of_parts(self) -> Self:
        if self.parts and not (self.measure == "share" and self.parts in self.dimensions):
            raise ValueError(
                "`parts` are groups of a share: give the measure share and the dimension in "
                "`dimensions`"
            )
        return self

    @model_validator(mode="after")
    def _is_a_condition(self) -> Self:
        if self.criterion and not (self.measure == "share" and self.better == "none"):
            raise ValueError(
                "`criterion` is of conditions: similar municipalities are chosen by shares that "
                "have no better end, never by results"
            )
        return self

    @model_validator(mode="after")
    def _is_a_share_of_its_subject(self) -> Self:
        if self.subject and self.measure != ("count" if self.subject == "population" else "share"):
            raise ValueError(
                "`subject` population is of a count, and origin, education and age are of shares "
                f"of the population; the measure is {self.measure}"
            )
        return self

    @model_validator(mode="after")
    def _names_what_it_counts(self) -> Self:
        sources = [source for segment in self.segments for source in segment.sources]
        has_counts = self.measure == "share" and any(source.numerator for source in sources)
        if has_counts != (self.counted is not None):
            raise ValueError(
                "`counted` names what the numerator of a share counts: give it where a source "
                "has `numerator`, and nowhere else"
            )
        return self


FEWEST_LEADING, MOST_LEADING = 4, 6  # indicators by which the overview tells a theme


class Theme(Spec):
    """
    A heading of the overview; `line` says in one sentence what is under it.

    `leading`: the indicators by which the overview tells it, in that order; the first ones of the
    theme where none are named.
    """

    id: Id
    title: Text
    line: Text
    leading: tuple[Id, ...] = ()


class CollectionMember(Spec):
    """
    An indicator of a collection, and the breakdown it opens with there; None for everybody.

    `age`: the age group whose figures the collection is about. `who` tells of which ages and groups
    they are, where the title does not.
    """

    indicator: Id
    breakdown: Breakdown | None = None
    age: NonEmpty | None = None
    who: Text | None = None


class Collection(Spec):
    """
    A selection of indicators across the themes, in the order in which they are shown.

    `id` stands in addresses ("samling=kvinnor-och-man"); `line` says in one sentence what is
    gathered.
    """

    id: Address
    title: Text
    line: Text
    members: tuple[CollectionMember, ...] = Field(min_length=1)


class Retired(Spec):
    """
    An indicator that was shown and is no more, because its title or definition was false.

    `title`: what it was shown as. `reason`: what the source measures instead. `since`: the day.
    `replaced_by`: the indicator that says the same content right; None where there is none.
    """

    id: Id
    title: Text
    since: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    replaced_by: Id | None = None
    reason: Text


@dataclass(frozen=True)
class Catalogue:
    """
    The whole catalogue, in the order of the file, which is the order of the menus.

    `lines`: where in the file a table stands, by its key, (table, variable), and the contents of
    a source, by the names under which it is used: (indicator, segment, "table#number").
    """

    themes: tuple[Theme, ...]
    categories: tuple[Category, ...]
    tables: tuple[Table, ...]
    indicators: tuple[Indicator, ...]
    collections: tuple[Collection, ...] = ()
    retired: tuple[Retired, ...] = ()
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def table(self) -> Mapping[str, Table]:
        """Tables by key."""
        return {table.key: table for table in self.tables}

    @cached_property
    def indicator(self) -> Mapping[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def by_theme(self) -> Mapping[str, tuple[Indicator, ...]]:
        """The indicators of each theme that has some, by its id."""
        listed: dict[str, list[Indicator]] = {}
        for indicator in self.indicators:
            listed.setdefault(indicator.theme, []).append(indicator)
        return {theme.id: tuple(listed[theme.id]) for theme in self.themes if theme.id in listed}

    def leading(self, theme: Theme) -> tuple[Indicator, ...]:
        """The indicators by which the overview tells a theme."""
        if theme.leading:
            return tuple(self.indicator[id] for id in theme.leading)
        return self.by_theme.get(theme.id, ())[:MOST_LEADING]

    def backgrounds(self, indicator: Indicator) -> Mapping[str, frozenset[str]]:
        """The backgrounds that an indicator has of each table with a known id, by that id."""
        given: dict[str, frozenset[str]] = {}
        for source in (source for segment in indicator.segments for source in segment.sources):
            table = self.table[source.table]
            if table.id:
                codes = given.get(table.id, frozenset())
                given[table.id] = codes | source.backgrounds(table)
        return given

    @cached_property
    def retired_by_id(self) -> Mapping[str, Retired]:
        """What was shown and is no more, by id."""
        return {entry.id: entry for entry in self.retired}

    @cached_property
    def successors(self) -> Mapping[str, str]:
        """Of retired indicators that are replaced the ids of today, by their own."""
        return {entry.id: entry.replaced_by for entry in self.retired if entry.replaced_by}

    @cached_property
    def collection(self) -> Mapping[str, Collection]:
        """Collections by id."""
        return {collection.id: collection for collection in self.collections}

    @cached_property
    def category(self) -> Mapping[tuple[str, str], Category]:
        """Categories by (dimension, code)."""
        return {(category.dimension, category.code): category for category in self.categories}
