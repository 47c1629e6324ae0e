"""Photo and listing steps: pure functions, no input or output."""
