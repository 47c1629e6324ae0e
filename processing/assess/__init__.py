"""What is measured on a photo, what it implies, and what each marketplace would say."""
