"""
The words around a chart: its heading with years, and how it is to be read.

Pure. What the figures say is in `narrative`.
"""

import pandas as pd

from dashboard import figures, format
from dashboard.backdrop import Backdrop
from dashboard.goals import Goal
from dashboard.lines import Line, Look, marks
from dashboard.narrative import Narrative
from dashboard.regions import COUNTRY
from dashboard.text import enumerated, term
from dashboard.view import View, group, kind
from etl.catalogue import TOTAL, Catalogue, Indicator, Lang


def heading(catalogue: Catalogue, view: View, places: list[str], lang: Lang) -> str:
    """Measure, places and groups: what the chart shows, before its years."""
    title = catalogue.indicator[view.indicator].title[lang]
    words = f"{title} {enumerated(places, lang)}"
    if view.by != "region":
        what = kind(catalogue, view.backgrounds) if view.by == "background" else view.by
        words += f" {term(f'in_heading_{what}', lang)}"
    background = TOTAL if view.by == "background" else view.backgrounds[0]
    sex = TOTAL if view.by == "sex" else view.sexes[0]
    education = TOTAL if view.by == "education" else view.educations[0]
    if (background, sex, education) != (TOTAL, TOTAL, TOTAL):
        parts = group(catalogue, background, sex, education=education, lang=lang).split(", ")
        words += "".join(f", {part[:1].lower()}{part[1:]}" for part in parts)
    return words


def years(series: pd.DataFrame) -> str:
    """The years of a frame after a space; "" for none."""
    if series.empty:
        return ""
    return " " + format.periods(series["period"].min(), series["period"].max())


def subline(
    series: pd.DataFrame,
    drawn: tuple[Line, ...],
    goals: tuple[Goal, ...],
    *,
    indicator: Indicator,
    lang: Lang,
    behind: tuple[str, Backdrop] | None = None,
) -> str:
    """Unit and how to read the chart; names only what is drawn, `behind` with its level."""
    unit = indicator.unit[lang]
    parts = [f"{unit[:1].upper()}{unit[1:]}."]
    if not figures.starts_at_zero(figures.held(series, goals, behind[1] if behind else None)):
        parts.append(term("axis_not_zero", lang))
    first, last = series["period"].min(), series["period"].max()
    inside = {
        mark.severity
        for mark in marks(indicator, drawn)
        if len(series) and first < mark.period <= last
    }
    parts += [term("break_lines", lang)] if "break" in inside else []
    parts += [term("caution_lines", lang)] if "caution" in inside else []
    if any(line.region == COUNTRY != drawn[0].region for line in drawn):
        parts.append(term("country_dashed", lang))
    parts += [term("target_lines", lang)] if goals else []
    if behind:
        level, drawing = behind
        parts.append(term(f"grey_{level}", lang))
        parts += [term("grey_cropped", lang)] if drawing.cropped else []
    return " ".join(parts)


def alternative(title: str, told: Narrative, look: Look) -> str:
    """The chart in words: what it shows, and what its leading figures say."""
    said = [f"{term('chart_of', look.lang)}: {title}.", *told.sentences]
    return " ".join([f"{term('example', look.lang)}."] * look.example + said)
