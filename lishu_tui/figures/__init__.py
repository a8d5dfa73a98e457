"""What a text reports: quantities, and who says what; by rules, each with its reason."""
