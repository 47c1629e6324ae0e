"""How good mattes are, measured on photos whose true outline is known."""
