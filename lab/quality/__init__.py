"""What the measures of a photo are judged by: clean photos, known faults put into them, and a peer."""
