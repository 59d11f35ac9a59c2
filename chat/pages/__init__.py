"""What is served outside `/api/`: the built page, the way to trust a certificate, health."""
