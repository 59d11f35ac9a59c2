/** The chat view: its header, the composer's options, and what an answer tells of itself. */
export const chatZh = {
  chatOptions: {
    thinking: '深度思考',
    on: '已开启',
    off: '已关闭',
    byModel: '默认',
  },
  silence: {
    reading: '模型正在处理输入（约 {count} 词元）…',
    computing: '连接正常，模型还在计算…',
    thinking: '模型还在思考…',
    provider: '{provider} 还没有回应，正在等待…',
    lost: '连接已断开，正在重连…',
  },
  usePersona: {
    used: '已使用角色「{name}」',
    edit: '编辑「{name}」',
    copy: '复制「{name}」',
  },
  answerTimes: {
    both: '首字用时 {first} 秒，全文用时 {whole} 秒',
  },
}
