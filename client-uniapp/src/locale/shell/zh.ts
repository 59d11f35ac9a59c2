/** The sentences around the chat: one's account, export, dictation. */
export const shellZh = {
  account: {
    title: '账号',
    roles: { owner: '管理员', member: '成员', guest: '临时访客', visitor: '访客' },
    here: '这台电脑',
    until: '有效期至 {time}',
    open: '账号：{name}',
    noSignOut: '你正在使用运行 MyLLM 的电脑，无需登录或退出。',
    guestLine: '有效期至 {time}，之后对话会被自动删除。需要保留的内容请先在「设置」中导出。',
    signOut: '退出登录',
    signOutAsk:
      '退出登录？此设备上保存的对话会被清除，服务器上的对话会保留。再次使用需要重新配对或登录。',
    signOutGuest:
      '退出登录？此设备上保存的对话会被清除。再次使用需要管理员重新邀请。',
    signingOut: '正在退出…',
  },
  exports: {
    json: '导出全部对话',
    jsonNote: 'JSON 文件，包含所有分支，可以重新导入 MyLLM。',
    markdown: '导出为 Markdown',
    markdownNote: '一个便于阅读的文件，包含全部对话。',
    one: '导出',
    oneMarkdown: '导出为 Markdown',
    oneJson: '导出为 JSON',
    running: '正在导出…',
    received: '正在导出…已接收 {size}',
    saved: '已导出：{name}',
    shared: '已导出「{name}」，请选择发送到哪里。',
    unreached: '连不上服务器，导出未完成，请稍后再试。',
    cut: '导出中断，文件未保存，请重试。',
    notSaved: '文件未保存，可能是已取消或空间不足。',
    notHere: 'App 暂不支持保存文件，请用手机浏览器打开 MyLLM 后导出。',
    allName: 'MyLLM 对话 {date}',
  },
  dictation: {
    keyboard: '用键盘语音输入',
    keyboardHint:
      '点击键盘上的麦克风即可说话。浏览器自带的语音识别会把录音发送给浏览器厂商，因此不使用。',
    none: '语音输入（不可用）',
    noneReason:
      '暂不支持语音输入：浏览器自带的语音识别会把录音发送给浏览器厂商，因此不使用。可以使用系统自带的听写，例如 Windows 的 Win + H。',
    close: '关闭提示',
  },
  skip: { toField: '跳到输入框' },
}
