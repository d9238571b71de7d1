"""
The worst day: SCB has changed everything at once that it has been seen to change.

    undisturbed = tests.scb.tables.packs()
    day = worst_day()
    with serving(day.packs, calls=100_000) as server:
        etl("run", "--api", server.url, "--data", data, ...)      # exit code 3

Every table has the values that it has undisturbed, cell by cell, under whatever id, title, years or
regions it is served; so every indicator but those of `day.lacking` must come out as it does from
`packs()`, and these may lack data. Each entry of `day.causes` says what was done to which table of
the catalogue, by its key. Where data are lost, `id` is that of the table that has them now: giving
it to the table in `indicators.yaml` is the whole repair. Where `id` is None nothing is lost.
The new municipality waits for its line in `data/regions/regions.csv`.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from tests.pxweb_server import Pack
from tests.pxweb_server.editions import updated_at
from tests.scb.facts import FactTable, Variable, made_up_id, table_of
from tests.scb.tables import Document, packs, served_title, table_pack

MOMENT = "2026-03-24T07:00:00Z"  # everything is published anew
NEW_MUNICIPALITY = ("0141", "Turinge")
PERCENT = "%"


@dataclass(frozen=True)
class Cause:
    """What happened to a table, and under which id its data are if it no longer has them."""

    table: str
    what: str
    id: str | None = None


@dataclass(frozen=True)
class WorstDay:
    """What is served, why, and which indicators may lack data for it."""

    packs: Sequence[Pack]
    causes: Sequence[Cause]
    lacking: frozenset[str]


def worst_day() -> WorstDay:
    """Everything at once. At most five indicators may lack data."""
    served = {pack.id: pack for pack in packs()}
    causes = []
    for key, (what, change) in CHANGES.items():
        table = table_of(key)
        del served[table.served_id]
        changed, id = change(table)
        served |= {pack.id: pack for pack in changed}
        causes.append(Cause(key, what, id))
    return WorstDay(
        packs=[
            updated_at(_with_codes_in_labels(_in_percent_signs(pack)), MOMENT)
            for pack in served.values()
        ],
        causes=causes,
        lacking=frozenset(
            indicator
            for cause in causes
            if cause.id
            for content in table_of(cause.table).contents
            for indicator in content.gives
        ),
    )


Changed = tuple[Sequence[Pack], str | None]


def _other_id(table: FactTable) -> Changed:
    """The same under another id."""
    return [table_pack(table, id=_new_id(table))], None


def _other_title(table: FactTable) -> Changed:
    """The same under another title, with the same id."""
    return [table_pack(replace(table, title=f"Ny statistik om {table.folder} efter år"))], None


def _more_years(table: FactTable) -> Changed:
    """Years before and after those that it had."""
    first, last = int(table.years[0]), int(table.years[-1])
    years = tuple(str(year) for year in range(first - 7, last + 2))
    return [table_pack(replace(table, years=years))], None


def _new_municipality(table: FactTable) -> Changed:
    """A municipality that was formed this year, between the others."""
    code, name = NEW_MUNICIPALITY
    region, *rest = table.variables
    values = dict(sorted({**region.values, code: name}.items()))
    return [table_pack(replace(table, variables=(replace(region, values=values), *rest)))], None


def _gone(table: FactTable) -> Changed:
    """Withdrawn; another table of the folder, with another title, holds its data."""
    id = _new_id(table)
    return [table_pack(replace(table, title="Utbildningsnivå 25–66 år efter region"), id=id)], id


def _split(table: FactTable) -> Changed:
    """Withdrawn; its groups are in one table, its levels of education in another."""
    groups, levels = _new_id(table), made_up_id(f"split {table.key}")
    *rest, background = table.variables
    education = {"000", "F", "3", "EU", "US"}
    parts = (
        (groups, "bakgrund", {code for code in background.values if code not in education}),
        (levels, "utbildningsnivå", education | {code for (code,) in background.total}),
    )
    return [
        table_pack(
            replace(table, variables=(*rest, _only(background, codes)),
                    title=f"{served_title(table)}, efter {name}"),
            id=id,
        )
        for id, name, codes in parts
    ], groups  # fmt: skip


def _monthly(table: FactTable) -> Changed:
    """Its id now means months; the years are in another table, with another title."""
    id = _new_id(table)
    yearly = table_pack(
        replace(table, title="Folkmängden i sammandrag efter region och kön"), id=id
    )
    months = tuple(f"{year}M{month:02}" for year in ("2023", "2024") for month in range(1, 13))
    return [table_pack(replace(table, years=months)), yearly], id


CHANGES: Mapping[str, tuple[str, Callable[[FactTable], Changed]]] = {
    "labour_rams_municipality": ("id changed", _other_id),
    "eligibility_county": ("id changed", _other_id),
    "movers_regso": ("id changed", _other_id),
    "population_regso_birth": ("title changed", _other_title),
    "labour_bas_municipality": ("title changed", _other_title),
    "labour_rams_county": ("more years", _more_years),
    "population_age_sex": ("new municipality", _new_municipality),
    "education_level": ("gone", _gone),
    "sfi_county": ("split", _split),
    "population_change": ("monthly", _monthly),
}


def _new_id(table: FactTable) -> str:
    return made_up_id(f"new {table.key}")


def _only(variable: Variable, codes: set[str]) -> Variable:
    return replace(variable, values={c: text for c, text in variable.values.items() if c in codes})


def _in_percent_signs(pack: Pack) -> Pack:
    """The same table with its per cent as a sign."""

    def change(metadata: Document) -> None:
        units = metadata["dimension"]["ContentsCode"]["category"].get("unit", {})
        for unit in units.values():
            if unit["base"] == "procent":
                unit["base"] = PERCENT

    return _changed(pack, change)


def _with_codes_in_labels(pack: Pack) -> Pack:
    """The same table with the code of each region before its name."""

    def change(metadata: Document) -> None:
        labels = metadata["dimension"]["Region"]["category"]["label"]
        for code, name in labels.items():
            own = code.partition("_")[0]
            labels[code] = name if name.startswith(own) else f"{own} {name}"

    return _changed(pack, change)


def _changed(pack: Pack, change: Callable[[Document], None]) -> Pack:
    metadata = deepcopy(pack.metadata)
    change(metadata)
    return replace(pack, metadata=metadata)
