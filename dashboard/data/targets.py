"""
Targets of a region's own: read from its local file, and where they may be drawn and worded.

Knows the shape of the file and that a target concerns one measure only: one segment with its
ages, the regions and the years it names, everybody. None ships with the product; without a
file there are none.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

import yaml
from pydantic import Field, ValidationError, model_validator

from dashboard.codes import EVERYBODY
from dashboard.data.observation import Observation
from etl.catalogue import Catalogue, CatalogueError, Target


class LocalTarget(Target):
    """
    A catalogue target with the indicator and the regions it is for.

    `measure` is the id of a segment, `ages` that segment's ages as the catalogue writes them.
    """

    indicator: str
    regions: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.years.last is not None and self.years.last < self.years.first:
            raise ValueError(f"years: ends {self.years.last}, before it begins {self.years.first}")
        return self

    def concerns(self, observation: Observation) -> bool:
        """Whether an observation is of this measure, region and time, and of everybody."""
        return (
            observation.indicator == self.indicator
            and observation.segment == self.measure
            and observation.region in self.regions
            and observation.group == EVERYBODY
            and observation.period in self.years
        )


def read_targets(path: Path | None, catalogue: Catalogue) -> tuple[LocalTarget, ...]:
    """
    Read a region's own targets; none without a path.

    Raises:
        CatalogueError: with every problem found, each naming file, entry, field and expectation.

    """
    if path is None:
        return ()
    entries, problems = _entries(path)
    local_targets = []
    for number, entry in enumerate(entries, start=1):
        try:
            target = LocalTarget.model_validate(_tuples(entry))
        except ValidationError as error:
            problems += [f"target {number}: {text}" for text in _worded(error)]
            continue
        problems += [f"target {number}: {text}" for text in _misplaced(target, catalogue)]
        local_targets.append(target)
    if problems:
        raise CatalogueError([f"{path.name}: {problem}" for problem in problems])
    return tuple(local_targets)


def applying_targets(
    goals: Iterable[LocalTarget], stretch: Iterable[Observation]
) -> tuple[LocalTarget, ...]:
    """The targets that may be drawn on a stretch and named in its sentences."""
    observations = list(stretch)
    return tuple(
        goal for goal in goals if any(goal.concerns(observation) for observation in observations)
    )


def _entries(path: Path) -> tuple[list[object], list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
        document, tree = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        return [], [f"cannot be read ({error.strerror}); name another or none"]
    except (yaml.YAMLError, ValueError) as error:
        return [], [f"not YAML in UTF-8: {' '.join(str(error).split())}"]
    if not isinstance(document, dict) or set(document) != {"targets"}:
        return [], ["expected one list called targets"]
    listed = document["targets"]
    if not isinstance(listed, list):
        return [], [f"targets is {type(listed).__name__}, expected a list"]
    return listed, list(_repeated(tree))


def _repeated(node: yaml.Node | None) -> Iterator[str]:
    """Every key that stands twice in one mapping, which YAML drops silently."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                yield f"line {line}: the key {key.value!r} stands twice; keep one of them"
            seen.add(str(key.value))
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item)


def _tuples(entry: object) -> object:
    """Turn YAML's lists into the tuples that frozen strict models take."""
    if isinstance(entry, dict):
        return {key: _tuples(value) for key, value in entry.items()}
    return tuple(entry) if isinstance(entry, list) else entry


def _worded(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(str(step) for step in problem['loc']) or 'entry'}: {problem['msg']}"
        for problem in error.errors()
    ]


def _misplaced(target: LocalTarget, catalogue: Catalogue) -> list[str]:
    """What a target names that the catalogue does not have."""
    indicator = catalogue.indicator.get(target.indicator)
    if indicator is None:
        return [f"indicator: {target.indicator!r} is not in the catalogue"]
    segments = {segment.id: segment for segment in indicator.segments}
    segment = segments.get(target.measure)
    if segment is None:
        expected = ", ".join(segments)
        return [f"measure: {target.measure!r} is no segment of {indicator.id}, expected {expected}"]
    problems = []
    if segment.ages is not None and target.ages != segment.ages:
        problems.append(f"ages: {target.ages!r}, but {segment.id} has {segment.ages!r}")
    if segment.years.last is not None and target.years.first > segment.years.last:
        problems.append(f"years: begins {target.years.first}, after {segment.id} has ended")
    return problems
