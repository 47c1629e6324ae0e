"""What the pipeline speaks of: typed, frozen, no input or output."""
