"""How well a seller's words are understood."""
