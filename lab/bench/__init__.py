"""The commands behind every figure in the documents."""
