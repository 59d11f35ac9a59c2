"""The queue in front of a model: fair between owners, with positions and waiting times."""
