"""The console: what trainers, reviewers and administrators work with in a browser."""
