"""The municipalities most like the own one: what they are measured by, and how far away."""

from dash import dcc, html

from dashboard import format
from dashboard.components import aria
from dashboard.likeness import likeness
from dashboard.regions import inline
from dashboard.text import term
from dashboard.url import kept, link
from dashboard.visit import Visit
from etl.catalogue import Lang
from etl.measures import VARIABLES


def section(visit: Visit, own: str) -> list[html.Section]:
    """A table of the seven nearest; nothing for what is no municipality."""
    found, lang = likeness(visit), visit.lang
    if found is None or own not in found.neighbours:
        return []
    mine, place = found.neighbours[own], inline(visit.places[own], lang)
    heading = term("similar_heading", lang, region=place)
    head = [term("municipality_word", lang), *(term(f"likeness_{one}", lang) for one in VARIABLES)]
    rows = [(own, None), *((one.code, one.distance) for one in mine.nearest)]
    table = html.Table(
        [
            html.Caption(heading),
            html.Thead(
                html.Tr([html.Th(name, scope="col") for name in (*head, term("distance", lang))])
            ),
            html.Tbody([_row(visit, code, distance) for code, distance in rows]),
        ],
        className="figures",
    )
    notes = [] if mine.near else [html.P(term("similar_far", lang, region=place))]
    notes += [
        html.P(
            term("similar_variable", lang, variable=term(f"likeness_{one}", lang)), className="src"
        )
        for one in VARIABLES
        if one not in mine.variables
    ]
    return [
        html.Section(
            [
                html.H2(heading),
                html.P(term("similar_lede", lang, year=found.year)),
                *notes,
                html.Div(
                    table, className="scroll", role="region", tabIndex=0, **aria(label=heading)
                ),
            ],
            className="pairs",
        )
    ]


def _row(visit: Visit, code: str, distance: float | None) -> html.Tr:
    found, lang = likeness(visit), visit.lang
    if found is None:
        raise ValueError(f"{code}: no likeness to show")
    values = found.profiles.loc[code].to_dict()
    cells = [html.Td(_number(values.get(one), 0 if one == VARIABLES[0] else 1, lang))
             for one in VARIABLES]  # fmt: skip
    name = dcc.Link(visit.places[code].name(lang), href=link("/", kept(visit.state, region=code)))
    away = "" if distance is None else format.number(distance, 1, lang)
    return html.Tr([html.Th(name, scope="row"), *cells, html.Td(away)])


def _number(value: float | None, decimals: int, lang: Lang) -> str:
    """A number, or that there is none: nothing is held back here, as ".." would say."""
    known = format.has_number(value)
    return format.number(value, decimals, lang) if known else term("not_available", lang)
