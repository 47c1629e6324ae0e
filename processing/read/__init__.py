"""What is written on a photo."""
