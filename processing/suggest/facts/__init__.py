"""What is known of a product: one kind of fact a file, from her words, from labels and from the pixels."""
