"""Where the product is: networks and the refinement of what they say."""
