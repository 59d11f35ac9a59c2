"""A folder of the Hugging Face layout: what is in it, whether it can be used, and its loading."""
