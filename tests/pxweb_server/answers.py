"""Builds the documents of a table: metadata, and data as metadata cut to a selection.

Pure: pack and axes in, json-stat2 document out. Never changes a pack's own documents.
"""

from collections.abc import Callable, Sequence
from typing import Any

from tests.pxweb_server.aggregation import Block, cut_cells
from tests.pxweb_server.packs import Document, Pack
from tests.pxweb_server.selections import Axis
from tests.pxweb_server.variables import Variable, ordered_codes, variable, variable_code

_TITLE_WORDS = {"sv": ("efter", "och"), "en": ("by", "and")}


def metadata_answer(pack: Pack, codelists: dict[str, str]) -> Document:
    """The metadata document; `codelists` (variable to codelist id) replace a variable's values."""
    if not codelists:
        return {**pack.metadata, "value": []}
    applied = {}
    for asked, codelist in codelists.items():
        code = variable_code(pack, asked)
        applied[code] = variable(pack, code, codelist)
    dimension = {
        code: _relisted(own, applied[code]) if code in applied else own
        for code, own in pack.metadata["dimension"].items()
    }
    size = [len(dimension[code]["category"]["index"]) for code in pack.metadata["id"]]
    return {**pack.metadata, "size": size, "dimension": dimension, "value": []}


def data_answer(pack: Pack, axes: Sequence[Axis]) -> Document:
    """Data for a selection: dense `value`, `status` only if some cell has one."""
    kept = [axis for axis in axes if axis.picked]
    block = cut_cells(pack.cells(), pack.metadata["size"], axes)
    document = _envelope(pack, kept)
    document["value"] = block.values.ravel().tolist()
    status = _sparse(block)
    if status:
        document["status"] = status
    return document


def _envelope(pack: Pack, kept: Sequence[Axis]) -> Document:
    codes = [axis.variable.code for axis in kept]
    replaced: dict[str, Any] = {
        "label": _title(pack, kept),
        "role": {
            role: held
            for role, members in pack.metadata.get("role", {}).items()
            if (held := [code for code in members if code in codes])
        },
        "id": codes,
        "size": [len(axis.picked) for axis in kept],
        "dimension": {
            axis.variable.code: _dimension(pack.metadata["dimension"][axis.variable.code], axis)
            for axis in kept
        },
        "extension": _extension(pack, kept),
        "updated": _updated(pack, kept),
    }
    document = {key: replaced.get(key, value) for key, value in pack.metadata.items()}
    for part in ("value", "status"):
        document.pop(part, None)
    return document


def _updated(pack: Pack, kept: Sequence[Axis]) -> str:
    """The newest moment of the contents that were picked, as the real server says it."""
    whole = str(pack.metadata["updated"])
    metric = pack.metadata.get("role", {}).get("metric", [])
    contents = [
        axis.variable.codes[at]
        for axis in kept
        if axis.variable.code in metric
        for at in axis.picked
    ]
    return max((pack.content_updated.get(code, whole) for code in contents), default=whole)


def _title(pack: Pack, kept: Sequence[Axis]) -> str:
    metric = pack.metadata.get("role", {}).get("metric", [])
    named = [
        str(pack.metadata["dimension"][axis.variable.code]["label"])
        for axis in kept
        if axis.variable.code not in metric or len(axis.picked) > 1
    ]
    by, joint = _TITLE_WORDS.get(pack.language, _TITLE_WORDS["en"])
    contents = _contents(pack, kept)
    if len(named) < 2:
        return f"{contents} {by} {''.join(named)}"
    return f"{contents} {by} {', '.join(named[:-1])} {joint} {named[-1]}"


def _contents(pack: Pack, kept: Sequence[Axis]) -> str:
    """What the numbers are: the (alternative) text of a single content, else the table's word."""
    metric = pack.metadata.get("role", {}).get("metric", [])
    for axis in kept:
        if axis.variable.code in metric and len(axis.picked) == 1:
            (at,) = axis.picked
            own = pack.metadata["dimension"][axis.variable.code].get("extension", {})
            texts = own.get("alternativeText", {})
            return str(texts.get(axis.variable.codes[at], axis.variable.labels[at]))
    px = pack.metadata.get("extension", {}).get("px", {})
    return str(px.get("contents", pack.metadata.get("label", "")))


def _extension(pack: Pack, kept: Sequence[Axis]) -> Document:
    codes = [axis.variable.code for axis in kept]
    extension: Document = dict(pack.metadata.get("extension", {}))
    contact = extension.pop("contact", None)
    if "px" in extension:
        placed = {
            part: [code for code in extension["px"].get(part, []) if code in codes]
            for part in ("heading", "stub")
        }
        named = {"contents": _contents(pack, kept)} if "contents" in extension["px"] else {}
        extension["px"] = {**extension["px"], **named, **placed}
    extension["discontinued"] = pack.table.get("discontinued")
    if contact is not None:
        extension["contact"] = contact
    return extension


def _dimension(own: Document, axis: Axis) -> Document:
    listed = _relisted(own, axis.variable) if axis.variable.codelist else own
    picked = [axis.variable.codes[at] for at in axis.picked]
    category = {
        "index": {code: at for at, code in enumerate(picked)},
        "label": dict(zip(picked, (axis.variable.labels[at] for at in axis.picked), strict=True)),
        **_by_code(listed["category"], picked, skip=("index", "label")),
    }
    extension = _by_code(listed.get("extension", {}), picked, skip=("codelists", "codeLists"))
    if extension.get("eliminationValueCode") not in picked:
        extension.pop("eliminationValueCode", None)
    return {**listed, "category": category, "extension": extension}


def _by_code(own: Document, picked: Sequence[str], *, skip: Sequence[str]) -> Document:
    """Entries of a dimension's object; those kept per code are cut to the picked codes."""
    cut: Document = {}
    for key, value in own.items():
        if key in skip:
            continue
        if not isinstance(value, dict) or key == "noteMandatory":
            cut[key] = value
        elif held := {code: value[code] for code in picked if code in value}:
            cut[key] = held
    return cut


def _relisted(own: Document, one: Variable) -> Document:
    """A dimension with the values of its codelist in place of its own."""
    same = set(ordered_codes(own)) & set(one.codes)
    category = {
        "index": {code: at for at, code in enumerate(one.codes)},
        "label": dict(zip(one.codes, one.labels, strict=True)),
        **_by_code(own["category"], sorted(same), skip=("index", "label")),
    }
    extension = {"elimination": one.elimination}
    if one.elimination_code is not None:
        extension["eliminationValueCode"] = one.elimination_code  # type: ignore[assignment]
    rest = {
        key: value
        for key, value in own.get("extension", {}).items()
        if key not in ("elimination", "eliminationValueCode")
    }
    return {**own, "category": category, "extension": {**extension, **rest}}


def _sparse(block: Block) -> dict[str, str]:
    marks = block.marks.ravel()
    at = marks.nonzero()[0]
    symbol: Callable[[int], str] = block.symbols.__getitem__
    return {str(position): symbol(mark) for position, mark in zip(at, marks[at], strict=True)}
