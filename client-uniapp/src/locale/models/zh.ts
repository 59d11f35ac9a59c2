/** A model's state, and what one should know of it. */
export const modelsZh = {
  model: {
    absent: '未下载',
    unloaded: '未加载',
    fetching: '下载中 {percent}',
    loading: '加载中 {percent}',
    ready: '可用',
    failed: '不可用',
    builtin: '内置',
  },
  note: {
    one_at_a_time: '这个模型一次只能回答一个人，其他人需要排队。',
    plain_template: '这个模型没有自带对话模板，只会接着文字往下写，不一定像在聊天。',
    offloaded: '这个模型太大，显存放不下，一部分放在内存或硬盘里，所以比较慢。',
    little_memory: '启动时可用内存不到 1.5 GB，所以用了更小的内置模型。',
  },
}
