"""What every HTTP request passes on its way to a view. The gate and the door are `chat.access`."""
