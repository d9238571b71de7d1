"""
How the current version stands: what could not be updated, what waits, and whether it is held.

Reads `status.json` beside the pointer; writes nothing. A version is about figures, so what changes
no figure stands here: an outage, an answer that waits for a person, a roll-back that holds.
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from etl.catalogue.models import Spec
from etl.errors import PublishError

STANDING = "status.json"


class SourceProblem(Spec):
    """A source that is stale (older figures are shown) or missing; `since`: when first seen."""

    indicator: str
    segment: str
    source: str
    stale: bool
    held: bool
    reason: str
    since: str


class HeldAnswer(Spec):
    """
    An answer of the source that waits for a person, of one source of an indicator.

    `answer` is the hash of its bytes, `examples` are figures old → new, `since`: when first seen.
    """

    indicator: str
    segment: str
    source: str
    table: str
    answer: str
    reason: str
    examples: tuple[str, ...]
    since: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Whose it is: indicator, segment and source."""
        return self.indicator, self.segment, self.source


class Hold(Spec):
    """A person's word that a version stays current whatever is fetched."""

    version: str
    reason: str
    since: str


class VersionStanding(Spec):
    """
    The standing of one version (`version`; "" for none).

    `waiting`: of each source ("indicator segment source") the hashes of answers that were held back
    and never accepted. `unguarded`: why nothing, or not all, could be compared. `figures`: of each
    kept version a digest of its figures, alike where they are the same.
    """

    version: str = ""
    problems: tuple[SourceProblem, ...] = ()
    held: tuple[HeldAnswer, ...] = ()
    waiting: Mapping[str, tuple[str, ...]] = Field(default={})
    unguarded: tuple[str, ...] = ()
    figures: Mapping[str, str] = Field(default={})
    hold: Hold | None = None


def read_standing(data: Path) -> VersionStanding | None:
    """
    Return how the current version stands; None where no run has said so yet.

    Raises:
        PublishError: when the file is damaged: it alone knows what is held.

    """
    path = data / STANDING
    try:
        return VersionStanding.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise PublishError(
            f"{path} is damaged ({error.error_count()} faults); restore it from a copy, or remove "
            "it: what was held back is compared anew, and a version that was held by "
            "`python -m etl use --hold` must be held again"
        ) from error
