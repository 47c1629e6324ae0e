"""Settings, marketplace rules, recipes, words and texts."""
