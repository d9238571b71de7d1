"""
Whether the body of a callback is one that our own pages could have sent.

Pure. Dash answers a malformed body with 500, as if it were our fault; this says what is
wrong with it instead. It knows the shape of a body, never its meaning.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson


def malformed(body: Any, callbacks: Mapping[str, Any]) -> str | None:
    """What is wrong with a body, as sentences; None when it is well formed."""
    if not isinstance(body, dict):
        return "The body is not a JSON object."
    output = body.get("output")
    if not isinstance(output, str) or output not in callbacks:
        return "`output` names no callback of this application."
    return " ".join(_faults(body, output, callbacks[output])) or None


def _faults(body: Mapping[str, Any], output: str, callback: Mapping[str, Any]) -> Iterator[str]:
    for key in ("inputs", "state"):
        names = [f"{one['id']}.{one['property']}" for one in callback[key]]
        if not _fit(body.get(key, []), names):
            yield f"`{key}` is not the list {', '.join(names) or 'without entries'}."
    if not _answers(body.get("outputs"), output):
        yield f"`outputs` is not what {output} names."
    known = {f"{one['id']}.{one['property']}" for one in callback["inputs"]}
    if not _are_changes(body.get("changedPropIds", []), known):
        yield "`changedPropIds` names something other than inputs of this callback."


def _answers(outputs: Any, output: str) -> bool:
    """Whether outputs are those of "..a.x...b.y..", or the one of "a.x"."""
    if output.startswith(".."):
        return _fit(outputs, output[2:-2].split("..."))
    return _fit([outputs], [output])


def _fit(items: Any, names: list[str]) -> bool:
    """Whether a list holds the properties of these names, in order."""
    return (
        isinstance(items, list)
        and len(items) == len(names)
        and all(_fits(item, name) for item, name in zip(items, names, strict=True))
    )


def _fits(item: Any, name: str) -> bool:
    """Whether an entry is the named property, or for a pattern the list of its matches."""
    id, _, property = name.rpartition(".")
    if id.startswith("{") and isinstance(item, list):
        return all(_fits(one, name) for one in item)
    if not isinstance(item, dict) or item.get("property") != property:
        return False
    given = item.get("id")
    return isinstance(given, dict) if id.startswith("{") else given == id


def _are_changes(items: Any, known: set[str]) -> bool:
    """Whether a list names inputs, or matches of their patterns."""
    return isinstance(items, list) and all(
        isinstance(item, str) and (item in known or _is_pattern(item)) for item in items
    )


def _is_pattern(item: str) -> bool:
    """Whether a text is a JSON object, a dot and a property."""
    try:
        return isinstance(orjson.loads(item.rpartition(".")[0]), dict)
    except orjson.JSONDecodeError:
        return False
