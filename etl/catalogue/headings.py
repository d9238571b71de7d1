"""
How indicators are gathered: by theme, and across the themes into collections.

Knows the shape of one theme and one collection; that their ids exist is checked in `rules`.
"""

from typing import Annotated

from pydantic import Field

from etl.catalogue.models import Breakdown, Id
from etl.catalogue.words import Spec, Text

Address = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class Theme(Spec):
    """A heading of the overview; `line` says in one sentence what is under it."""

    id: Id
    title: Text
    line: Text


class Member(Spec):
    """An indicator of a collection, and the breakdown it opens with there; None for everybody."""

    indicator: Id
    breakdown: Breakdown | None = None


class Collection(Spec):
    """
    A selection of indicators across the themes, in the order in which they are shown.

    `id` stands in addresses ("samling=kvinnor-och-man"); `line` says in one sentence what is
    gathered.
    """

    id: Address
    title: Text
    line: Text
    members: tuple[Member, ...] = Field(min_length=1)
