"""One product a file; each has ``build(rng)``, which makes the product standing on z = 0, in metres."""
