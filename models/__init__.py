"""Data types of the pipeline: typed, frozen, without input or output."""
