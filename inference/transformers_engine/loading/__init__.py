"""Folders in Hugging Face's layout: their checks, and their loading."""
