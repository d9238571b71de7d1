"""Which table, contents and codes at the source give the values of each indicator."""
