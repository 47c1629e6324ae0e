"""The bundled matte network: how it is trained, measured and written out for the product."""
