"""
The difference between two groups, for the same regions and indicators as the heat table.

Knows which pairs may be chosen. Every difference is decided by `comparison`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard import format, queries
from dashboard.columns import Column
from dashboard.comparison import difference
from dashboard.components import aria, select
from dashboard.notes import following
from dashboard.observation import Observation
from dashboard.phrases import said
from dashboard.text import term
from dashboard.url import kept, link
from dashboard.view import SEXES, label
from dashboard.visit import Visit
from dashboard.wording import Voice
from etl.catalogue import TOTAL, Indicator, Lang

Known = Mapping[tuple[str, str], Sequence[Observation]]  # by indicator and region


def section(
    visit: Visit, columns: Sequence[Column], indicators: Sequence[Indicator]
) -> list[html.Section]:
    """The table of differences; nothing where no indicator has both groups here."""
    lang, (first, second) = visit.lang, visit.state.par
    single = [column for column in columns if column.made == "region"]
    if columns[0].made != "region":
        return []
    names = [_name(visit, code) for code in (first, second)]
    known = _known(visit, [column.code for column in single])
    shown = [one for one in indicators if (one.id, columns[0].code) in known]
    heading = term("pair_heading", lang, one=_small(names[0]), other=_small(names[1]))
    head = [html.Th(term("indicator", lang), scope="col")]
    head += [html.Th(column.name, scope="col") for column in single]
    table = html.Table(
        [
            html.Caption(heading),
            html.Thead(html.Tr(head)),
            html.Tbody([_row(visit, one, single, known) for one in shown]),
        ],
        className="figures heat",
    )
    scroll = html.Div(
        table, className="scroll wide", role="region", tabIndex=0, **aria(label=heading)
    )
    nothing = html.P(f"{term('combination_none', lang)}.", className="absent")
    return [
        html.Section(
            [
                html.H2(heading),
                html.P(term("pair_lede", lang, one=_small(names[0]), other=_small(names[1]))),
                html.Div(_controls(visit), className="controls"),
                scroll if shown else nothing,
                *_notes(shown, known, lang),
            ],
            className="pairs",
        )
    ]


def _notes(shown: Sequence[Indicator], known: Known, lang: Lang) -> list[html.P]:
    """What the values of the groups call for, each note once."""
    found = [
        note[lang]
        for indicator in shown
        for note in following(
            [one for (id, _), both in known.items() if id == indicator.id for one in both],
            indicator,
        )
    ]
    return [html.P(text, className="src") for text in dict.fromkeys(found)]


def _controls(visit: Visit) -> list[Any]:
    """Two menus of groups of one kind: both of origin and stay, or both of sex."""
    codes = [
        code
        for (dimension, code), category in visit.catalogue.category.items()
        if dimension == "background" and category.kind in {"origin", "stay"}
    ]
    options = [{"label": _name(visit, code), "value": code} for code in (*codes, *SEXES)]
    keys = ("pair_one", "pair_other")
    return [
        select(name, term(key, visit.lang), options, code)
        for name, key, code in zip(("one", "other"), keys, visit.state.par, strict=True)
    ]


def _name(visit: Visit, code: str) -> str:
    return label(visit.catalogue, "sex" if code in SEXES else "background", code, visit.lang)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _known(visit: Visit, regions: Sequence[str]) -> Known:
    """The two groups of each region and indicator, the first group first."""
    pair = visit.state.par
    if len({code in SEXES for code in pair}) > 1 or len(set(pair)) < 2:
        return {}
    by_sex = pair[0] in SEXES
    rows = visit.context.recent.recall(
        (visit.warehouse.version, "pairs", tuple(regions), pair),
        lambda: queries.pairs(
            visit.warehouse,
            regions,
            sexes=pair if by_sex else (TOTAL,),
            backgrounds=(TOTAL,) if by_sex else pair,
        ),
    )
    found: dict[tuple[str, str], list[Observation]] = {}
    for indicator, region, period, segment, sex, background, value, status, kind in rows:
        one = Observation(
            indicator, region, period, segment, value, status, sex, background, kind=kind
        )
        found.setdefault((indicator, region), []).append(one)
    return {
        key: sorted(both, key=lambda one: pair.index(one.sex if by_sex else one.background))
        for key, both in found.items()
        if len(both) == 2
    }


def _row(visit: Visit, indicator: Indicator, columns: Sequence[Column], known: Known) -> html.Tr:
    lang, own = visit.lang, known[indicator.id, columns[0].code]
    to = link(f"/indikator/{indicator.id}", kept(visit.state, "par", vy="skillnader"))
    share = indicator.measure == "share"
    unit = said("points", lang) if share else indicator.unit[lang]
    head = html.Th(
        [dcc.Link(indicator.title[lang], href=to), html.Small(f"{own[0].period} · {unit}")],
        scope="row",
    )
    voice = visit.voice(indicator)
    cells = [_cell(known.get((indicator.id, column.code)), voice) for column in columns]
    return html.Tr([head, *cells])


def _cell(both: Sequence[Observation] | None, voice: Voice) -> html.Td:
    lang = voice.lang
    if both is None:
        return html.Td(html.Span(term("not_available", lang), className="absent"))
    found = difference(both[0], both[1], voice.indicator)
    parts = [
        format.marked(one.value, one.status, voice.indicator.decimals, lang)
        or term("not_available", lang)
        for one in both
    ]
    values = html.Small(" / ".join(parts))
    if found.value is None:
        symbols = [html.Span(term("not_compared", lang), className="absent")]
        return html.Td([*symbols, values])
    sign = "" if found.value == 0 else "+" if found.value > 0 else format.MINUS
    number = format.number(abs(found.value), voice.indicator.decimals, lang)
    return html.Td([html.B(sign + number), values])
