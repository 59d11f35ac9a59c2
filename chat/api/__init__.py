"""The REST routes under `/api/v1/`: transport only, one file per noun."""
