"""
The areas of a municipality in one year: chart with lines of reference, table, and their types.

Which areas there are, and in which order, is in `rows`. A cell that the source does not have is
empty.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.charts.bars import (
    BarForm,
    bar_form,
    bars,
    base_words,
    region_bar,
    region_reference,
)
from dashboard.codes import POPULATION
from dashboard.components.elements import Element
from dashboard.components.pictures import chart_buttons
from dashboard.components.tables import (
    TableHead,
    TableRow,
    figure_cell,
    figure_table,
    folded_table,
    table_section,
)
from dashboard.data.observation import Observation, of_periods
from dashboard.data.series import levels
from dashboard.pages.areas.rows import AreaList
from dashboard.pages.indicator import content
from dashboard.pages.indicator.content import group_suffix
from dashboard.panels.provenance import source_lines
from dashboard.rules.comparison import comparability, difference
from dashboard.rules.order import Item
from dashboard.rules.stretches import unbroken
from dashboard.sentences.figures import incomparable_sentence
from dashboard.sentences.notes import notes_for
from dashboard.sentences.wording import unit_sentence
from dashboard.state.areas import AreaScope, name_in_list, older_members
from dashboard.state.regions import Region, names_apart
from dashboard.state.visit import Visit
from dashboard.text import enumerated, format, term
from etl.catalogue import Indicator, Lang
from etl.catalogue.regions import BOTH_DIVISIONS

_TYPE = "area_type"
_FOLDED_FROM = 31  # rows
# Of a number of persons nobody learns anything from its distance to the municipality's.
_WITHOUT_DIFFERENCE = frozenset({"count", "class"})


def _heading(listed: AreaList) -> str:
    """Measure, municipality or county, group and year."""
    title = listed.indicator.title[listed.lang]
    heading = term("areas_heading", listed.lang, title=title, where=listed.where)
    period = format.period_name(listed.period, listed.lang)
    return f"{heading}{group_suffix(listed.visit, listed.selection)} {period}".strip()


def chart_section(listed: AreaList) -> html.Section | html.Div:
    """The chart with its words; one sentence where no area has a number."""
    visit, indicator, lang, title = listed.visit, listed.indicator, listed.lang, _heading(listed)
    if not listed.period:
        missing = html.P(
            f"{term('no_data_here', lang, where=listed.where)}.", className="absent large"
        )
        return html.Section([html.H2(title), missing], className="panel")
    numbers = [item.observation.number for item in listed.items if not item.aside]
    form = bar_form(indicator, numbers)
    references = [
        region_reference(
            visit.regions[line.reference.region],
            line.reference,
            indicator,
            visit.look,
            dash="solid",
        )
        for line in listed.reference_lines
    ]
    rows = [
        region_bar(item, listed.names[item.region], indicator, visit.look) for item in listed.items
    ]
    extremes, how = _extremes(listed), _how_to_read(listed, form)
    return content.chart_panel(
        content.DrawnChart(
            bars(rows, visit.look, region=listed.scope.region, form=form, references=references),
            title=title,
            how=how,
            footer=[
                chart_buttons(
                    visit,
                    indicator,
                    listed.year_rows,
                    title=title,
                    how=how,
                    what=term("areas_menu", lang),
                )
            ],
            alternative=content.text_alternative("areas_chart", title, [extremes], visit),
            sentences=[extremes, *_without_line(listed)],
        )
    )


def _how_to_read(listed: AreaList, form: BarForm) -> str:
    """Unit, the division, and how the chart is read; names only what is drawn."""
    visit, lang, region = listed.visit, listed.lang, listed.scope.region
    parts = [unit_sentence(listed.indicator, lang)]
    divisions = {visit.regions[item.region].division for item in listed.areas} - {None}
    parts += [
        term("areas_division", lang, division=name)
        for name in sorted(filter(None, divisions - {BOTH_DIVISIONS}))
    ]
    parts += [term("areas_both_divisions", lang)] if divisions == {BOTH_DIVISIONS} else []
    parts.append(base_words(form, lang))
    order = term(f"ordered_{listed.order}", lang)
    has_both = listed.neighbourhoods and listed.areas
    parts.append(f"{term('areas_first', lang)} {order}" if has_both else order)
    if region in listed.names:
        parts.append(term("own_dark", lang, name=listed.names[region]))
    names = list(_larger_names(listed).values())
    parts += [term("reference_lines", lang, names=enumerated(names, lang))] if names else []
    return " ".join(parts)


def _extremes(listed: AreaList) -> str:
    """The lowest and the highest value of the areas, and how many have one."""
    is_county = listed.visit.regions[listed.scope.within].level == "county"
    items = listed.items if is_county else listed.areas or listed.neighbourhoods
    key = "areas_span" if listed.areas else "neighbourhoods_span"
    numbers = [item.observation.number for item in items if not item.aside]
    if not numbers:
        return content.count_sentence(key, 0, len(items), listed.lang)
    low, high = (
        format.measured(value, None, listed.indicator, listed.lang)
        for value in (min(numbers), max(numbers))
    )
    return content.count_sentence(key, len(numbers), len(items), listed.lang, low=low, high=high)


def _without_line(listed: AreaList) -> list[str]:
    """Why a larger region is no line in the chart: it has no such figure, or another register."""
    visit, lines = listed.visit, listed.reference_lines
    sentences = [
        incomparable_sentence(line, listed.wording) for line in listed.larger if line not in lines
    ]
    present = {line.reference.region for line in listed.larger}
    where = [
        visit.regions[code].where[listed.lang]
        for code in listed.scope.larger
        if code not in present
    ]
    if where:
        sentences.append(term("areas_no_larger", listed.lang, where=enumerated(where, listed.lang)))
    return list(dict.fromkeys(sentences))


@dataclass(frozen=True)
class _AreaTypes:
    """The type of areas in one year: `rows` as by `series.levels`, `known` by code."""

    indicator: Indicator
    period: str
    rows: tuple[Observation, ...]
    known: dict[str, Observation]

    def words(self, region: Region, lang: Lang) -> str:
        """The class of an area, or those of a neighbourhood's members; "" where it has none."""
        codes = older_members(region) if region.members else (region.code,)
        classes = {_class(self.known[code], lang) for code in codes if code in self.known}
        return enumerated(sorted(classes), lang)


def _types(visit: Visit, scope: AreaScope, until: str = "") -> _AreaTypes | None:
    """The types in the newest year, or in the newest up to a year; None where there are none."""
    indicator = visit.catalogue.indicator.get(_TYPE)
    if indicator is None:
        return None
    rows = _type_rows(visit, scope)
    years = {row.period for row in rows if row.present}
    period = max((year for year in years if not until or year <= until), default="")
    if not period:
        return None
    rows = of_periods(rows, (period,))
    known = {seen.region: seen for seen in rows if seen.present}
    return _AreaTypes(indicator, period, rows, known)


def types_section(visit: Visit, scope: AreaScope) -> list[html.Section]:
    """Each area's type in its newest year and in the first that it may be compared with."""
    types, lang = _types(visit, scope), visit.lang
    if types is None:
        return []
    where = visit.regions[scope.within].where[lang]
    title = f"{term('areas_types', lang, where=where)} {types.period}"
    indicator = types.indicator
    parts = [
        html.H2(title),
        html.P(indicator.definition[lang], className="told"),
        html.P(_type_counts(types, lang), className="told"),
        _type_table(visit, scope, types, title),
        html.P(indicator.not_captured[lang], className="src"),
        *[html.P(term("to_confirm", lang), className="src")] * indicator.to_confirm,
        *(html.P(line, className="src") for line in source_lines(visit, indicator, types.rows)),
    ]
    return [html.Section(parts, className="figure types")]


def _type_table(visit: Visit, scope: AreaScope, types: _AreaTypes, title: str) -> Any:
    """The areas by name; folded where they are many."""
    lang = visit.lang
    series: dict[str, list[Observation]] = {}
    for row in _type_rows(visit, scope):
        series.setdefault(row.region, []).append(row)
    rows = [
        _type_row(visit.regions[code], series[code], types, lang)
        for code in scope.areas
        if code in types.known
    ]
    heads = [
        TableHead(term("areas_column_area", lang), "ascending"),
        term("column_code", lang),
        term("areas_type", lang, year=types.period),
        term("areas_type_before", lang),
        term("areas_type_change", lang),
    ]
    table = figure_table(title, heads, [("", rows)], unit=_example(visit), kind="regions")
    if len(rows) < _FOLDED_FROM:
        return table
    return folded_table(table, lang)


def _type_rows(visit: Visit, scope: AreaScope) -> tuple[Observation, ...]:
    return levels(visit.context, visit.warehouse, _TYPE, codes=scope.areas)


def _type_row(
    region: Region, series: Sequence[Observation], types: _AreaTypes, lang: Lang
) -> TableRow:
    """One area: its class now, in the first comparable year, and whether it has changed."""
    newest = types.known[region.code]
    stretches = (stretch.present for stretch in unbroken(series, types.indicator))
    first = next(present for present in stretches if newest in present)[0]
    before, change, now = "", "", _class(newest, lang)
    if first.year < newest.year and comparability(newest, first, types.indicator).comparable:
        before = term("areas_type_then", lang, type=_class(first, lang), year=first.period)
        same = _class(first, lang) == now
        change = term("areas_type_same" if same else "areas_type_moved", lang)
    return TableRow(name_in_list(region, lang), [region.code, now, before, change])


def _type_counts(types: _AreaTypes, lang: Lang) -> str:
    """How many areas are of each type."""
    counts = Counter(_class(seen, lang) for seen in types.known.values())
    parts = [
        term("areas_type_count", lang, type=name, count=count)
        for name, count in sorted(counts.items())
    ]
    return term("areas_type_counts", lang, year=types.period, counts=enumerated(parts, lang))


def _class(observation: Observation, lang: Lang) -> str:
    return format.number(observation.number, 0, lang)


def _example(visit: Visit) -> str:
    return f"{term('example', visit.lang)}. " if visit.warehouse.example else ""


@dataclass(frozen=True)
class _Extras:
    """What else the table has of each area: how many live there, and its type."""

    population: Mapping[str, Observation]
    types: _AreaTypes | None


def table_sections(listed: AreaList) -> list[Any]:
    """Sources, and all areas with code, type, value, status, year, difference and population."""
    visit, indicator, lang = listed.visit, listed.indicator, listed.lang
    extras = _extras(listed)
    parts = [
        (term(f"areas_part_{name}", lang), [_area_row(item, listed, extras) for item in items])
        for name, items in (("neighbourhoods", listed.neighbourhoods), ("areas", listed.areas))
    ]
    table = figure_table(
        _heading(listed),
        _heads(listed, extras),
        [*parts, (term("beside_rows", lang), _larger_rows(listed, extras))],
        unit=_example(visit) + unit_sentence(indicator, lang, counts=visit.state.counts),
        kind="regions",
    )
    ordered = listed.order == "varde"
    words = [
        note[lang]
        for note in notes_for(listed.year_rows, indicator, visit.catalogue, ordered=ordered)
    ]
    if extras.types and listed.areas and not extras.types.known.keys() & listed.names.keys():
        words.append(term("areas_type_division", lang))
    return [*_sources(listed, extras), table_section(table, dict.fromkeys(words), lang)]


def _extras(listed: AreaList) -> _Extras:
    visit, indicator = listed.visit, listed.indicator
    population: tuple[Observation, ...] = ()
    if POPULATION in visit.catalogue.indicator and indicator.id != POPULATION:
        population = levels(
            visit.context,
            visit.warehouse,
            POPULATION,
            codes=tuple(listed.names),
            period=listed.period,
        )
    has_types = indicator.measure != "class"
    types = _types(visit, listed.scope, listed.period) if has_types else None
    return _Extras({row.region: row for row in population}, types)


def _sources(listed: AreaList, extras: _Extras) -> list[html.P]:
    visit, known = listed.visit, listed.visit.catalogue.indicator
    lines = source_lines(visit, listed.indicator, listed.year_rows)
    if extras.population:
        people = tuple(extras.population.values())
        lines = [*lines, *source_lines(visit, known[POPULATION], people)]
    if extras.types:
        lines = [*lines, *source_lines(visit, extras.types.indicator, extras.types.rows)]
    return [html.P(line, className="src") for line in dict.fromkeys(lines)]


def _heads(listed: AreaList, extras: _Extras) -> list[TableHead]:
    lang = listed.lang
    directions = {"namn": "ascending", "kod": "ascending", "varde": "descending"}
    heads = {
        "namn": term("areas_column_area", lang),
        "kod": term("column_code", lang),
        "type": term("areas_column_type", lang, year=extras.types.period) if extras.types else "",
        "varde": term("areas_column_value", lang),
        "status": term("areas_column_status", lang),
        "year": format.term_by_length("period", listed.period, lang),
        "difference": _difference_head(listed.indicator, lang),
        "population": term("areas_column_people", lang) if extras.population else "",
    }
    return [
        TableHead(name, directions[key] if key == listed.order else "")
        for key, name in heads.items()
        if name
    ]


def _difference_head(indicator: Indicator, lang: Lang) -> str:
    """The head of the differences to the municipality; "" where the table has none."""
    if indicator.measure in _WITHOUT_DIFFERENCE:
        return ""
    if indicator.measure == "share":
        return term("areas_column_difference", lang, unit=term("points", lang))
    if format.names_unit(indicator):
        return term("areas_column_difference", lang, unit=indicator.unit[lang])
    return term("areas_column_difference_bare", lang)


def _area_row(item: Item, listed: AreaList, extras: _Extras) -> TableRow:
    """The row of an area."""
    region = listed.visit.regions[item.region]
    municipality = listed.observation(region.parent or "")
    cells: list[Any] = [item.region]
    cells += [extras.types.words(region, listed.lang)] if extras.types else []
    cells += _figures(item.observation, listed)
    if listed.indicator.measure not in _WITHOUT_DIFFERENCE:
        cells.append(_difference(item.observation, municipality, listed))
    cells += _population(item.region, listed, extras)
    return TableRow(listed.names[item.region], cells, selected=item.region == listed.scope.region)


def _larger_rows(listed: AreaList, extras: _Extras) -> list[TableRow]:
    """The rows of municipality, county and country, where they may be compared."""
    empty = [""] * ((listed.indicator.measure not in _WITHOUT_DIFFERENCE) + bool(extras.population))
    no_type = [""] if extras.types else []
    rows, names = [], _larger_names(listed)
    for line in listed.reference_lines:
        region = listed.visit.regions[line.reference.region]
        cells = [region.code, *no_type, *_figures(line.reference, listed), *empty]
        rows.append(TableRow(names[region.code], cells))
    return rows


def _larger_names(listed: AreaList) -> dict[str, str]:
    """What the municipality, county and country that areas are compared with are called."""
    codes = (line.reference.region for line in listed.reference_lines)
    return names_apart(codes, listed.visit.regions, listed.lang)


def _figures(observation: Observation, listed: AreaList) -> list[Any]:
    """Value, what its symbol means, and year."""
    lang, status = listed.lang, observation.status
    meaning = format.meaning(str(status), lang) if format.symbol(status) else ""
    if not observation.present and not meaning:
        meaning = term("not_available", lang)
    counts = listed.visit.state.counts
    value = figure_cell(observation, listed.indicator, lang, counts=counts)
    return [value, meaning, format.period_name(observation.period, lang)]


def _difference(
    observation: Observation, municipality: Observation | None, listed: AreaList
) -> str:
    """The displayed difference to the own municipality with its sign, or why there is none."""
    if municipality is None or not (observation.present and municipality.present):
        return ""
    indicator, lang = listed.indicator, listed.lang
    gap = difference(observation, municipality, indicator)
    if gap.value is None:
        return term(f"aside_{gap.verdict.reason}", lang)
    return format.with_sign(gap.value, indicator.decimals, lang)


def _population(region: str, listed: AreaList, extras: _Extras) -> list[Element]:
    if not extras.population:
        return []
    indicator = listed.visit.catalogue.indicator[POPULATION]
    return [figure_cell(extras.population.get(region), indicator, listed.lang)]
