"""What is generated from the code: pages of the reference, and the client's types and ranges."""
