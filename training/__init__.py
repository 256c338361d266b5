"""Trains the shipped model and measures it. Needs the `training` extra; nothing here is part of the package."""
