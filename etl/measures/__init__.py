"""What is computed from observations: sums, unions, similarity and segregation. Pure."""

from etl.measures.members import Lacking, Union, Why, expected, overlapping
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
from etl.measures.sums import parents, summed
from etl.measures.unions import LABELS, How, manner, median, united

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
