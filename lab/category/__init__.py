"""What a title is of: the vocabulary of each category, and the classifier that learns from it."""
