"""Where listings go."""
