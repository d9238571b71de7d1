"""
The name of a file, which tells what is in it: indicator, region, period, version.

Pure. Names are letters a-z, digits, hyphen and underscore, so that every system keeps them.
"""

import re
import unicodedata
from collections.abc import Iterable

from dashboard.exports.extract import Meta
from dashboard.text import term

LONGEST = 60


def filename(meta: Meta, suffix: str) -> str:
    """Such as "employment_rate_0180-stockholm_1997-2024_20261121T081500Z-1a2b3c4d.csv"."""
    parts = [
        term("file_example", meta.lang) if meta.example else "",
        _indicator(meta),
        _region(meta),
        _period(meta),
        meta.version,
    ]
    return joined(parts, suffix)


def joined(parts: Iterable[str], suffix: str) -> str:
    """Words as one name with an ending; empty ones are left out."""
    return "_".join(filter(None, map(_safe, parts))) + f".{suffix}"


def _indicator(meta: Meta) -> str:
    if len(meta.indicators) == 1:
        return meta.indicators[0].id
    return term("file_indicators", meta.lang, count=len(meta.indicators))


def _region(meta: Meta) -> str:
    """Code and name of one region, else how many there are."""
    if not meta.regions:
        return term("file_empty", meta.lang)
    if len(meta.regions) > 1:
        return term("file_regions", meta.lang, count=len(meta.regions))
    ((code, name),) = meta.regions.items()
    return f"{code}-{name}"


def _period(meta: Meta) -> str:
    return meta.first if meta.first == meta.last else f"{meta.first}-{meta.last}"


def _safe(text: str) -> str:
    """ASCII of a text: å and ä as a, ö as o, and a hyphen for anything else."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_-]+", "-", plain)[:LONGEST].strip("-").replace("--", "-")
