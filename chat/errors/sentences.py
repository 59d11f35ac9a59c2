"""What people read of an error: what is wrong and what to do, in Chinese and English.

`docs/errors.md` is generated from this table.
"""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from chat.errors import RETRYABLE, Detail, ErrorCode
from chat.errors.field_reasons import with_field_reason
from chat.errors.import_reasons import with_import_reason
from chat.errors.model_reasons import with_reason


class Sentence(NamedTuple):
    """What people read; `{names}` are filled from the error's detail."""

    zh: str
    en: str


class Told(TypedDict):
    """A failure as it is told over HTTP; `message` is for people, in their language."""

    code: str
    message: str
    retryable: bool


SENTENCES: dict[ErrorCode, Sentence] = {
    ErrorCode.BAD_JSON: Sentence(
        "这条消息不是有效的 JSON，请检查格式后重发。",
        "This message isn’t valid JSON. Check its format and send it again.",
    ),
    ErrorCode.BAD_FRAME: Sentence(
        '消息必须是一个 JSON 对象，例如 {{"message": "你好"}}。',
        'A message must be a JSON object, for example {{"message": "hello"}}.',
    ),
    ErrorCode.UNKNOWN_FRAME: Sentence(
        "未知的消息类型「{type}」，请对照协议文档检查 type。",
        "Unknown message type “{type}”. Check `type` against the protocol documentation.",
    ),
    ErrorCode.BAD_FIELD: Sentence(
        "参数不正确：{reason}。请改正后重发。",
        "Something in the request isn’t valid: {reason}. Correct it and send it again.",
    ),
    ErrorCode.BINARY_FRAME: Sentence(
        "只接受文本消息，不接受二进制消息。",
        "Only text messages are accepted, not binary ones.",
    ),
    ErrorCode.FRAME_TOO_LARGE: Sentence(
        "消息有 {size} 字节，超过上限 {limit} 字节，请缩短或分多次发送。",
        "This message is {size} bytes, over the limit of {limit}. Shorten it or send it in parts.",
    ),
    ErrorCode.TOO_MANY_FRAMES: Sentence(
        "发送过快，部分消息已被丢弃，请稍后再发。",
        "Messages are coming in too fast and some were dropped. Wait a moment, then send again.",
    ),
    ErrorCode.UNSUPPORTED_PROTOCOL: Sentence(
        "页面与服务器的版本不一致（页面 {client}，服务器 {server}），请刷新页面。",
        "The page and the server are different versions ({client} and {server}). Reload the page.",
    ),
    ErrorCode.EMPTY_MESSAGE: Sentence(
        "消息是空的，请先输入内容。",
        "The message is empty. Type something first.",
    ),
    ErrorCode.UNKNOWN_CONVERSATION: Sentence(
        "找不到这个对话，可能已被删除。请新建对话后重发。",
        "This conversation wasn’t found; it may have been deleted. Start a new chat and send "
        "again.",
    ),
    ErrorCode.UNKNOWN_MESSAGE: Sentence(
        "找不到要回复的消息，请刷新后重试。",
        "The message you’re replying to wasn’t found. Reload and try again.",
    ),
    ErrorCode.CONVERSATION_BUSY: Sentence(
        "上一个回答还没有结束，请等它结束，或先停止它。",
        "The previous answer isn’t finished. Wait for it, or stop it first.",
    ),
    ErrorCode.CONFLICT: Sentence(
        "同一编号（client_msg_id）已发送过另一条消息，这一条没有发送；请用新的编号重发。",
        "A different message was already sent with this client_msg_id, so this one wasn’t sent. "
        "Send it again with a new one.",
    ),
    ErrorCode.TOO_MANY_WAITING: Sentence(
        "这个对话里已有 {limit} 条消息在等待，请等前面的回答结束后再发。",
        "{limit} messages are already waiting in this conversation. Wait until an answer is done.",
    ),
    ErrorCode.ALREADY_BEGUN: Sentence(
        "这条消息已经开始回答，无法撤回，可以停止回答。",
        "This message is already being answered, so it can’t be cancelled. You can stop the "
        "answer instead.",
    ),
    ErrorCode.NOT_INTERRUPTED: Sentence(
        "这个回答无法继续，请重新生成，或发送新消息。",
        "This answer can’t be continued. Regenerate it, or send a new message.",
    ),
    ErrorCode.NOT_RESUMABLE: Sentence(
        "「{model}」不支持续写，请重新生成。",
        "“{model}” can’t continue an answer. Regenerate it instead.",
    ),
    ErrorCode.UNKNOWN_RUN: Sentence(
        "找不到这个回答，可能已被删除。",
        "This answer wasn’t found; it may have been deleted.",
    ),
    ErrorCode.UNKNOWN_PERSONA: Sentence(
        "找不到这个角色，可能已被删除，请另选一个。",
        "This persona wasn’t found; it may have been deleted. Choose another.",
    ),
    ErrorCode.UNKNOWN_ADDRESS: Sentence(
        "没有这个接口：{method} {path}，请查看 /api/v1/docs。",
        "There is no {method} {path}. See /api/v1/docs.",
    ),
    ErrorCode.CHANGED_MEANWHILE: Sentence(
        "这个对话已在别处修改（当前为第 {revision} 版），请刷新后再改。",
        "This conversation was changed elsewhere (now revision {revision}). Reload it and try "
        "again.",
    ),
    ErrorCode.BAD_IMPORT: Sentence(
        "这个文件无法导入：{reason}。请检查它是否为完整的导出文件。",
        "This file can’t be imported: {reason}. Check that it is a complete export.",
    ),
    ErrorCode.UNKNOWN_IMPORT: Sentence(
        "无法识别这个文件。可以导入 MyLLM、ChatGPT、DeepSeek、Claude、Open WebUI 和 LobeHub 导出"
        "的对话（JSON 或 zip）。",
        "This file wasn’t recognized. You can import conversations exported by MyLLM, ChatGPT, "
        "DeepSeek, Claude, Open WebUI and LobeHub (JSON or zip).",
    ),
    ErrorCode.UNSUPPORTED_IMPORT: Sentence(
        "这是 {program} 的导出文件，暂不支持导入。可以导入 MyLLM、ChatGPT、DeepSeek、Claude、Open"
        " WebUI 和 LobeHub 导出的对话。",
        "This file was exported by {program}, which isn’t supported yet. You can import "
        "conversations exported by MyLLM, ChatGPT, DeepSeek, Claude, Open WebUI and LobeHub.",
    ),
    ErrorCode.EMPTY_IMPORT: Sentence(
        "这个文件里没有可以导入的消息。",
        "This file has no messages to import.",
    ),
    ErrorCode.IMPORT_TOO_LONG: Sentence(
        "这个文件的消息和对话超过 {limit} 条，未导入任何内容。请拆分文件，或调大 {setting}。",
        "This file has more than {limit} messages and conversations, so nothing was imported. "
        "Split it, or raise {setting}.",
    ),
    ErrorCode.BODY_TOO_LARGE: Sentence(
        "上传的内容超过上限 {limit} 字节，请拆分后上传，或调大 {setting}。",
        "The upload is over the limit of {limit} bytes. Split it, or raise {setting}.",
    ),
    ErrorCode.BAD_CURSOR: Sentence(
        "位置 {after} 超出了这个回答（最新为 {last}），请从头读取。",
        "Position {after} is past the end of this answer (at {last}). Read from the start.",
    ),
    ErrorCode.TOO_MANY_RUNS: Sentence(
        "此设备同时进行的回答已达上限（{limit} 个），请等其中一个结束。",
        "This device already has {limit} answers running. Wait until one is done.",
    ),
    ErrorCode.MEMBER_BUSY: Sentence(
        "你同时进行的回答已达上限（{limit} 个），请等其中一个结束后再发。",
        "You already have {limit} answers running, which is your limit. Wait until one is done.",
    ),
    ErrorCode.TOO_MANY_MESSAGES: Sentence(
        "发送过于频繁（每分钟最多 {limit} 条），请 {seconds} 秒后再发。",
        "You’re sending too fast (limit: {limit} messages per minute). Try again in {seconds} "
        "seconds.",
    ),
    ErrorCode.DAY_USED_UP: Sentence(
        "24 小时内的 {limit} 条消息已用完，请约 {minutes} 分钟后再发，或请管理员调高上限。",
        "You’ve used your {limit} messages for 24 hours. Try again in about {minutes} minutes, "
        "or ask the owner for more.",
    ),
    ErrorCode.TOO_MANY_READERS: Sentence(
        "这个连接同时读取的回答已达上限（{limit} 个），请先停止读取其中一个。",
        "This connection is already reading {limit} answers. Detach from one first.",
    ),
    ErrorCode.UNPAIRED: Sentence(
        "此设备尚未配对，或配对已被取消。请在电脑上运行 python3 manage.py pair，或在已配对的设备"
        "上打开「添加设备」，再用手机扫描二维码。",
        "This device isn’t paired, or was removed. Run python3 manage.py pair on the computer, "
        "or open “Add a device” on a paired device, then scan the QR code.",
    ),
    ErrorCode.NOT_ALLOWED: Sentence(
        "你没有此操作的权限，请联系管理员。",
        "You don’t have permission to do this. Ask the owner.",
    ),
    ErrorCode.UNKNOWN_CODE: Sentence(
        "配对码不正确、已过期或已用过，请显示新的二维码并扫描。",
        "This pairing code is wrong, expired or already used. Show a new QR code and scan it.",
    ),
    ErrorCode.WRONG_PASSWORD: Sentence(
        "成员名或密码不正确，或该成员没有设置密码。请检查后重试，或请管理员提供二维码。",
        "The member name or password is wrong, or this member has no password. Check both, or "
        "ask the owner for a QR code.",
    ),
    ErrorCode.WEAK_PASSWORD: Sentence(
        "这个密码太容易猜到：请至少使用 8 个字符，不要全是数字，也不要使用常见密码。",
        "This password is too easy to guess. Use at least 8 characters, not only digits, and "
        "avoid common passwords.",
    ),
    ErrorCode.UNKNOWN_REQUEST: Sentence(
        "没有设备在显示这六位数字，可能输错或已过期。请在新设备上重新显示数字。",
        "No device is showing these six digits. They may be mistyped or expired. Show new digits "
        "on the new device.",
    ),
    ErrorCode.CONFIRMATION_NEEDED: Sentence(
        "新设备上的页面版本过旧，无法确认配对。请在新设备上刷新页面或更新小程序后重试，或改用扫码"
        "配对。",
        "The page on the new device is too old to confirm pairing. Reload it there, or update "
        "the mini-program, and try again; or pair by scanning a QR code.",
    ),
    ErrorCode.TOO_MANY_ATTEMPTS: Sentence(
        "尝试次数过多，请 {seconds} 秒后再试。",
        "Too many attempts. Try again in {seconds} seconds.",
    ),
    ErrorCode.TOKEN_IN_ADDRESS: Sentence(
        "令牌不能放在网址里（网址会被记录），请放在 Authorization 头或 hello 消息中，并取消此设备"
        "的配对后重新配对。",
        "A token must not be part of an address, because addresses are logged. Send it in the "
        "Authorization header or in `hello`, then remove this device and pair it again.",
    ),
    ErrorCode.UNKNOWN_DEVICE: Sentence(
        "找不到这个设备，可能已被取消配对，请刷新列表。",
        "This device wasn’t found; it may have been removed. Reload the list.",
    ),
    ErrorCode.UNKNOWN_MEMBER: Sentence(
        "找不到这个成员，可能已被移除，请刷新列表。",
        "This member wasn’t found; they may have been removed. Reload the list.",
    ),
    ErrorCode.UNKNOWN_MODEL: Sentence(
        "没有名为「{model}」的模型，请换一个。",
        "There is no model named “{model}”. Choose another.",
    ),
    ErrorCode.MODEL_FILE_MISSING: Sentence(
        "找不到模型文件「{file}」，请检查路径或重新下载。",
        "The model file “{file}” is missing. Check its path, or download it again.",
    ),
    ErrorCode.MODEL_FILE_DAMAGED: Sentence(
        "模型文件「{file}」已损坏，请删除后重新下载。",
        "The model file “{file}” is damaged. Delete it and download it again.",
    ),
    ErrorCode.MODEL_FETCH_FAILED: Sentence(
        "模型下载失败（已尝试：{sources}）。请检查电脑的网络和代理，下次发送消息时会继续下载。",
        "The model couldn’t be downloaded (tried: {sources}). Check the computer’s network and "
        "proxy. The download resumes with your next message.",
    ),
    ErrorCode.MODEL_LOAD_FAILED: Sentence(
        "模型加载失败，请查看电脑上的终端，或换一个模型。",
        "The model couldn’t be loaded. See the terminal on the computer, or choose another model.",
    ),
    ErrorCode.MODEL_CRASHED: Sentence(
        "模型崩溃了，正在自动重新加载。已生成的内容已保留，可以继续或重试。",
        "The model crashed and is being reloaded. What was written is kept. Continue or try again.",
    ),
    ErrorCode.MODEL_STALLED: Sentence(
        "模型已有 {silence} 秒没有响应，正在自动重新加载。已生成的内容已保留，可以继续或重试。",
        "The model didn’t respond for {silence} seconds and is being reloaded. What was written "
        "is kept. Continue or try again.",
    ),
    ErrorCode.MODEL_STUCK: Sentence(
        "未响应的模型仍占用内存，暂时无法重新加载。如果持续出现，请重启电脑上的 MyLLM。",
        "A model that stopped responding still holds its memory, so it can’t be reloaded yet. If "
        "this lasts, restart MyLLM on the computer.",
    ),
    ErrorCode.MODEL_GAVE_UP: Sentence(
        "模型在 {minutes} 分钟内崩溃了 {crashes} 次，不再自动重新加载，已生成的内容已保留。请"
        "查看电脑上的终端，或换一个模型；下次发送消息时会再试。",
        "The model crashed {crashes} times in {minutes} minutes and won’t be reloaded "
        "automatically. What was written is kept. See the terminal on the computer, or choose "
        "another model. Your next message tries again.",
    ),
    ErrorCode.BACKEND_NOT_INSTALLED: Sentence(
        "运行这个模型还需要 {package}，请在电脑上安装后重试：{command}",
        "This model needs {package}, which isn’t installed. Install it on the computer and try "
        "again: {command}",
    ),
    ErrorCode.DEVICE_UNAVAILABLE: Sentence(
        "这台电脑没有 MYLLM_DEVICE 指定的设备「{device}」，请改成 auto 后重启。",
        "This computer doesn’t have the device “{device}” set in MYLLM_DEVICE. Set it to auto "
        "and restart.",
    ),
    ErrorCode.GPU_NEEDED: Sentence(
        "「{model}」是 {method} 量化版，只能在显卡上运行，而这台电脑没有可用的显卡。请换用 GGUF "
        "或未量化的版本。",
        "“{model}” is quantized ({method}) and runs only on a GPU, and this computer has none "
        "that can be used. Choose a GGUF file or a version that isn’t quantized.",
    ),
    ErrorCode.REMOTE_CODE_UNTRUSTED: Sentence(
        "模型「{model}」需要运行自带的代码，管理员查看并允许后才能使用（或写进 "
        "MYLLM_TRUST_REMOTE_CODE 后重启）。",
        "The model “{model}” runs its own code. The owner has to review and allow it first (or "
        "list the model in MYLLM_TRUST_REMOTE_CODE and restart).",
    ),
    ErrorCode.DISK_FULL: Sentence(
        "电脑磁盘空间不足，请清理后重试。",
        "The computer’s disk is full. Free up some space and try again.",
    ),
    ErrorCode.CONTEXT_EXCEEDED: Sentence(
        "内容约 {tokens} 词元，超过上限 {limit}，请缩短消息或新建对话。",
        "This is {tokens} tokens, over the limit of {limit}. Shorten the message or start a new "
        "chat.",
    ),
    ErrorCode.INVALID_REQUEST: Sentence(
        "模型无法处理这个请求：{reason}。请修改后重试。",
        "The model can’t process this request: {reason}. Change it and try again.",
    ),
    ErrorCode.OUT_OF_MEMORY: Sentence(
        "内存不足，回答已中止。请缩短内容，或换一个更小的模型。",
        "Out of memory, so the answer was stopped. Shorten your message, or choose a smaller "
        "model.",
    ),
    ErrorCode.OVERLOADED: Sentence(
        "当前排队人数过多，请约 {seconds} 秒后再试。",
        "Too many people are in the queue. Try again in about {seconds} seconds.",
    ),
    ErrorCode.SHUTTING_DOWN: Sentence(
        "服务器正在关闭，已生成的内容会保留，请稍后再试。",
        "The server is shutting down. What was written is kept. Try again later.",
    ),
    ErrorCode.BACKEND_FAILED: Sentence(
        "模型中途出错，已生成的内容已保留，请重试。",
        "The model ran into an error. What was written is kept. Try again.",
    ),
    ErrorCode.PROVIDER_KEY_MISSING: Sentence(
        "尚未填写 {provider} 的 API 密钥，请管理员在「设置 → 模型」中填写，或设置环境变量 "
        "{variable}。",
        "There is no API key for {provider} yet. The owner can enter it in “Settings → Models”, "
        "or set the variable {variable}.",
    ),
    ErrorCode.PROVIDER_KEY_REFUSED: Sentence(
        "{provider} 拒绝了 API 密钥，请管理员在「设置 → 模型」中检查或更换。",
        "{provider} rejected the API key. The owner can check or replace it in “Settings → "
        "Models”.",
    ),
    ErrorCode.PROVIDER_FORBIDDEN: Sentence(
        "{provider} 不允许使用这个模型（{reason}），请检查账号权限，或换一个模型。",
        "{provider} doesn’t allow using this model ({reason}). Check the account’s permissions, "
        "or choose another model.",
    ),
    ErrorCode.PROVIDER_BALANCE: Sentence(
        "{provider} 账户余额不足，请充值后重试，或换一个模型。",
        "The {provider} account is out of credit. Top it up and try again, or choose another "
        "model.",
    ),
    ErrorCode.PROVIDER_RATE_LIMITED: Sentence(
        "{provider} 的请求次数已达上限，请约 {seconds} 秒后再试。",
        "The rate limit of {provider} was reached. Try again in about {seconds} seconds.",
    ),
    ErrorCode.PROVIDER_OVERLOADED: Sentence(
        "{provider} 当前繁忙，请稍后再试。",
        "{provider} is busy right now. Try again later.",
    ),
    ErrorCode.PROVIDER_FAILED: Sentence(
        "{provider} 出错了（{reason}），已生成的内容会保留，请重试。",
        "{provider} had an error ({reason}). What was written is kept. Try again.",
    ),
    ErrorCode.PROVIDER_REFUSED: Sentence(
        "{provider} 拒绝了这个请求：{reason}。",
        "{provider} rejected this request: {reason}.",
    ),
    ErrorCode.PROVIDER_CONTENT_FILTERED: Sentence(
        "{provider} 的内容审核拦截了这次提问或回答，请换个说法。",
        "The content filter of {provider} blocked the question or its answer. Try rephrasing it.",
    ),
    ErrorCode.PROVIDER_MODEL_UNKNOWN: Sentence(
        "{provider} 没有名为「{model}」的模型，请换一个。",
        "{provider} has no model named “{model}”. Choose another.",
    ),
    ErrorCode.PROVIDER_UNREACHABLE: Sentence(
        "连不上 {provider}（{host}），请检查网络、代理或地址。",
        "Can’t reach {provider} ({host}). Check the network, the proxy and the address.",
    ),
    ErrorCode.PROVIDER_TIMEOUT: Sentence(
        "{provider} {seconds} 秒没有响应，请重试。",
        "{provider} didn’t respond for {seconds} seconds. Try again.",
    ),
    ErrorCode.PROVIDER_DISCONNECTED: Sentence(
        "{provider} 在回答中途断开了连接，已生成的内容会保留。",
        "{provider} disconnected in the middle of the answer. What was written is kept.",
    ),
    ErrorCode.REMOTE_NOT_ALLOWED: Sentence(
        "「{model}」由 {provider} 提供，问题会离开这台电脑，管理员未允许你使用云端模型。",
        "“{model}” is run by {provider}, so questions leave this computer, and the owner hasn’t "
        "allowed you to use cloud models.",
    ),
    ErrorCode.REMOTE_TOKENS_USED_UP: Sentence(
        "24 小时内的 {limit} 个云端模型词元已用完，约 {minutes} 分钟后恢复，或换一个本地模型。",
        "You’ve used your {limit} cloud tokens for 24 hours. Try again in about {minutes} "
        "minutes, or choose a local model.",
    ),
    ErrorCode.MODEL_REMOVED: Sentence(
        "模型「{model}」已被移除，已生成的内容会保留，请换一个模型。",
        "The model “{model}” was removed. What was written is kept. Choose another model.",
    ),
    ErrorCode.MODEL_TOO_LARGE: Sentence(
        "内存不足，无法运行「{model}」：需要约 {needed}，可用 {free}。请关闭其他程序，或换一个更"
        "小的模型。",
        "Not enough memory for “{model}”: it needs about {needed}, and {free} is available. "
        "Close other programs, or choose a smaller model.",
    ),
    ErrorCode.SMALLER_MODEL_FITS: Sentence(
        "内存不足，无法运行「{model}」：需要约 {needed}，可用 {free}。可以换用「{smaller}」。",
        "Not enough memory for “{model}”: it needs about {needed}, and {free} is available. "
        "“{smaller}” would fit.",
    ),
    ErrorCode.MODEL_UNSUITABLE: Sentence(
        "「{model}」不能用来聊天：{reason}。",
        "“{model}” can’t be used for chatting: {reason}.",
    ),
    ErrorCode.UNSUPPORTED_OPTION: Sentence(
        "「{model}」不支持参数 {option}，请去掉它，或换一个模型。",
        "“{model}” doesn’t support the option {option}. Leave it out, or choose another model.",
    ),
    ErrorCode.MODEL_IN_USE: Sentence(
        "模型「{model}」正在回答，请等它结束。",
        "The model “{model}” is answering. Wait until it is done.",
    ),
    ErrorCode.DOWNLOAD_PAUSED: Sentence(
        "模型「{model}」的下载已暂停，继续下载后才能使用。",
        "The download of “{model}” is paused. Resume it to use the model.",
    ),
    ErrorCode.HUB_NOT_FOUND: Sentence(
        "在 {hub} 上找不到「{repository}」，请检查名称。",
        "“{repository}” wasn’t found on {hub}. Check the name.",
    ),
    ErrorCode.HUB_GATED: Sentence(
        "「{repository}」需要先在 {hub} 的网页上同意条款，再把访问令牌设为这台电脑的环境变量（"
        "Hugging Face 为 HF_TOKEN，ModelScope 为 MODELSCOPE_API_TOKEN），然后重启 MyLLM。",
        "“{repository}” requires you to accept its terms on {hub}. Then set an access token on "
        "this computer (HF_TOKEN for Hugging Face, MODELSCOPE_API_TOKEN for ModelScope) and "
        "restart MyLLM.",
    ),
    ErrorCode.CODE_CHANGED: Sentence(
        "模型「{model}」的代码与刚才查看的不同，请重新查看后再允许。",
        "The code of “{model}” has changed since you reviewed it. Review it again before "
        "allowing it.",
    ),
    ErrorCode.MODEL_FROM_SETTINGS: Sentence(
        "「{model}」由 MYLLM_MODELS 设置，请在那里删除后重启。",
        "“{model}” is set in MYLLM_MODELS. Remove it there and restart.",
    ),
    ErrorCode.MODEL_EXISTS: Sentence(
        "「{model}」已在列表中。",
        "“{model}” is already in the list.",
    ),
    ErrorCode.BAD_MODEL_SPEC: Sentence(
        "无法使用这个模型：{reason}",
        "This model can’t be used: {reason}",
    ),
    ErrorCode.UNKNOWN_MODEL_SPEC: Sentence(
        "无法识别「{spec}」。请填写魔搭或 Hugging Face 的模型 ID（如 Qwen/Qwen3-4B）、以 http 开"
        "头的服务器地址，或电脑上模型文件的路径。",
        "“{spec}” wasn’t recognized. Enter a model ID from ModelScope or Hugging Face (such as "
        "Qwen/Qwen3-4B), a server address starting with http, or the path of a model file on the "
        "computer.",
    ),
    ErrorCode.UNKNOWN_PROVIDER: Sentence(
        "找不到这个服务商，可能已被删除。",
        "This provider wasn’t found; it may have been removed.",
    ),
    ErrorCode.STORAGE_FAILED: Sentence(
        "无法读写电脑上的数据库，可能是磁盘已满或文件被占用，请检查后重试。",
        "Can’t use the database on the computer. Its disk may be full, or the file is locked. "
        "Check it and try again.",
    ),
    ErrorCode.INTERNAL: Sentence(
        "服务器内部错误，请重试。详情见电脑上的终端。",
        "Something went wrong on the server. Try again. Details are in the terminal on the "
        "computer.",
    ),
}


NOT_SAVED = Sentence(
    "回答暂时无法保存（电脑磁盘可能已满，或数据库被占用），回答会继续，恢复后自动保存。",
    "This answer can’t be saved right now (the computer’s disk may be full, or the database is "
    "locked). It continues, and is saved as soon as possible.",
)
"""Told while an answer goes on that the database does not take."""


def not_saved(locale: str) -> str:
    """That an answer is not saved yet, in the language of `locale`."""
    return NOT_SAVED.zh if is_chinese(locale) else NOT_SAVED.en


def sentence(code: ErrorCode, detail: Detail, locale: str) -> str:
    """The sentence for `code` in the language of `locale`: Chinese unless it says otherwise."""
    zh, en = SENTENCES[code]
    chinese = is_chinese(locale)
    told = with_import_reason(with_reason(detail, chinese=chinese), chinese=chinese)
    if code is ErrorCode.BAD_FIELD:
        told = with_field_reason(told, chinese=chinese)
    return (zh if chinese else en).format_map(_Known(told))


def told(code: ErrorCode, detail: Detail, locale: str) -> Told:
    """The failure, its sentence in the language of `locale`."""
    return Told(code=code, message=sentence(code, detail, locale), retryable=code in RETRYABLE)


def is_chinese(locale: str) -> bool:
    """Whether a browser that says `locale` is answered in Chinese."""
    return not locale or locale.lower().startswith("zh")


class _Known(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return "?"
