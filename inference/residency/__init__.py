"""Loads and unloads models so that the wanted ones are in memory."""
