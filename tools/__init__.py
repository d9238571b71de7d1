"""Commands for those who develop the project; nothing that runs leans on them."""
