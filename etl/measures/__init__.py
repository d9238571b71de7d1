"""What is computed from observations: sums, unions, similarity and segregation. Pure."""
