"""The pages: each a plain function from context, version and state to a Page."""
