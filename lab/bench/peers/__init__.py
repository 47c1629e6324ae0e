"""Etalase beside what a user would pick instead: the same photos, the same cores, in turn."""
