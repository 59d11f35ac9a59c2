"""Answers while they are written: begun, numbered, saved and read, whoever is connected.

A run belongs to the process and never to a socket; what can be read of it later is the store's.
"""
