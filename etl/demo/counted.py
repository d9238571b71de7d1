"""
Cells of counts: the persons that every cell cuts out of the whole.

Pure. Each variable cuts along sex, age or origin; what no variable cuts is added up. Parts add
up exactly, but in tables from the year in which the source began to add noise.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from etl.demo.ages import NO_END, is_age, spans
from etl.demo.counts import EDUCATED, subject
from etl.demo.described import TIME
from etl.demo.origins import origins
from etl.demo.people import ORIGINS
from etl.demo.places import YEARS, Array, chance
from etl.demo.world import Answer, Question, World
from etl.names import normalised

NOISE_FROM = 2025
CUTS = ("origin", "age", "sex")
SEXES = ("1", "2")
# Codes that say what is counted, where the content only says that it is persons.
COUNTED = {
    ("Forandringar", "135"): "natural_increase",
    ("Trangboddhet", "TOT"): "people",
    ("Trangboddhet", "TRÅNGB N2"): "crowded",
    **{("UtbildningsNiva", code): name for code, name in EDUCATED.items()},
}
# Continents share those who are born outside Europe.
CONTINENTS = {"afrika": 0.3, "asien": 0.55, "övriga världen": 0.15}


def counted(world: World, question: Question) -> Answer:
    """Return the cells of a count: nil where there is nobody, `.` where there can be none."""
    value = _noisy(question, np.floor(_counted(world, question)))
    symbol = np.where(np.isnan(value), ".", np.where(value == 0, "-", ""))
    return Answer(np.where(value == 0, np.nan, value), symbol)


def _counted(world: World, question: Question) -> Array:
    """Add up the persons of each cell; a variable that says what is counted is taken apart."""
    names = [name for name in question.codes if any(name == known for known, _ in COUNTED)]
    if name := next((name for name in names if len(question.codes[name]) > 1), None):
        each = [
            replace(question, codes={**question.codes, name: (code,)})
            for code in question.codes[name]
        ]
        axis = list(question.codes).index(name)
        return np.concatenate([_counted(world, one) for one in each], axis)
    known = (COUNTED.get((name, question.codes[name][0])) for name in names)
    counted_here = next(filter(None, known), None) or subject(question.contents.text)
    found = world.counts[counted_here]()
    region = next(v.code for v in question.asked.table.variables if v.role == "region")
    rows = [world.places.row[code] for code in question.codes[region]]
    found = found[np.ix_(rows, [YEARS.index(year) for year in question.codes[TIME]])]
    order = [region, TIME]
    for axis, cut in zip((4, 3, 2), CUTS, strict=True):
        name = next((one for one in question.codes if _cuts(question, one) == cut), cut)
        # From the last axis to the first: what is cut goes to the end, behind what is left.
        found = np.tensordot(found, _masks(world, question, name, cut), axes=(axis, 1))
        order.append(name)
    return _ordered(question, found, order)


def _cuts(question: Question, name: str) -> str:
    """Return along what a variable cuts: sex, age, origin, or nothing of these."""
    role = next((v.role for v in question.asked.table.variables if v.code == name), "period")
    if role in {"region", "period"}:
        return role
    if is_age(name):
        return "age"
    if any(name == known for known, _ in COUNTED):
        return "nothing"
    if role == "other" and len(question.asked.labels[name]) == 1:
        return "nothing"
    return "sex" if role == "sex" or name == "Kon" else "origin"


def _masks(world: World, question: Question, name: str, cut: str) -> Array:
    """Return for each code of a variable whom it takes; everybody where no variable cuts."""
    if name not in question.codes:
        length = {"sex": len(SEXES), "age": len(world.people.starts), "origin": len(ORIGINS)}
        return np.ones((1, length[cut]))
    labels = question.asked.labels[name]
    known = spans(labels) if cut == "age" else {}
    ours = question.ours.get(name, {})
    masks: list[NDArray[np.generic]] = []
    for code in question.codes[name]:
        if cut == "sex":
            found = ours.get(code, code)
            masks.append(np.array([found == sex or found not in SEXES for sex in SEXES]))
        elif cut == "age":
            masks.append(world.people.inside(*known.get(code, (0, NO_END))))
        else:
            share = CONTINENTS.get(normalised(labels[code]), 1.0)
            masks.append(share * origins(name, code, labels[code]))
    return np.array(masks, dtype=np.float64)


def _ordered(question: Question, found: Array, order: list[str]) -> Array:
    """Put the axes in the order of the question; those it does not have have one code."""
    alone = [name for name in question.codes if name not in order]
    found = found.reshape(*found.shape, *(1 for _ in alone))
    order = [*order, *alone]
    kept = [order.index(name) for name in question.codes]
    rest = [number for number in range(len(order)) if number not in kept]
    return found.transpose(*kept, *rest).reshape(question.shape)


def _noisy(question: Question, value: Array) -> Array:
    """Change every count a little where the source protects persons by noise."""
    if int(question.asked.periods[0]) < NOISE_FROM:
        return value
    noise = chance(question.asked.id, question.contents.text).integers(-2, 3, value.shape)
    return np.where(value > 3, value + noise, value)
