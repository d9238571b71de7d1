"""
SCB's local labour markets of 2018 as groups of municipalities.

An edge: asks the API for the list, lands it, reads it back. The list is not in the repository:
it is the source's own, and without it there are no such groups and nothing else changes.
"""

import logging
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from etl.access import Access
from etl.errors import DocumentError, SourceError
from etl.landing import Record, intact, land, read, records, sha256
from etl.names import level
from etl.plan import request_key
from etl.pxweb import Answer
from etl.regions import COLUMNS, first_years

CODELIST = "agg_RegionLA2018"
PREFIX = "la-"
MEMBER_COLUMNS = ["region", "member", "weight"]
log = logging.getLogger(__name__)
Markets = dict[str, tuple[str, tuple[str, ...]]]


def fetch_labour_markets(access: Access) -> None:
    """Land the list as it is today, unless it is the one that we have; warn where there is none."""
    try:
        answer = access.client.codelist(CODELIST)
        _markets(answer.document)
    except SourceError as error:
        log.warning("%s: no local labour markets: %s", CODELIST, error)
        return
    digest = sha256(answer.content)
    newest = records(access.folder, CODELIST)[-1:]
    if not (newest and newest[0].sha256 == digest and intact(access.folder, digest)):
        land(access.folder, answer.content, _record(access, answer, digest))


def labour_markets(folder: Path, regions: Path) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """
    Return what has landed last: rows of table `region` and of `region_member`, and the hash.

    Members that are no municipality of ours are left out. Without a list, or with a damaged
    one, the frames are empty and the hash is "".
    """
    try:
        record = records(folder, CODELIST)[-1]
        found = _markets(orjson.loads(read(folder, record.sha256)))
    except (IndexError, DocumentError):
        return pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=MEMBER_COLUMNS), ""
    known = {code for code in first_years(regions) if level(code) == "municipality"}
    groups = [(code, *_named(name)) for code, (name, _) in found.items()]
    named = pd.DataFrame(groups, columns=["code", "name", "locative_sv", "locative_en"])
    members = [
        (code, member, 1.0)
        for code, (_, listed) in found.items()
        for member in listed
        if member in known
    ]
    return (
        named.assign(level="group", parent="00").reindex(columns=COLUMNS),
        pd.DataFrame(members, columns=MEMBER_COLUMNS),
        record.sha256,
    )


def _markets(document: Any) -> Markets:
    """Return name and members of each labour market by our code for it."""
    try:
        found = {
            PREFIX + str(value["code"]).lower(): (
                " ".join(str(value["label"]).split()),
                tuple(str(member) for member in value["valueMap"]),
            )
            for value in document["values"]
        }
    except (KeyError, TypeError) as error:
        raise DocumentError(f"{CODELIST} has no code, label and valueMap in each value") from error
    if not found:
        raise DocumentError(f"{CODELIST} is empty; expected 69 labour markets")
    return found


def _named(name: str) -> tuple[str, str, str]:
    """Return a name that says what the group is, and where in both languages."""
    full = f"{name} (lokal arbetsmarknad)"
    return full, f"i den lokala arbetsmarknaden {name}", f"in the local labour market {name}"


def _record(access: Access, answer: Answer, digest: str) -> Record:
    return Record(
        kind="codelist",
        table=CODELIST,
        request=request_key(CODELIST, "codelist"),
        url=answer.url,
        body=None,
        fetched=answer.received,
        sha256=digest,
        size=len(answer.content),
        title=str(answer.document.get("label", "")),
        updated="",
        source="SCB",
        api_version=access.config.api_version,
        max_cells=access.config.max_cells,
        licence=access.config.licence,
        notes=(),
    )
