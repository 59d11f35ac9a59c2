"""Members, devices, pairing and sign-in."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

MEMBERS: ErrorKinds = {
    ErrorCode.UNPAIRED: ErrorKind(
        HTTPStatus.UNAUTHORIZED,
        "此设备尚未配对，或配对已被取消。请在电脑上运行 python3 manage.py pair，或在已配对的设备"
        "上打开「添加设备」，再用手机扫描二维码。",
        "This device isn’t paired, or was removed. Run python3 manage.py pair on the computer, "
        "or open “Add a device” on a paired device, then scan the QR code.",
    ),
    ErrorCode.NOT_ALLOWED: ErrorKind(
        HTTPStatus.FORBIDDEN,
        "你没有此操作的权限，请联系管理员。",
        "You don’t have permission to do this. Ask the owner.",
    ),
    ErrorCode.UNKNOWN_CODE: ErrorKind(
        HTTPStatus.FORBIDDEN,
        "配对码不正确、已过期或已用过，请显示新的二维码并扫描。",
        "This pairing code is wrong, expired or already used. Show a new QR code and scan it.",
    ),
    ErrorCode.WRONG_PASSWORD: ErrorKind(
        HTTPStatus.FORBIDDEN,
        "成员名或密码不正确，或该成员没有设置密码。请检查后重试，或请管理员提供二维码。",
        "The member name or password is wrong, or this member has no password. Check both, or "
        "ask the owner for a QR code.",
    ),
    ErrorCode.WEAK_PASSWORD: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "这个密码太容易猜到：请至少使用 8 个字符，不要全是数字，也不要使用常见密码。",
        "This password is too easy to guess. Use at least 8 characters, not only digits, and "
        "avoid common passwords.",
    ),
    ErrorCode.UNKNOWN_REQUEST: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "没有设备在显示这六位数字，可能输错或已过期。请在新设备上重新显示数字。",
        "No device is showing these six digits. They may be mistyped or expired. Show new digits "
        "on the new device.",
    ),
    ErrorCode.CONFIRMATION_NEEDED: ErrorKind(
        HTTPStatus.CONFLICT,
        "新设备上的页面版本过旧，无法确认配对。请在新设备上刷新页面或更新小程序后重试，或改用扫码"
        "配对。",
        "The page on the new device is too old to confirm pairing. Reload it there, or update "
        "the mini-program, and try again; or pair by scanning a QR code.",
    ),
    ErrorCode.TOO_MANY_ATTEMPTS: ErrorKind(
        HTTPStatus.TOO_MANY_REQUESTS,
        "尝试次数过多，请 {seconds} 秒后再试。",
        "Too many attempts. Try again in {seconds} seconds.",
        retryable=True,
    ),
    ErrorCode.TOKEN_IN_ADDRESS: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "令牌不能放在网址里（网址会被记录），请放在 Authorization 头或 hello 消息中，并取消此设备"
        "的配对后重新配对。",
        "A token must not be part of an address, because addresses are logged. Send it in the "
        "Authorization header or in `hello`, then remove this device and pair it again.",
    ),
    ErrorCode.UNKNOWN_DEVICE: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "找不到这个设备，可能已被取消配对，请刷新列表。",
        "This device wasn’t found; it may have been removed. Reload the list.",
    ),
    ErrorCode.UNKNOWN_MEMBER: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "找不到这个成员，可能已被移除，请刷新列表。",
        "This member wasn’t found; they may have been removed. Reload the list.",
    ),
}
