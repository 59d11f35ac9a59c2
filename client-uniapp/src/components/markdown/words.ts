import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'

import type { DiagramTrouble } from '../../markdown/diagram'

interface Words {
  readonly code: string
  readonly copyCode: string
  readonly wrap: string
  readonly asPicture: string
  readonly asSource: string
  readonly diagram: string
  readonly drawing: string
  readonly diagramTrouble: Readonly<Record<DiagramTrouble, string>>
  readonly copied: string
  readonly copyFailed: string
  readonly picture: string
  readonly loadFrom: (host: string) => string
  readonly linkCopied: string
  readonly note: (label: string) => string
  readonly noteToCome: string
  readonly done: string
  readonly toDo: string
  readonly details: string
}

const ZH: Words = {
  code: '代码',
  copyCode: '复制代码',
  wrap: '长行换行',
  asPicture: '显示为图',
  asSource: '显示源码',
  diagram: '图表',
  drawing: '正在画图…',
  diagramTrouble: {
    wrong: '这张图画不出来：写法有误，或是还不支持的图。下面是它的源码。',
    unreached: '画图的程序没有加载成功，下面是源码；重新打开对话会再试。',
  },
  copied: '已复制',
  copyFailed: '无法复制，请长按选择',
  picture: '图片',
  loadFrom: (host) => `轻触从 ${host} 加载`,
  linkCopied: '链接已复制，请在浏览器中打开',
  note: (label) => `脚注 ${label}`,
  noteToCome: '脚注的内容还没有写到',
  done: '已完成',
  toDo: '未完成',
  details: '详细信息',
}

const EN: Words = {
  code: 'Code',
  copyCode: 'Copy code',
  wrap: 'Wrap long lines',
  asPicture: 'Show as a picture',
  asSource: 'Show the source',
  diagram: 'Diagram',
  drawing: 'Drawing…',
  diagramTrouble: {
    wrong: 'This diagram cannot be drawn: its source has a mistake, or is of a kind not supported yet. Here is the source.',
    unreached: 'What draws diagrams could not be loaded. Here is the source; opening the chat again tries again.',
  },
  copied: 'Copied',
  copyFailed: 'Copying is not allowed here; select the text',
  picture: 'Picture',
  loadFrom: (host) => `Tap to load from ${host}`,
  linkCopied: 'Link copied; open it in your browser',
  note: (label) => `Footnote ${label}`,
  noteToCome: 'This footnote is still to come',
  done: 'Done',
  toDo: 'To do',
  details: 'Details',
}

/** What these components say, in the language of the page. */
export function useWords(): ComputedRef<Words> {
  const { locale } = useI18n()
  return computed(() => (String(locale.value).startsWith('zh') ? ZH : EN))
}
