"""
What the box and the fields that are typed in offer: answers to a question, and regions, as JSON.

An edge. Each is asked with the state of the page that the field stands on, and the words in it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import orjson

from dashboard.api.answer import (
    JSON_TYPE,
    HttpAnswer,
    HttpRequest,
    keeping,
    refusal,
    tag,
    told_unreadable,
)
from dashboard.components.frame import ANSWERS_PATH, REGIONS_PATH
from dashboard.data.context import Context
from dashboard.panels.question import asked_answers, region_choices
from dashboard.server.warm import note_version
from dashboard.state.url import parsed
from dashboard.state.visit import Visit, visited
from dashboard.text import term

_NOTHING = "There are no figures to answer with."
Offered = Callable[[Visit], dict[str, Any]]


def _answers(visit: Visit) -> dict[str, Any]:
    """The answers to a question, and what is said of them."""
    found = asked_answers(visit)
    options = [
        {
            "label": answer.label,
            "href": answer.address,
            "kind": answer.kind,
            "detail": answer.detail,
            "told": list(answer.told),
        }
        for answer in found.listed
    ]
    said = [
        *found.told,
        term(f"question_found_{_form(found.listed)}", visit.lang, count=len(found.listed)),
    ]
    return {"options": options, "told": list(found.told), "said": " ".join(said)}


def _regions(visit: Visit) -> dict[str, Any]:
    """The regions that may be chosen; `near`: how many of them are of the reader's own county."""
    found, near = region_choices(visit)
    options = [{"label": one.name, "value": one.code, "detail": one.kind} for one in found]
    said = term(f"choice_found_{_form(found)}", visit.lang, count=len(found))
    return {"options": options, "near": near, "said": said}


def _form(found: Sequence[object]) -> str:
    """Which form of a count is said."""
    return "none" if not found else "one" if len(found) == 1 else "many"


def _answer(
    offered: Offered, context: Context, request: HttpRequest, *, edition: str
) -> HttpAnswer:
    """What is offered at an address, as JSON that keeps five minutes, or as its version does."""
    state = parsed(request.search)
    with context.warehouses.read(state.version) as reading:
        warehouse = reading.warehouse
        if warehouse is None:
            return refusal(410 if reading.missing == "gone" else 503, _NOTHING)
        etag = tag(warehouse.version, reading.unreadable, edition, request.search)
        headers = {**keeping(etag, pinned=bool(state.version)), **told_unreadable(reading)}
        if request.has(etag):
            return HttpAnswer(304, headers)
        visit = visited(context, warehouse, "", state, current=reading.current)
        note_version(warehouse.version, compared=False, for_all=True)
        content = orjson.dumps(offered(visit))
    return HttpAnswer(200, {"Content-Type": JSON_TYPE, **headers}, content)


CHOICES: Mapping[str, Callable[..., HttpAnswer]] = MappingProxyType(
    {ANSWERS_PATH: partial(_answer, _answers), REGIONS_PATH: partial(_answer, _regions)}
)
