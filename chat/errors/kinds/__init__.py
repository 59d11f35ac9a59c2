"""What each error means to a client, by topic. `chat.errors.table` joins them."""
