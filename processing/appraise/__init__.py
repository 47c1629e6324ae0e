"""Appraise: what marketplaces say of photos, files and listings."""
