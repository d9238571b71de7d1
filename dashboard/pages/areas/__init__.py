"""The page of the areas within a municipality."""
