"""The use cases around models: which there are, which could be had, and whose accounts they need.

Each takes the actor first and checks itself what the actor may do.
"""
