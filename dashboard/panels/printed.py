"""
What the report of 2010 printed, read from its file, and the same figures in today's tables.

Knows the shape of `data/report_2010.yaml` and for which measures the definition is unchanged.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from dashboard.data.observation import Observation, as_observations, displayed_value
from dashboard.data.series import region_series
from dashboard.state.visit import Visit
from dashboard.text import format, term
from etl.catalogue import TOTAL, Catalogue, CatalogueError, Lang, Spec, Text

PRINTED_FIGURES = Path(__file__).parents[2] / "data" / "report_2010.yaml"
_FIGURE_NUMBERS = range(1, 8)
_EVEN_BALANCE = 100
# Only of these is today's definition that of 2010.
_UNCHANGED = frozenset(
    {"population", "population_16_25_share", "net_migration", "net_migration_abroad"}
    | {"net_migration_domestic", "employment_rate", "upper_secondary_eligibility"}
    | {"studying_20_24"}
)


class CurrentFigure(Spec):
    """The same figure in today's tables: indicator, region and group."""

    indicator: str
    region: str
    background: str = TOTAL
    sex: str = TOTAL


class PrintedFigure(Spec):
    """
    One figure or statement of the report.

    Either a `value` with its unit, rounded to `step`, or `printed` words. `until` is the last
    year of a span; `figure` None for what stands in the text alone.
    """

    id: str
    figure: int | None
    what: Text
    where: Text
    year: Annotated[str, Field(pattern=r"^\d{4}$")] | None
    until: Annotated[str, Field(pattern=r"^\d{4}$")] | None = None
    value: float | None = None
    step: float | None = Field(default=None, gt=0)
    operator: Literal["exact", "almost", "just_under", "under", "just_over"] = "exact"
    unit: Literal["persons", "percent", "points"] | None = None
    printed: Text | None = None
    current: CurrentFigure | None = None
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


def read_printed_figures(path: Path) -> tuple[PrintedFigure, ...]:
    """
    Read what the report printed, in the order of the file.

    Raises:
        CatalogueError: with every problem, each naming file, entry, field and expectation.

    """
    entries, problems = _entries(path)
    figures: list[PrintedFigure] = []
    for number, entry in enumerate(entries, start=1):
        try:
            figures.append(PrintedFigure.model_validate(entry))
        except ValidationError as error:
            problems += [
                f"entry {number}: "
                f"{'.'.join(str(step) for step in problem['loc']) or 'entry'}: {problem['msg']}"
                for problem in error.errors()
            ]
    counts = Counter(figure.id for figure in figures)
    problems += [f"{id}: stands {many} times; rename" for id, many in counts.items() if many > 1]
    if problems:
        raise CatalogueError([f"{path.name}: {problem}" for problem in problems])
    return tuple(figures)


def missing_from_catalogue(figure: PrintedFigure, catalogue: Catalogue) -> list[str]:
    """What a printed figure asks of today's tables that the catalogue does not have."""
    if figure.current is None:
        return []
    problems = []
    if figure.current.indicator not in catalogue.indicator:
        problems.append(
            f"{figure.id}: indicator {figure.current.indicator!r} is not in the catalogue"
        )
    for dimension in ("background", "sex"):
        code = getattr(figure.current, dimension)
        if (dimension, code) not in catalogue.category:
            problems.append(f"{figure.id}: {dimension} {code!r} is not in the catalogue")
    return problems


def printed_figures(visit: Visit) -> tuple[PrintedFigure, ...]:
    """
    What the report printed, read once.

    Figures that the catalogue lacks have nothing of today beside them.
    """

    def read() -> tuple[PrintedFigure, ...]:
        bare = {"current": None, "comparable": False, "point": False}
        return tuple(
            figure.model_copy(update=bare)
            if missing_from_catalogue(figure, visit.catalogue)
            else figure
            for figure in read_printed_figures(PRINTED_FIGURES)
        )

    return visit.context.memory.recall(("report 2010", "printed"), read)


def _faults(figure: PrintedFigure) -> Iterator[str]:
    numbers = (figure.value, figure.step, figure.unit)
    if figure.printed is not None and any(number is not None for number in numbers):
        yield "both `printed` and a `value`; give one of them"
    if figure.printed is None and any(number is None for number in numbers):
        yield "neither `printed` nor a whole value; give `value`, `step` and `unit`"
    if figure.figure is not None and figure.figure not in _FIGURE_NUMBERS:
        yield f"figure {figure.figure} is none of the report's, 1 to 7"
    if figure.until is not None and (figure.year is None or figure.until <= figure.year):
        yield f"until {figure.until} is not after the year {figure.year}"
    if figure.comparable and (
        figure.current is None or figure.value is None or figure.year is None
    ):
        yield "comparable needs a value, a year and `current`"
    if figure.comparable and figure.current and figure.current.indicator not in _UNCHANGED:
        yield f"comparable, but the definition of {figure.current.indicator} is not that of 2010"
    if figure.point and not (figure.comparable and figure.figure):
        yield "a point on a chart must be comparable and belong to a figure"


def _entries(path: Path) -> tuple[Sequence[object], list[str]]:
    """The list of the file, its whole numbers as the floats that a strict model takes."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        return [], [f"cannot be read ({error.strerror})"]
    except (yaml.YAMLError, ValueError) as error:
        return [], [f"not YAML in UTF-8: {' '.join(str(error).split())}"]
    if not isinstance(document, dict) or set(document) != {"entries"}:
        return [], ["expected one list called entries"]
    entries = document["entries"]
    if not isinstance(entries, list):
        return [], [f"entries is {type(entries).__name__}, expected a list"]
    return [_with_floats(entry) for entry in entries], []


def _with_floats(entry: object) -> object:
    if not isinstance(entry, dict):
        return entry
    numbers = {key: float(entry[key]) for key in ("value", "step") if type(entry.get(key)) is int}
    return {**entry, **numbers}


CurrentKey = tuple[str, str, str, str, str]  # indicator, region, background, sex, period
CurrentFigures = Mapping[CurrentKey, Observation]


@dataclass(frozen=True)
class PrintedRow:
    """A printed figure, today's of the same year and the difference, in words."""

    figure: PrintedFigure
    printed: str
    today: str
    difference: str


def printed_row(
    figure: PrintedFigure, current: CurrentFigures, catalogue: Catalogue, lang: Lang
) -> PrintedRow:
    """A printed figure, today's of the same year, and the difference where there is one."""
    return PrintedRow(
        figure,
        printed_words(figure, lang),
        _today(figure, current, catalogue, lang),
        _difference(figure, current, catalogue, lang),
    )


def printed_words(figure: PrintedFigure, lang: Lang) -> str:
    """A figure as printed: "nästan 25 000", "83,7 %", or the report's words."""
    if figure.printed is not None:
        return figure.printed[lang]
    number = format.number(figure.value, figure.decimals, lang)
    if figure.unit == "percent":
        number = f"{number}{format.NBSP}%"
    elif figure.unit == "points":
        number = f"{number} {term('point' if number == '1' else 'points', lang)}"
    if figure.operator == "exact":
        return number
    return term(f"op_{figure.operator}", lang, number=number)


def printed_years(figure: PrintedFigure, lang: Lang) -> str:
    """When it was: a year, a span, or that the year is not given."""
    if figure.year is None:
        return term("report_no_year", lang)
    return format.periods(figure.year, figure.until or figure.year)


def current_figures(visit: Visit, printed: Sequence[PrintedFigure]) -> CurrentFigures:
    """Today's observations of everything that the report's figures are compared with."""
    figures: dict[CurrentKey, Observation] = {}
    every = [figure.current for figure in printed if figure.current]
    for indicator in dict.fromkeys(current.indicator for current in every):
        asked = [current for current in every if current.indicator == indicator]
        rows = region_series(
            visit.context,
            visit.warehouse,
            indicator,
            regions=sorted({current.region for current in asked}),
            backgrounds=sorted({current.background for current in asked}),
            sexes=sorted({current.sex for current in asked}),
        )
        for seen in as_observations(rows, indicator):
            figures[indicator, seen.region, seen.background, seen.sex, seen.period] = seen
    return figures


def _current(
    figure: PrintedFigure, current: CurrentFigures, year: str | None
) -> Observation | None:
    """Today's observation of a year; None where no table has it."""
    asked = figure.current
    if asked is None or year is None:
        return None
    return current.get((asked.indicator, asked.region, asked.background, asked.sex, year))


def _today(figure: PrintedFigure, current: CurrentFigures, catalogue: Catalogue, lang: Lang) -> str:
    if figure.current is None:
        return term("report_no_table", lang)
    if figure.until is not None:
        return _years_above_even(figure, current, lang)
    today = _current(figure, current, figure.year)
    indicator = catalogue.indicator[figure.current.indicator]
    words = format.measured(today.value, today.status, indicator, lang) if today else ""
    return words or term("not_available", lang)


def _years_above_even(figure: PrintedFigure, current: CurrentFigures, lang: Lang) -> str:
    """In how many of the years with a figure a ratio was above 100."""
    years = range(int(figure.year or 0), int(figure.until or 0) + 1)
    every = (_current(figure, current, str(year)) for year in years)
    present = [seen for seen in every if seen is not None and seen.present]
    if not present:
        return term("not_available", lang)
    above = sum(displayed_value(seen.number, 1) > _EVEN_BALANCE for seen in present)
    return term("report_above", lang, above=above, years=len(present))


def _difference(
    figure: PrintedFigure, current: CurrentFigures, catalogue: Catalogue, lang: Lang
) -> str:
    """The displayed figure of today minus the printed one: "+0,4 procentenheter"."""
    if not figure.comparable or figure.value is None or figure.step is None or not figure.current:
        return term("report_not_comparable", lang)
    today = _current(figure, current, figure.year)
    if today is None or not today.present:
        return term("not_available", lang)
    indicator = catalogue.indicator[figure.current.indicator]
    decimals = max(indicator.decimals, figure.decimals)
    difference = round(displayed_value(today.number, indicator.decimals) - figure.value, decimals)
    unit = term("points", lang) if indicator.measure == "share" else indicator.unit[lang]
    words = f"{format.with_sign(difference, decimals, lang)} {unit}"
    if figure.operator != "exact":
        return term("report_about", lang, difference=words)
    if difference and abs(difference) <= figure.step / 2:
        return term("report_rounding", lang, difference=words)
    return words
