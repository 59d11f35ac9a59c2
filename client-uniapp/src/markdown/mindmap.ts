interface Topic {
  readonly depth: number
  readonly text: string
}

const BEGIN = /^\s*mindmap\s*\n/
const DRESS = /::icon\([^)]*\)|:::.*$/g
/** A topic may stand in brackets that say its shape, with a name before them. */
const SHAPED = /^[^\s([{)]*(?:\(\(|\)\)|\{\{|\[|\(|\))(.*?)(?:\)\)|\(\(|\}\}|\]|\)|\()$/

function topicOf(line: string): Topic {
  const text = line.trim()
  const words = SHAPED.exec(text)?.[1] ?? text
  return { depth: line.length - line.trimStart().length, text: words.replace(/^["`]+|["`]+$/g, '') }
}

function topicsOf(source: string): Topic[] {
  const lines = source.replace(BEGIN, '').split('\n')
  return lines
    .filter((line) => !line.trim().startsWith('%%'))
    .map((line) => line.replace(DRESS, ''))
    .filter((line) => line.trim() !== '')
    .map(topicOf)
}

/** A label in which nothing is markup to Mermaid. */
function quoted(text: string): string {
  return `"${text.replace(/[#"]/g, (sign) => `#${sign.charCodeAt(0)};`)}"`
}

function parentOf(topics: readonly Topic[], at: number): number {
  const { depth } = topics[at] ?? { depth: 0 }
  for (let above = at - 1; above >= 0; above -= 1) {
    if ((topics[above]?.depth ?? 0) < depth) return above
  }
  return -1
}

/**
 * `source` as the engine can draw it: the small one that we ship lacks mind maps, which are trees
 * by indentation and are drawn as such.
 */
export function withoutMindmap(source: string): string {
  if (!BEGIN.test(source)) return source
  const topics = topicsOf(source)
  const lines = topics.flatMap(({ text }, at) => {
    const parent = parentOf(topics, at)
    const node = `n${at}(${quoted(text)})`
    return parent < 0 ? [node] : [node, `n${parent} --- n${at}`]
  })
  return ['flowchart LR', ...lines].join('\n')
}
