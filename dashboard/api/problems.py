"""
A refusal as RFC 9457 says it: status, title, detail, and each field with what is wrong.

Pure. It refuses nothing itself.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from dashboard.api.fields import Problem

MIMETYPE = "application/problem+json"


class RefusedError(Exception):
    """A request that cannot be answered: `status`, what is wrong with which fields, `detail`."""

    def __init__(self, status: int, problems: Sequence[Problem] = (), detail: str = "") -> None:
        """Take what is wrong with fields, or a sentence on the whole."""
        self.status = status
        self.problems = tuple(problems)
        self.detail = detail or "; ".join(f"{one.field}: {one.detail}" for one in problems)
        super().__init__(self.detail)


def refuse(problems: Sequence[Problem]) -> None:
    """
    Raise all problems at once, if there are any.

    Raises:
        RefusedError: with the status that all problems have, or 400 where they differ.

    """
    statuses = {one.status for one in problems}
    if statuses:
        raise RefusedError(statuses.pop() if len(statuses) == 1 else 400, problems)


def body(status: int, detail: str, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """The document of a refusal."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if problems:
        document["errors"] = [{"field": one.field, "detail": one.detail} for one in problems]
    return document
