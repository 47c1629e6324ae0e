"""Where a photo was taken, removed from its file before it is kept."""
