"""Reports, not tests: how fast the program is beside its rivals, on the machine at hand."""
