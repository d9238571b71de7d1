"""What is computed from observations: sums, unions, similarity and segregation. Pure."""

from etl.measures.areas import parents, summed
from etl.measures.segregation import FEWEST_AREAS, dissimilarity
from etl.measures.similarity import (
    NEAR,
    SEVEN,
    VARIABLES,
    Neighbour,
    Neighbours,
    NobodyAlikeError,
    main_groups,
    own_subject,
    profiles,
    similar,
)
from etl.measures.unions import (
    LABELS,
    How,
    Lacking,
    Union,
    Why,
    expected,
    manner,
    median,
    overlapping,
    united,
)

__all__ = [
    "FEWEST_AREAS",
    "LABELS",
    "NEAR",
    "SEVEN",
    "VARIABLES",
    "How",
    "Lacking",
    "Neighbour",
    "Neighbours",
    "NobodyAlikeError",
    "Union",
    "Why",
    "dissimilarity",
    "expected",
    "main_groups",
    "manner",
    "median",
    "overlapping",
    "own_subject",
    "parents",
    "profiles",
    "similar",
    "summed",
    "united",
]
