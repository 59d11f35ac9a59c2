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
  asPicture: '显示图表',
  asSource: '显示源码',
  diagram: '图表',
  drawing: '正在绘制…',
  diagramTrouble: {
    wrong: '无法显示这张图表：语法有误，或暂不支持这种类型。以下是源码。',
    unreached: '图表组件加载失败，以下是源码。重新打开对话后会再试。',
  },
  copied: '已复制',
  copyFailed: '无法复制，请长按选择',
  picture: '图片',
  loadFrom: (host) => `点击从 ${host} 加载`,
  linkCopied: '链接已复制，请在浏览器中打开',
  note: (label) => `脚注 ${label}`,
  noteToCome: '脚注内容尚未生成',
  done: '已完成',
  toDo: '未完成',
  details: '详细信息',
}

const EN: Words = {
  code: 'Code',
  copyCode: 'Copy code',
  wrap: 'Wrap long lines',
  asPicture: 'Show diagram',
  asSource: 'Show source',
  diagram: 'Diagram',
  drawing: 'Drawing…',
  diagramTrouble: {
    wrong: 'This diagram can’t be shown: its syntax is wrong, or this type isn’t supported yet. Here is the source.',
    unreached: 'The diagram renderer couldn’t be loaded. Here is the source. Reopen the conversation to try again.',
  },
  copied: 'Copied',
  copyFailed: 'Can’t copy here. Select the text instead.',
  picture: 'Image',
  loadFrom: (host) => `Tap to load from ${host}`,
  linkCopied: 'Link copied. Open it in your browser.',
  note: (label) => `Footnote ${label}`,
  noteToCome: 'This footnote isn’t written yet',
  done: 'Done',
  toDo: 'To do',
  details: 'Details',
}

/** What these components say, in the language of the page. */
export function useWords(): ComputedRef<Words> {
  const { locale } = useI18n()
  return computed(() => (String(locale.value).startsWith('zh') ? ZH : EN))
}
