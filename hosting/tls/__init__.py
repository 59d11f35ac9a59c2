"""`serve --tls`: an authority of this computer's own, and the certificates it issues."""
