"""What is read in a model's text while it is written, the same for every engine."""
