"""
The charts of the report's figures, from today's tables.

Knows which rows a drawing takes and how its lines look. What may be joined, said and put
together is decided by `series`, `narrative` and `figures`.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import captions, figures, format, template
from dashboard.lines import Line
from dashboard.narrative import Narrative, narrative
from dashboard.observation import Observation, observations
from dashboard.panel import Panel
from dashboard.report.areas import together
from dashboard.report.drawings import AREAS, COUNTRY, COUNTY, Drawing
from dashboard.report.marks import Point, with_points
from dashboard.report.printed import Printed
from dashboard.report.today import report
from dashboard.sentences import stated
from dashboard.series import series
from dashboard.stretches import unbroken
from dashboard.text import term
from dashboard.view import label
from dashboard.visit import Visit
from dashboard.wording import Voice
from etl.catalogue import TOTAL, Indicator, Text


def panel(visit: Visit, drawing: Drawing, entries: Sequence[Printed]) -> Panel:
    """The chart of lines of a drawing, with the report's figures that may stand on it."""
    lang, indicator = visit.lang, visit.catalogue.indicator[drawing.indicator]
    rows = _rows(visit, drawing)
    wanted = _lines(visit, drawing)
    drawn = tuple(line for line in wanted if not line.rows(rows).empty)
    heading = term(f"report_{drawing.key}", lang) + captions.years(rows)
    voice = Voice(indicator, visit.catalogue, _where(visit, drawing), lang)
    told = _told(rows, drawn, drawing, voice=voice, visit=visit)
    points = _points(drawing, drawn, entries, visit)
    sub = captions.subline(rows, drawn, (), indicator=indicator, lang=lang)
    said = captions.alternative(heading, told, visit.look)
    return Panel(
        series=rows,
        lines=drawn,
        absent=tuple(line for line in wanted if line not in drawn),
        figure=with_points(
            figures.over_time(rows, drawn, indicator, visit.look), points, visit.look
        ),
        heading=heading,
        subline=f"{sub} {term('report_diamonds', lang)}" if points else sub,
        alternative=" ".join([said, *_pointed(points, visit)]),
        goals=(),
        told=told,
        voice=voice,
    )


def first_stretch(rows: pd.DataFrame, indicator: Indicator) -> dict[str, tuple[Observation, ...]]:
    """The present observations of the oldest unbroken stretch of each region."""
    found = {}
    for code, own in rows.groupby("region", sort=False):
        pieces = [one.present for one in unbroken(observations(own, indicator.id), indicator)]
        found[str(code)] = next((one for one in pieces if one), ())
    return found


def _rows(visit: Visit, drawing: Drawing) -> pd.DataFrame:
    """Rows of all lines; of several measures each with its id in place of the background."""
    if drawing.kind != "measures":
        return series(
            visit.context,
            visit.warehouse,
            drawing.indicator,
            regions=drawing.regions,
            backgrounds=drawing.groups,
            own=together(visit.places) if AREAS in drawing.regions else None,
        )
    frames = [
        series(visit.context, visit.warehouse, id, regions=(COUNTY,)).assign(background=id)
        for id in drawing.measures
    ]
    return pd.concat(frames).sort_values("period", kind="stable", ignore_index=True)


def _where(visit: Visit, drawing: Drawing) -> dict[str, Text]:
    return {code: visit.places[code].where for code in drawing.regions if code in visit.places}


def _lines(visit: Visit, drawing: Drawing) -> tuple[Line, ...]:
    lang = visit.lang
    if drawing.kind == "regions":
        known = [code for code in drawing.regions if code in visit.places]
        return tuple(_region_line(code, visit) for code in known)
    codes = drawing.measures or drawing.groups
    styles = zip((template.LEAD, *template.SECONDARY), template.DASHES, strict=True)
    made = []
    for code, (colour, dash) in zip(codes, styles, strict=False):
        name = (
            term(f"report_line_{code}", lang)
            if drawing.kind == "measures"
            else label(visit.catalogue, "background", code, lang)
        )
        made.append(Line(COUNTY, TOTAL, code, name, colour=colour, dash=dash, width=2.5))
    return tuple(made)


def _region_line(code: str, visit: Visit) -> Line:
    """The county leads, the country is dark and dashed, the neighbourhoods stand beside."""
    style: dict[str, Any] = {"colour": template.LEAD, "width": 3.0}
    if code == COUNTRY:
        style = {"colour": template.COUNTRY, "dash": "dash"}
    elif code == AREAS:
        style = {"colour": template.SECONDARY[1], "width": 2.5}
    return Line(code, TOTAL, TOTAL, visit.places[code].name(visit.lang), **style)


def _told(
    rows: pd.DataFrame, drawn: Sequence[Line], drawing: Drawing, *, voice: Voice, visit: Visit
) -> Narrative:
    """What the lines say; of several measures the newest total with its parts."""
    if drawing.kind != "measures":
        return narrative(rows, drawn, voice)
    known = {line.background: observations(line.rows(rows), line.background) for line in drawn}
    present = [one for one in known.get(drawing.indicator, ()) if one.present]
    if not present:
        return Narrative()
    newest = present[-1]
    parts = [
        (one, phrase.part)
        for id in drawing.measures[1:]
        for one in known.get(id, ())
        if one.period == newest.period
        and (phrase := visit.catalogue.indicator[id].phrase)
        and phrase.part
    ]
    return Narrative(stated(_everybody(newest), voice, parts))


def _everybody(one: Observation) -> Observation:
    """The observation without the id that stands in place of its background."""
    return Observation(
        one.indicator, one.region, one.period, one.segment, one.value, one.status, kind=one.kind
    )


def _points(
    drawing: Drawing, drawn: Sequence[Line], entries: Sequence[Printed], visit: Visit
) -> list[Point]:
    """The report's figures that belong to a drawn line, in its colour."""
    found = []
    for one in entries:
        if not (one.point and one.current and one.year and one.value is not None):
            continue
        group = one.current.indicator if drawing.kind == "measures" else one.current.background
        line = next(
            (
                each
                for each in drawn
                if (each.region, each.background) == (one.current.region, group)
            ),
            None,
        )
        if line and one.current.indicator in (drawing.measures or (drawing.indicator,)):
            words = f"{line.name}: {report(one, visit.lang)}"
            found.append(Point(int(one.year), one.value, words, line.colour))
    return found


def _pointed(points: Sequence[Point], visit: Visit) -> list[str]:
    """The report's figures in the words of the text alternative."""
    if not points:
        return []
    told = "; ".join(f"{point.words} ({point.year})" for point in points)
    return [f"{term('page_report', visit.lang)}: {told}.".replace(format.NBSP, " ")]
