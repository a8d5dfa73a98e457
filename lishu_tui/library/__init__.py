"""Files from a reader's disk made into editions: their bytes decoded, restored if damaged, cut into paragraphs."""
