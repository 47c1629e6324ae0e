"""Render the sample photos: eight products of four village sellers, as a cheap phone would have seen them."""
