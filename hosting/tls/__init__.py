"""`serve --tls`: this computer's own certificate authority, and the certificates it issues."""
