"""Errors a client can meet: codes, HTTP statuses, and what people read of them."""

from chat.errors.codes import RETRYABLE, ChatError, Detail, ErrorCode

__all__ = ["RETRYABLE", "ChatError", "Detail", "ErrorCode"]
