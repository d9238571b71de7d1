"""
Groups: the groups of one region, kind by kind, as small charts on one scale and as tables.

Only kinds that exist are shown; a group without a number stands with its symbol.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.components import select
from dashboard.gaps import gap
from dashboard.grouping import KINDS, WHOLES, Grouped, drawn, everybody, grouped, whole
from dashboard.multiples import Small, multiples
from dashboard.notes import following
from dashboard.observation import Observation, observations
from dashboard.offers import Offer, offer
from dashboard.pages.views import sheet
from dashboard.pages.views.choices import panel
from dashboard.pages.views.group_tables import by_sex, heading, twin
from dashboard.pages.views.part import Part
from dashboard.saving import saved
from dashboard.sentences import stated
from dashboard.series import COLUMNS, offered, series
from dashboard.text import term
from dashboard.view import own_region, sentences
from dashboard.visit import Visit
from etl.catalogue import TOTAL, Indicator, Lang

DIMENSIONS = ["background", "sex", "education"]


def view(visit: Visit, indicator: Indicator) -> Part:
    """A section for each kind of groups that the own region has."""
    lang, places = visit.lang, visit.places
    own, said = own_region(visit.state, places)
    known = offered(visit.context, visit.warehouse, indicator.id, own)
    choices = offer(visit.catalogue, known[DIMENSIONS].itertuples(index=False, name=None))
    where = places[own].where[lang] if own in places else own
    title = term("groups_heading", lang, title=indicator.title[lang], where=where)
    found = {kind: grouped(visit.catalogue, choices, kind, lang) for kind in KINDS}
    frames, body = [], []
    for kind, groups in found.items():
        if groups and not (kind == "sex" and any(_crossed(one) for one in found.values())):
            rows = _rows(visit, indicator, own, groups)
            frames.append(rows)
            body += _section(visit, indicator, own, choices=choices, kind=kind, groups=groups,
                             rows=rows)  # fmt: skip
    every = _together(frames)
    ends = [html.P(term("groups_none", lang, where=where), className="absent large")]
    if body:
        ends = [html.P(note[lang], className="src") for note in _notes(every, indicator)]
    menu = select("region", term("choose_region", lang), visit.menu(own), own)
    return Part(
        heading=title,
        body=[*body, *ends, *sheet.sources(visit, indicator, every)],
        rows=every,
        controls=panel([menu]),
        said=[*said, *sentences(visit.state.notices, lang)],
        shown={"region": own},
        lede=_lede(every, visit, indicator),
    )


def _crossed(groups: Sequence[Grouped]) -> bool:
    return any(one.crossed for one in groups)


def _lede(rows: pd.DataFrame, visit: Visit, indicator: Indicator) -> str:
    """The newest figure of everybody, beside whom the groups stand; "" where there is none."""
    everybody = (rows[DIMENSIONS] == TOTAL).all(axis=1) & rows["value"].notna()
    found = observations(rows[everybody], indicator.id)
    return stated(found[-1], visit.voice(indicator)) if found else ""


def _rows(visit: Visit, indicator: Indicator, own: str, groups: Sequence[Grouped]) -> pd.DataFrame:
    """The rows of the groups and of everybody, in one question."""
    every = [(TOTAL, TOTAL, TOTAL), *(each for one in groups for each in one.groups)]
    every += [(background, TOTAL, education) for background, _, education in every]
    backgrounds, sexes, educations = (
        tuple(dict.fromkeys(codes)) for codes in zip(*every, strict=True)
    )
    return series(
        visit.context,
        visit.warehouse,
        indicator.id,
        regions=(own,),
        backgrounds=backgrounds,
        sexes=sexes,
        educations=educations,
    )


def _section(
    visit: Visit,
    indicator: Indicator,
    own: str,
    *,
    choices: Offer,
    kind: str,
    groups: Sequence[Grouped],
    rows: pd.DataFrame,
) -> list[Any]:
    """Heading, small charts, what they say, and their tables."""
    lang = visit.lang
    title = heading(kind, groups, lang)
    name = sheet.unit(indicator, lang)
    whole_of_parts = indicator.measure == "count"  # beside which its parts would lie flat
    reference = None if whole_of_parts else everybody(choices, own, visit.places[own].name(lang))
    charts = [Small(one.name, drawn(one, own, reference)) for one in groups]
    figure = multiples(rows, charts, indicator, visit.look)
    newest = _newest(rows, kind, groups, indicator)
    told = [stated(one, visit.voice(indicator)) for one in newest]
    how = [name, term("groups_same_scale", lang)]
    how.append(term("groups_sexes" if _crossed(groups) else "groups_one_line", lang))
    if any(mark["name"] == "break" for mark in figure["layout"]["shapes"]):
        how.append(term("break_lines", lang))
    if reference:
        how.append(term("groups_reference", lang, name=_everybody(visit, own)))
    how += _symbols(figure, lang)
    place = visit.places[own].where[lang]
    full = f"{indicator.title[lang]} {place}: {title}"
    picture = sheet.picture(
        figure,
        title=title,
        how=" ".join(how),
        alternative=sheet.described(
            "groups_of", title, told, example=visit.warehouse.example, lang=lang
        ),
        told=[
            _apart([one for one in newest if one.sex == TOTAL or kind == "sex"], visit, indicator)
        ],
        key=f"chart-{kind}",
        foot=[saved(visit, indicator, rows, title=full, how=" ".join(how), what=title)],
    )
    tables = [twin(visit, indicator, own, kind=kind, groups=groups, rows=rows)]
    if kind == "origin" and _crossed(groups):
        tables.append(by_sex(visit, indicator, own, groups=groups, rows=rows))
    return [html.Section([picture, *tables], className="kind")]


def _symbols(figure: dict[str, Any], lang: Lang) -> list[str]:
    """What the symbols at the foot of the charts stand for: those that are drawn."""
    said = {
        symbol: meaning
        for trace in figure["data"]
        if trace["mode"] == "text"
        for symbol, meaning in zip(trace["text"], trace["customdata"], strict=True)
    }
    return [
        term("groups_symbol", lang, symbol=symbol, meaning=meaning[0].lower() + meaning[1:])
        for symbol, meaning in said.items()
    ]


def _everybody(visit: Visit, own: str) -> str:
    name = visit.catalogue.category["background", TOTAL].label[visit.lang].lower()
    return f"{name} {visit.places[own].where[visit.lang]}"


def _newest(
    rows: pd.DataFrame, kind: str, groups: Sequence[Grouped], indicator: Indicator
) -> tuple[Observation, ...]:
    """The observation of each group, of both sexes where there is one, in the newest year."""
    numbers = rows[rows["value"].notna()]
    if numbers.empty:
        return ()
    latest = rows[rows["period"] == numbers["period"].max()]
    seen = {tuple(row[name] for name in DIMENSIONS): row for row in latest.to_dict("records")}
    kept = []
    for one in groups:
        both = whole(kind, one.code)
        kept += [seen[group] for group in ([both] if both in seen else one.groups) if group in seen]
    return observations(pd.DataFrame(kept, columns=COLUMNS), indicator.id) if kept else ()


def _apart(newest: Sequence[Observation], visit: Visit, indicator: Indicator) -> str:
    """What parts the first and the last group of a kind; "" for one alone, and of counts."""
    parts = [one for one in newest if one.background not in WHOLES]
    if len(parts) < 2 or indicator.measure in {"class", "count"}:
        return ""
    return gap(parts[0], parts[-1], visit.voice(indicator))


def _together(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """All rows, each once."""
    if not frames:
        return pd.DataFrame(columns=COLUMNS)
    key = ["region", *DIMENSIONS, "period"]
    return pd.concat(frames, ignore_index=True).drop_duplicates(key, ignore_index=True)


def _notes(rows: pd.DataFrame, indicator: Indicator) -> Sequence[Any]:
    return following(observations(rows, indicator.id), indicator)
