"""
What the report of 2010 printed, as data: read from its file and checked.

Knows the shape of `data/report_2010.yaml` and for which measures the definition is unchanged.
It asks for no figure and compares nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from dashboard.data.observation import Observation, shown
from dashboard.text import format, term
from dashboard.text.phrases import said
from etl.catalogue import TOTAL, Catalogue, CatalogueError, Indicator, Lang, Spec, Text

FILE = Path(__file__).parents[3] / "data" / "report_2010.yaml"
FIGURES = range(1, 8)
# Only of these is today's definition that of 2010.
UNCHANGED = frozenset(
    {"population", "population_16_25_share", "net_migration", "net_migration_abroad"}
    | {"net_migration_domestic", "employment_rate", "upper_secondary_eligibility"}
    | {"studying_20_24"}
)
Year = Annotated[str, Field(pattern=r"^\d{4}$")]
Operator = Literal["exact", "almost", "just_under", "under", "just_over"]
Unit = Literal["persons", "percent", "points"]


class Today(Spec):
    """The same figure in today's tables: indicator, region and group."""

    indicator: str
    region: str
    background: str = TOTAL
    sex: str = TOTAL


class Printed(Spec):
    """
    One figure or statement of the report.

    Either a `value` with its unit, rounded to `step`, or `printed` words. `until` is the last
    year of a span; `figure` None for what stands in the text alone.
    """

    id: str
    figure: int | None
    what: Text
    where: Text
    year: Year | None
    until: Year | None = None
    value: float | None = None
    step: float | None = Field(default=None, gt=0)
    operator: Operator = "exact"
    unit: Unit | None = None
    printed: Text | None = None
    current: Today | None = None
    comparable: bool
    point: bool
    why: Text

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        problems = list(_faults(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @property
    def decimals(self) -> int:
        """The decimals it was printed with."""
        return 1 if self.step is not None and self.step < 1 else 0


def printed(path: Path) -> tuple[Printed, ...]:
    """
    Read what the report printed, in the order of the file.

    Raises:
        CatalogueError: with every problem, each naming file, entry, field and expectation.

    """
    entries, problems = _entries(path)
    found: list[Printed] = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(Printed.model_validate(entry))
        except ValidationError as error:
            problems += [f"entry {number}: {text}" for text in _worded(error)]
    counts = Counter(one.id for one in found)
    problems += [f"{id}: stands {many} times; rename" for id, many in counts.items() if many > 1]
    if problems:
        raise CatalogueError([f"{path.name}: {problem}" for problem in problems])
    return tuple(found)


def misplaced(one: Printed, catalogue: Catalogue) -> list[str]:
    """What an entry asks of today's tables that the catalogue does not have."""
    if one.current is None:
        return []
    problems = []
    if one.current.indicator not in catalogue.indicator:
        problems.append(f"{one.id}: indicator {one.current.indicator!r} is not in the catalogue")
    for dimension in ("background", "sex"):
        code = getattr(one.current, dimension)
        if (dimension, code) not in catalogue.category:
            problems.append(f"{one.id}: {dimension} {code!r} is not in the catalogue")
    return problems


def known(entries: Sequence[Printed], catalogue: Catalogue) -> tuple[Printed, ...]:
    """The entries; without anything of today where a catalogue of one's own lacks it."""
    bare = {"current": None, "comparable": False, "point": False}
    return tuple(
        one.model_copy(update=bare) if misplaced(one, catalogue) else one for one in entries
    )


def _faults(one: Printed) -> Iterator[str]:
    numbers = (one.value, one.step, one.unit)
    if one.printed is not None and any(part is not None for part in numbers):
        yield "both `printed` and a `value`; give one of them"
    if one.printed is None and any(part is None for part in numbers):
        yield "neither `printed` nor a whole value; give `value`, `step` and `unit`"
    if one.figure is not None and one.figure not in FIGURES:
        yield f"figure {one.figure} is none of the report's, 1 to 7"
    if one.until is not None and (one.year is None or one.until <= one.year):
        yield f"until {one.until} is not after the year {one.year}"
    if one.comparable and (one.current is None or one.value is None or one.year is None):
        yield "comparable needs a value, a year and `current`"
    if one.comparable and one.current and one.current.indicator not in UNCHANGED:
        yield f"comparable, but the definition of {one.current.indicator} is not that of 2010"
    if one.point and not (one.comparable and one.figure):
        yield "a point on a chart must be comparable and belong to a figure"


def _entries(path: Path) -> tuple[Sequence[object], list[str]]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        return [], [f"cannot be read ({error.strerror})"]
    except (yaml.YAMLError, ValueError) as error:
        return [], [f"not YAML in UTF-8: {' '.join(str(error).split())}"]
    if not isinstance(document, dict) or set(document) != {"entries"}:
        return [], ["expected one list called entries"]
    listed = document["entries"]
    if not isinstance(listed, list):
        return [], [f"entries is {type(listed).__name__}, expected a list"]
    return [_float(entry) for entry in listed], []


def _float(entry: object) -> object:
    """Whole numbers of YAML as the numbers that a strict model takes."""
    if not isinstance(entry, dict):
        return entry
    numbers = {key: float(entry[key]) for key in ("value", "step") if type(entry.get(key)) is int}
    return {**entry, **numbers}


def _worded(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(str(step) for step in problem['loc']) or 'entry'}: {problem['msg']}"
        for problem in error.errors()
    ]


Key = tuple[str, str, str, str, str]  # indicator, region, background, sex, period
Known = Mapping[Key, Observation]
HUNDRED = 100


@dataclass(frozen=True)
class Row:
    """One row of the table, in words."""

    printed: Printed
    report: str
    today: str
    difference: str


def row(one: Printed, known: Known, catalogue: Catalogue, lang: Lang) -> Row:
    """A printed figure, today's of the same year, and the difference where there is one."""
    return Row(
        one,
        report(one, lang),
        _today(one, known, catalogue, lang),
        _apart(one, known, catalogue, lang),
    )


def report(one: Printed, lang: Lang) -> str:
    """A figure as printed: "nästan 25 000", "83,7 %", or the report's words."""
    if one.printed is not None:
        return one.printed[lang]
    number = _united(format.number(one.value, one.decimals, lang), one, lang)
    return number if one.operator == "exact" else term(f"op_{one.operator}", lang, number=number)


def years(one: Printed, lang: Lang) -> str:
    """When it was: a year, a span, or that the year is not given."""
    if one.year is None:
        return term("report_no_year", lang)
    return format.periods(one.year, one.until or one.year)


def found(one: Printed, known: Known) -> Observation | None:
    """Today's observation of the same year; None where no table has it."""
    if one.current is None or one.year is None:
        return None
    return known.get(_key(one, one.year))


def _key(one: Printed, year: str) -> Key:
    if one.current is None:
        raise ValueError(f"{one.id}: nothing of today is named")
    asked = one.current
    return asked.indicator, asked.region, asked.background, asked.sex, year


def _united(number: str, one: Printed, lang: Lang) -> str:
    if one.unit == "percent":
        return f"{number}{format.NBSP}%"
    if one.unit == "points":
        return f"{number} {said('point' if number == '1' else 'points', lang)}"
    return number


def _today(one: Printed, known: Known, catalogue: Catalogue, lang: Lang) -> str:
    if one.current is None:
        return term("report_no_table", lang)
    indicator = catalogue.indicator[one.current.indicator]
    if one.until is not None:
        return _side(one, known, lang)
    today = found(one, known)
    if today is None:
        return term("not_available", lang)
    return format.measured(today.value, today.status, indicator, lang) or term(
        "not_available", lang
    )


def _side(one: Printed, known: Known, lang: Lang) -> str:
    """In how many of the years with a figure a ratio was above 100."""
    first, last = int(one.year or 0), int(one.until or 0)
    every = (known.get(_key(one, str(year))) for year in range(first, last + 1))
    present = [each for each in every if each is not None and each.present]
    if not present:
        return term("not_available", lang)
    above = sum(shown(each.number, 1) > HUNDRED for each in present)
    return term("report_above", lang, above=above, years=len(present))


def _apart(one: Printed, known: Known, catalogue: Catalogue, lang: Lang) -> str:
    if not one.comparable or one.value is None or one.step is None or one.current is None:
        return term("report_not_comparable", lang)
    today = found(one, known)
    if today is None or not today.present:
        return term("not_available", lang)
    indicator = catalogue.indicator[one.current.indicator]
    decimals = max(indicator.decimals, one.decimals)
    apart = round(shown(today.number, indicator.decimals) - one.value, decimals)
    size = _sized(apart, decimals, indicator, lang)
    if one.operator != "exact":
        return term("report_about", lang, difference=size)
    if apart and abs(apart) <= one.step / 2:
        return term("report_rounding", lang, difference=size)
    return size


def _sized(apart: float, decimals: int, indicator: Indicator, lang: Lang) -> str:
    """A difference with its sign and unit: "+0,4 procentenheter", "−400 personer"."""
    number = format.number(abs(apart), decimals, lang)
    sign = "" if apart == 0 else "+" if apart > 0 else format.MINUS
    share = indicator.measure == "share"
    unit = said("points", lang) if share else indicator.unit[lang]
    return f"{sign}{number} {unit}"
