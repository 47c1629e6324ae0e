"""How the samples and the figures were made; not installed."""
