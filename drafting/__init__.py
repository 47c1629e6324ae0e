"""A listing's words drafted by a language model, where one is configured; where it fails, ours stand."""
