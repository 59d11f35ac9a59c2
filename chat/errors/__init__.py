"""Errors a client can meet: codes, and what each means in one table.

A new error is a code in `codes` and one entry in a module of `kinds`.
"""

from chat.errors.chat_error import ChatError
from chat.errors.codes import Detail, ErrorCode
from chat.errors.table import KINDS

__all__ = ["KINDS", "ChatError", "Detail", "ErrorCode"]
