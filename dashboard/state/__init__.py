"""What a link asks for and what it gets: addresses, regions, groups, controls. Pure."""
