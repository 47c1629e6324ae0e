"""Prefect flows and the process pool. Empty, so that a process of the pool imports nothing through it."""
