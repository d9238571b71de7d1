"""
What stands under many indicators together: the notes that any of their figures calls for.

Knows that each note stands once and where the sources are named. Which notes there are is
decided in `notes`.
"""

from collections.abc import Sequence

from dashboard.elements import Element, element
from dashboard.notes import NOTES, following, standing
from dashboard.observation import Observation
from dashboard.text import term
from dashboard.visit import Visit
from etl.catalogue import Indicator


def notes(
    visit: Visit,
    shown: Sequence[tuple[Indicator, Sequence[Observation]]],
    *,
    ordered: bool = False,
) -> list[Element]:
    """The notes of indicators with the figures that are shown, each once, and who they are from."""
    lang = visit.lang
    there = [(indicator, seen) for indicator, seen in shown if any(one.present for one in seen)]
    found = [note for indicator, _ in there for note in standing(indicator)]
    found += [NOTES["order"]] * ordered
    found += [note for indicator, seen in shown for note in following(seen, indicator)]
    words = list(dict.fromkeys(note[lang] for note in found))
    words += [term("tables_there", lang)] if there else []
    example = f"{term('example', lang)}. " if visit.warehouse.example and there else ""
    if words and example:
        words[-1] = example + words[-1]
    return [element("P", text, className="src") for text in words]
