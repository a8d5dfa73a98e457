"""A reading room in the terminal for captured Chinese articles."""
