"""What people read of an error: what is wrong and what to do, in Chinese and English.

`docs/errors.md` is generated from this table.
"""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from chat.errors import RETRYABLE, Detail, ErrorCode
from chat.unsuitable import with_reason


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
        "This message is not valid JSON; check its format and send it again.",
    ),
    ErrorCode.BAD_FRAME: Sentence(
        '消息必须是一个 JSON 对象，例如 {{"message": "你好"}}。',
        'A message must be a JSON object, for example {{"message": "hello"}}.',
    ),
    ErrorCode.UNKNOWN_FRAME: Sentence(
        "未知的消息类型「{type}」，请对照协议文档检查 type。",
        "Unknown frame type “{type}”; compare `type` with the protocol's documentation.",
    ),
    ErrorCode.BAD_FIELD: Sentence(
        "有字段不正确：{reason}。请改正后重发。",
        "A field is wrong: {reason}. Correct it and send it again.",
    ),
    ErrorCode.BINARY_FRAME: Sentence(
        "只接受文本消息，不接受二进制消息。",
        "Only text frames are accepted, no binary ones.",
    ),
    ErrorCode.FRAME_TOO_LARGE: Sentence(
        "消息有 {size} 字节，超过上限 {limit} 字节，请缩短或分几次发送。",
        "This frame has {size} bytes, more than the limit of {limit}; shorten or split it.",
    ),
    ErrorCode.TOO_MANY_FRAMES: Sentence(
        "消息发送过快，部分已被丢弃，请稍后再发。",
        "Frames arrive too fast and some were dropped; wait a moment, then send again.",
    ),
    ErrorCode.UNSUPPORTED_PROTOCOL: Sentence(
        "页面与服务器的协议版本不同（页面 {client}，服务器 {server}），请刷新页面。",
        "Page and server speak different protocol versions ({client} and {server}); reload.",
    ),
    ErrorCode.EMPTY_MESSAGE: Sentence(
        "消息是空的，请先输入内容。",
        "The message is empty; type something first.",
    ),
    ErrorCode.UNKNOWN_CONVERSATION: Sentence(
        "找不到这个对话，可能已被删除；请新建对话后重发。",
        "This conversation does not exist, perhaps it was deleted; start a new one.",
    ),
    ErrorCode.UNKNOWN_MESSAGE: Sentence(
        "找不到要回复的那条消息，请刷新后重试。",
        "The message to be followed does not exist; reload and try again.",
    ),
    ErrorCode.CONVERSATION_BUSY: Sentence(
        "上一个回答还没有结束，请等它结束或先停止它。",
        "The previous answer is still running; wait for it or stop it first.",
    ),
    ErrorCode.CONFLICT: Sentence(
        "同一编号（client_msg_id）已发送过另一条消息，这一条没有发送；请用新的编号重发。",
        "Another request was sent under the same `client_msg_id`, so this one was not taken; "
        "send it again under a new one.",
    ),
    ErrorCode.TOO_MANY_WAITING: Sentence(
        "这个对话里已有 {limit} 条消息在等待，请等前面的回答结束后再发。",
        "{limit} messages wait in this conversation already; wait until an answer has ended.",
    ),
    ErrorCode.ALREADY_BEGUN: Sentence(
        "这条消息已经开始回答，不能撤回；可以停止它的回答。",
        "This message is being answered already and cannot be withdrawn; stop its answer instead.",
    ),
    ErrorCode.NOT_INTERRUPTED: Sentence(
        "这条回答不能继续；请重新生成，或发送新消息。",
        "This answer cannot be continued; regenerate it, or send a new message.",
    ),
    ErrorCode.NOT_RESUMABLE: Sentence(
        "「{model}」不能接着已有的文字写，请重新生成。",
        "“{model}” cannot go on from a text that is there; regenerate the answer.",
    ),
    ErrorCode.UNKNOWN_RUN: Sentence(
        "找不到这次回答，可能已被删除。",
        "This answer does not exist, perhaps it was deleted.",
    ),
    ErrorCode.UNKNOWN_PERSONA: Sentence(
        "找不到这个角色，可能已被删除，请另选一个。",
        "This persona does not exist, perhaps it was deleted; choose another.",
    ),
    ErrorCode.UNKNOWN_ADDRESS: Sentence(
        "没有这个接口：{method} {path}。请对照 /api/v1/docs 检查。",
        "There is nothing at {method} {path}; compare it with /api/v1/docs.",
    ),
    ErrorCode.CHANGED_MEANWHILE: Sentence(
        "这个对话已在别处改动（现在是第 {revision} 版），请重新读取后再改。",
        "This conversation was changed elsewhere (revision {revision} now); "
        "fetch it and change it again.",
    ),
    ErrorCode.BAD_IMPORT: Sentence(
        "这个文件无法导入：{reason}。请检查它是否为完整的导出文件。",
        "This file cannot be imported: {reason}. Check that it is a whole export.",
    ),
    ErrorCode.UNKNOWN_IMPORT: Sentence(
        "无法识别这个文件。可以导入 MyLLM、ChatGPT、DeepSeek、Claude、Open WebUI 和 LobeHub 导出的"
        "对话（JSON 或 zip）。",
        "This file was not recognised. You can import conversations exported by MyLLM, ChatGPT, "
        "DeepSeek, Claude, Open WebUI and LobeHub (JSON or zip).",
    ),
    ErrorCode.UNSUPPORTED_IMPORT: Sentence(
        "这是 {program} 的导出文件，暂不支持导入。可以导入 MyLLM、ChatGPT、DeepSeek、Claude、"
        "Open WebUI 和 LobeHub 导出的对话。",
        "This is an export of {program}, which cannot be imported yet. You can import "
        "conversations exported by MyLLM, ChatGPT, DeepSeek, Claude, Open WebUI and LobeHub.",
    ),
    ErrorCode.EMPTY_IMPORT: Sentence(
        "这个文件里没有可以导入的消息。",
        "There are no messages to import in this file.",
    ),
    ErrorCode.IMPORT_TOO_LONG: Sentence(
        "这个文件的消息和对话超过 {limit} 条，没有导入任何内容；请分成几个文件，或调大 {setting}。",
        "This file has more than {limit} messages and conversations, and nothing of it was "
        "imported; split it, or raise {setting}.",
    ),
    ErrorCode.BODY_TOO_LARGE: Sentence(
        "上传的内容超过上限 {limit} 字节，请分开上传，或调大 {setting}。",
        "The upload is larger than {limit} bytes; split it, or raise {setting}.",
    ),
    ErrorCode.BAD_CURSOR: Sentence(
        "位置 {after} 超出了这次回答（最新为 {last}），请从头读取。",
        "Position {after} lies beyond this answer (newest is {last}); read from the start.",
    ),
    ErrorCode.TOO_MANY_RUNS: Sentence(
        "此设备同时进行的回答已达上限 {limit} 个，请等其中一个结束。",
        "This device already has {limit} answers running; wait until one has ended.",
    ),
    ErrorCode.MEMBER_BUSY: Sentence(
        "你同时进行的回答已达上限 {limit} 个，请等其中一个结束后再发。",
        "You already have {limit} answers running, which is your limit; send it again once one has "
        "ended.",
    ),
    ErrorCode.TOO_MANY_MESSAGES: Sentence(
        "发送过快（每分钟最多 {limit} 条），请 {seconds} 秒后再发。",
        "That is too fast (at most {limit} messages a minute); send it again in {seconds} seconds.",
    ),
    ErrorCode.DAY_USED_UP: Sentence(
        "24 小时内的 {limit} 条消息已用完，请约 {minutes} 分钟后再发，或请管理员调高上限。",
        "Your {limit} messages of 24 hours are used up; send it again in about {minutes} minutes, "
        "or ask the owner of this computer for more.",
    ),
    ErrorCode.TOO_MANY_READERS: Sentence(
        "这个连接同时读取的回答已达上限 {limit} 个，请先停止读取其中一个。",
        "This connection already reads {limit} answers; detach from one first.",
    ),
    ErrorCode.UNPAIRED: Sentence(
        "此设备还没有配对，或配对已被取消。请在电脑上运行 python3 manage.py pair，"
        "或在已配对的设备上打开「添加设备」，然后用手机扫描二维码。",
        "This device is not paired, or was removed. Run python3 manage.py pair on the computer, or "
        "choose “Add a device” on a paired one, and scan the QR code.",
    ),
    ErrorCode.NOT_ALLOWED: Sentence(
        "你没有此操作的权限，请联系管理员。",
        "You are not allowed to do this; ask the owner of this computer.",
    ),
    ErrorCode.UNKNOWN_CODE: Sentence(
        "配对码不对、已过期或已用过，请显示一个新的二维码再扫描。",
        "This pairing code is wrong, expired or used already; show a new QR code and scan that.",
    ),
    ErrorCode.WRONG_PASSWORD: Sentence(
        "成员名或密码不正确，或该成员没有设置密码；请检查后重试，或请管理员提供二维码。",
        "The name or the password is wrong, or this member has none; check both, or ask the owner "
        "of this computer for a QR code.",
    ),
    ErrorCode.WEAK_PASSWORD: Sentence(
        "这个密码太容易猜到：请至少使用 8 个字符，不要全是数字，也不要用常见的密码。",
        "This password is easily guessed: use 8 characters or more, not digits alone, and none "
        "that many people use.",
    ),
    ErrorCode.UNKNOWN_REQUEST: Sentence(
        "找不到这个六位数的配对请求，可能已过期；请在新设备上重新开始。",
        "There is no request with these six digits, perhaps it expired; begin again on the new "
        "device.",
    ),
    ErrorCode.CONFIRMATION_NEEDED: Sentence(
        "新设备要先显示自己将属于谁，并在上面确认，而它的页面版本太旧，做不到。请在新设备上刷新页面或"
        "更新小程序后重新开始，或改用扫码配对。",
        "The new device has to show whose it becomes and to confirm that, and its page is too old "
        "to do so. Reload the page there, or update the mini-program, and begin again; or pair it "
        "by scanning a code.",
    ),
    ErrorCode.TOO_MANY_ATTEMPTS: Sentence(
        "尝试次数过多，请 {seconds} 秒后再试。",
        "Too many attempts; try again in {seconds} seconds.",
    ),
    ErrorCode.TOKEN_IN_ADDRESS: Sentence(
        "令牌不能写在网址里（会留在记录中），请放进 Authorization 头或 hello 消息，并取消此设备"
        "后重新配对。",
        "A token must not stand in an address, where it is recorded: send it in the Authorization "
        "header or in `hello`, and remove and pair this device again.",
    ),
    ErrorCode.UNKNOWN_DEVICE: Sentence(
        "找不到该设备，可能已被取消，请刷新列表。",
        "This device does not exist, perhaps it was removed already; reload the list.",
    ),
    ErrorCode.UNKNOWN_MEMBER: Sentence(
        "找不到这位成员，可能已被删除，请刷新列表。",
        "This member does not exist, perhaps they were removed; reload the list.",
    ),
    ErrorCode.UNKNOWN_MODEL: Sentence(
        "没有名为「{model}」的模型，请换一个。",
        "There is no model “{model}”; choose another.",
    ),
    ErrorCode.MODEL_FILE_MISSING: Sentence(
        "找不到模型文件「{file}」，请检查路径或重新下载。",
        "The model file “{file}” is missing; check its path or download it again.",
    ),
    ErrorCode.MODEL_FILE_DAMAGED: Sentence(
        "模型文件「{file}」已损坏，请删除它并重新下载。",
        "The model file “{file}” is damaged; delete it and download it again.",
    ),
    ErrorCode.MODEL_FETCH_FAILED: Sentence(
        "模型没有下载完（试过：{sources}）。请检查电脑的网络和代理；下一条消息会接着下载。",
        "The model could not be downloaded (tried: {sources}). Check the computer's network and "
        "proxy; the next message goes on with it.",
    ),
    ErrorCode.MODEL_LOAD_FAILED: Sentence(
        "模型加载失败，请查看电脑上的终端输出，或换一个模型。",
        "The model could not be loaded; see the computer's terminal, or choose another model.",
    ),
    ErrorCode.MODEL_CRASHED: Sentence(
        "模型崩溃了，正在自动重新加载；已写出的内容已保留，可以继续或重试。",
        "The model crashed and is being loaded again by itself; what was written is kept. "
        "Go on or try again.",
    ),
    ErrorCode.MODEL_STALLED: Sentence(
        "模型已有 {silence} 秒没有响应，正在自动重新加载；已写出的内容已保留，可以继续或重试。",
        "The model did nothing for {silence} seconds and is being loaded again by itself; "
        "what was written is kept. Go on or try again.",
    ),
    ErrorCode.MODEL_STUCK: Sentence(
        "未响应的模型仍占用内存，暂时无法重新加载；如果持续出现，请重启电脑上的服务。",
        "The model that hangs still holds its memory and cannot be loaded again yet; "
        "if this lasts, restart the server on the computer.",
    ),
    ErrorCode.MODEL_GAVE_UP: Sentence(
        "模型在 {minutes} 分钟内崩溃了 {crashes} 次，不再自动重新加载；已写出的内容已保留。"
        "请查看电脑上的终端输出，或换一个模型；下一条消息会再试一次。",
        "The model crashed {crashes} times within {minutes} minutes and is not loaded again by "
        "itself; what was written is kept. See the computer's terminal, or choose another model; "
        "the next message tries again.",
    ),
    ErrorCode.BACKEND_NOT_INSTALLED: Sentence(
        "运行这个模型还缺少 {package}，请在电脑上安装后再试：{command}",
        "This model needs {package}, which is missing; install it on the computer and try again: "
        "{command}",
    ),
    ErrorCode.DEVICE_UNAVAILABLE: Sentence(
        "这台电脑没有 MYLLM_DEVICE 指定的设备「{device}」，请改成 auto 后重启。",
        "This computer has no “{device}” that MYLLM_DEVICE asks for; set it to auto and restart.",
    ),
    ErrorCode.GPU_NEEDED: Sentence(
        "「{model}」的权重是 {method} 量化的，只能在显卡上运行，这台电脑没有可用的显卡；"
        "请换用 GGUF 或没有量化的版本。",
        "The weights of “{model}” are quantised ({method}) and run on a GPU alone, and this "
        "computer has none that can be used; choose a GGUF file or a version without quantisation.",
    ),
    ErrorCode.REMOTE_CODE_UNTRUSTED: Sentence(
        "模型「{model}」要运行它自带的程序代码；管理员查看代码并允许后才能使用"
        "（或把它写进 MYLLM_TRUST_REMOTE_CODE 后重启）。",
        "The model “{model}” runs code of its own; the owner has to look at it and allow it first "
        "(or list the model in MYLLM_TRUST_REMOTE_CODE and restart).",
    ),
    ErrorCode.DISK_FULL: Sentence(
        "电脑磁盘空间不足，请清理后重试。",
        "The computer's disk is full; free some space and try again.",
    ),
    ErrorCode.CONTEXT_EXCEEDED: Sentence(
        "内容有 {tokens} 个词元，超过上限 {limit} 个，请缩短消息或新建对话。",
        "This is {tokens} tokens, more than the limit of {limit}; "
        "shorten the message or start a new conversation.",
    ),
    ErrorCode.INVALID_REQUEST: Sentence(
        "模型不接受这个请求：{reason}。请改正后重试。",
        "The model refuses this request: {reason}. Correct it and try again.",
    ),
    ErrorCode.OUT_OF_MEMORY: Sentence(
        "内存不足，这次回答已结束，请缩短内容或换小一点的模型。",
        "Out of memory, this answer was ended; shorten the text or choose a smaller model.",
    ),
    ErrorCode.OVERLOADED: Sentence(
        "当前排队人数过多，请约 {seconds} 秒后再试。",
        "Too many people are waiting; try again in about {seconds} seconds.",
    ),
    ErrorCode.SHUTTING_DOWN: Sentence(
        "服务器正在关闭，已写出的内容会保留，请稍后再试。",
        "The server is shutting down; what was written is kept. Try again later.",
    ),
    ErrorCode.BACKEND_FAILED: Sentence(
        "模型中途出错，已写出的内容已保留，请重试。",
        "The model failed on the way; what was written is kept. Try again.",
    ),
    ErrorCode.PROVIDER_KEY_MISSING: Sentence(
        "尚未填写 {provider} 的 API 密钥，请管理员在 设置 → 模型 里填写，或设置环境变量 "
        "{variable}。",
        "There is no API key for {provider} yet; the owner can enter one in Settings → Models, "
        "or set the variable {variable}.",
    ),
    ErrorCode.PROVIDER_KEY_REFUSED: Sentence(
        "{provider} 拒绝了这个 API 密钥，请管理员在 设置 → 模型 里检查或更换。",
        "{provider} refuses this API key; the owner can check or replace it in Settings → Models.",
    ),
    ErrorCode.PROVIDER_FORBIDDEN: Sentence(
        "{provider} 不允许这样使用这个模型（{reason}），请检查账号的权限或换一个模型。",
        "{provider} does not allow this use of the model ({reason}); check the account or "
        "choose another model.",
    ),
    ErrorCode.PROVIDER_BALANCE: Sentence(
        "{provider} 账户余额不足，请充值后再试，或换一个模型。",
        "The balance at {provider} is used up; add credit and try again, or choose another model.",
    ),
    ErrorCode.PROVIDER_RATE_LIMITED: Sentence(
        "{provider} 的请求次数已达上限，请约 {seconds} 秒后再试。",
        "{provider} limits how often it may be asked; try again in about {seconds} seconds.",
    ),
    ErrorCode.PROVIDER_OVERLOADED: Sentence(
        "{provider} 当前繁忙，请稍后再试。",
        "{provider} is overloaded now; try again later.",
    ),
    ErrorCode.PROVIDER_FAILED: Sentence(
        "{provider} 出错了（{reason}），已写出的内容会保留，请再试一次。",
        "{provider} failed ({reason}); what was written is kept. Try again.",
    ),
    ErrorCode.PROVIDER_REFUSED: Sentence(
        "{provider} 不接受这个请求：{reason}。",
        "{provider} refuses this request: {reason}.",
    ),
    ErrorCode.PROVIDER_CONTENT_FILTERED: Sentence(
        "{provider} 的内容审核拦截了这次提问或回答，请换个说法。",
        "The content filter of {provider} stopped this question or its answer; put it in other "
        "words.",
    ),
    ErrorCode.PROVIDER_MODEL_UNKNOWN: Sentence(
        "{provider} 没有名为「{model}」的模型，请换一个。",
        "{provider} has no model “{model}”; choose another.",
    ),
    ErrorCode.PROVIDER_UNREACHABLE: Sentence(
        "连不上 {provider}（{host}），请检查网络、代理或地址。",
        "{provider} ({host}) cannot be reached; check the network, the proxy, or the address.",
    ),
    ErrorCode.PROVIDER_TIMEOUT: Sentence(
        "{provider} {seconds} 秒没有响应，请再试一次。",
        "{provider} was silent for {seconds} seconds; try again.",
    ),
    ErrorCode.PROVIDER_DISCONNECTED: Sentence(
        "{provider} 的回答写到一半断开了，已写出的内容会保留。",
        "{provider} broke off in the middle of the answer; what was written is kept.",
    ),
    ErrorCode.REMOTE_NOT_ALLOWED: Sentence(
        "「{model}」由 {provider} 提供，问题会离开这台电脑；管理员没有允许你使用云端模型。",
        "“{model}” is run by {provider}, so questions leave this computer; the owner has not "
        "allowed you such models.",
    ),
    ErrorCode.REMOTE_TOKENS_USED_UP: Sentence(
        "你 24 小时内可用的 {limit} 个云端模型词元已用完，约 {minutes} 分钟后恢复，"
        "或换一个本地模型。",
        "Your {limit} tokens of remote models within 24 hours are used up; there are more in "
        "about {minutes} minutes, or choose a local model.",
    ),
    ErrorCode.MODEL_REMOVED: Sentence(
        "模型「{model}」已被移除，已写出的内容会保留，请换一个模型。",
        "The model “{model}” was removed; what was written is kept. Choose another model.",
    ),
    ErrorCode.MODEL_TOO_LARGE: Sentence(
        "内存不足以运行「{model}」：需要约 {needed}，只有 {free} 可用。请关闭其他程序，"
        "或换一个更小的模型。",
        "There is not enough memory for “{model}”: it needs about {needed}, and {free} can be "
        "had. Close other programs, or choose a smaller model.",
    ),
    ErrorCode.SMALLER_MODEL_FITS: Sentence(
        "内存不足以运行「{model}」：需要约 {needed}，只有 {free} 可用。可以换用「{smaller}」。",
        "There is not enough memory for “{model}”: it needs about {needed}, and {free} can be "
        "had. “{smaller}” would fit.",
    ),
    ErrorCode.MODEL_UNSUITABLE: Sentence(
        "「{model}」不能用来聊天：{reason}。",
        "“{model}” cannot be chatted with: {reason}.",
    ),
    ErrorCode.UNSUPPORTED_OPTION: Sentence(
        "「{model}」不支持选项 {option}，请去掉它或换一个模型。",
        "“{model}” does not support the option {option}; leave it out or choose another model.",
    ),
    ErrorCode.MODEL_IN_USE: Sentence(
        "模型「{model}」正在回答，请等它写完。",
        "The model “{model}” is answering; wait until it has finished.",
    ),
    ErrorCode.DOWNLOAD_PAUSED: Sentence(
        "模型「{model}」的下载已暂停，继续下载后才能使用。",
        "The download of “{model}” is paused; resume it to use the model.",
    ),
    ErrorCode.HUB_NOT_FOUND: Sentence(
        "在 {hub} 上找不到「{repository}」，请检查名称。",
        "There is no “{repository}” at {hub}; check the name.",
    ),
    ErrorCode.HUB_GATED: Sentence(
        "「{repository}」需要先在 {hub} 的网页上同意条款；再把访问令牌写进这台电脑的环境变量"
        "（Hugging Face 是 HF_TOKEN，ModelScope 是 MODELSCOPE_API_TOKEN），重新启动 MyLLM。",
        "“{repository}” asks for consent on the page of {hub}; then put an access token into this "
        "computer's environment (HF_TOKEN for Hugging Face, MODELSCOPE_API_TOKEN for ModelScope) "
        "and start MyLLM again.",
    ),
    ErrorCode.CODE_CHANGED: Sentence(
        "模型「{model}」的代码和你看到的不一样了，请重新查看后再允许。",
        "The code of “{model}” is not the one you were shown; look at it again before you allow "
        "it.",
    ),
    ErrorCode.MODEL_FROM_SETTINGS: Sentence(
        "「{model}」写在 MYLLM_MODELS 里，请在那里删除它后重启。",
        "“{model}” is set in MYLLM_MODELS; remove it there and restart.",
    ),
    ErrorCode.MODEL_EXISTS: Sentence(
        "已经有这个模型了：「{model}」。",
        "This model is in the list already: “{model}”.",
    ),
    ErrorCode.BAD_MODEL_SPEC: Sentence(
        "看不懂这个模型：{reason}",
        "This model is not understood: {reason}",
    ),
    ErrorCode.UNKNOWN_MODEL_SPEC: Sentence(
        "看不懂「{spec}」。请填写魔搭或 Hugging Face 的模型 ID（如 Qwen/Qwen3-4B）、"
        "以 http 开头的服务器地址，或电脑上模型文件的路径。",
        "“{spec}” is not understood. Enter a model id of ModelScope or Hugging Face (such as "
        "Qwen/Qwen3-4B), the address of a server that begins with http, or the path of a model "
        "file on the computer.",
    ),
    ErrorCode.UNKNOWN_PROVIDER: Sentence(
        "没有这个服务商，它可能已被删除。",
        "There is no such provider; it may have been removed.",
    ),
    ErrorCode.STORAGE_FAILED: Sentence(
        "无法读写电脑上的数据库，可能磁盘已满或文件被占用，请检查后重试。",
        "The computer's database cannot be used; its disk may be full or the file locked. "
        "Check it and try again.",
    ),
    ErrorCode.INTERNAL: Sentence(
        "服务器内部出错，详情见电脑上的终端，请重试。",
        "Something failed inside the server; see its terminal for details. Try again.",
    ),
}


NOT_SAVED = Sentence(
    "回答暂时无法保存（电脑磁盘可能已满，或数据库被占用）；它会继续，能保存时会自动保存。",
    "This answer cannot be saved just now (the computer's disk may be full or the database "
    "locked); it goes on and is saved as soon as possible.",
)
"""Told while an answer goes on that the database does not take."""


def not_saved(locale: str) -> str:
    """That an answer is not saved yet, in the language of `locale`."""
    return NOT_SAVED.zh if is_chinese(locale) else NOT_SAVED.en


def sentence(code: ErrorCode, detail: Detail, locale: str) -> str:
    """The sentence for `code` in the language of `locale`: Chinese unless it says otherwise."""
    zh, en = SENTENCES[code]
    chinese = is_chinese(locale)
    return (zh if chinese else en).format_map(_Known(with_reason(detail, chinese=chinese)))


def told(code: ErrorCode, detail: Detail, locale: str) -> Told:
    """The failure, its sentence in the language of `locale`."""
    return Told(code=code, message=sentence(code, detail, locale), retryable=code in RETRYABLE)


def is_chinese(locale: str) -> bool:
    """Whether a browser that says `locale` is answered in Chinese."""
    return not locale or locale.lower().startswith("zh")


class _Known(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return "?"
