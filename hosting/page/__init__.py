"""The page, built from `client-uniapp/` where it is not built yet."""
