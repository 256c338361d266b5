"""Histories and lists of others."""
