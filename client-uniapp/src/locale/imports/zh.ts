/** What is said about importing conversations of other products. */
export const importsZh = {
  importing: {
    sources:
      '支持 MyLLM、ChatGPT、DeepSeek、Claude、Open WebUI 和 LobeHub 导出的 JSON 或 zip 文件。',
    skipped: '有 {count} 个对话未导入：',
    one: '「{title}」：{why}',
    nth: '第 {number} 个对话',
    why: {
      unreadable: '内容不完整或格式有误',
      too_large: '有消息过长',
      empty: '没有消息',
      unknown: '无法识别',
    },
  },
}
