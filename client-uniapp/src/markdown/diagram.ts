import { drawMermaid, type Drawn } from '../platform/mermaidPage'
import type { Theme } from '../platform/theme'
import { harmless } from './harmless'
import { withoutMindmap } from './mindmap'

/** A finished diagram: an address that holds the whole picture, and its natural size in pixels. */
export interface Picture {
  readonly address: string
  readonly width: number
}

export type DiagramTrouble = 'wrong' | 'unreached'

/** Laying out more than a person would read freezes a phone for seconds. */
const LONGEST = 20_000
const KEPT = 40
const pictures = new Map<string, Picture>()

function pictureOf({ svg, width }: Drawn): Picture {
  return { address: `data:image/svg+xml,${encodeURIComponent(svg)}`, width }
}

function keep(key: string, picture: Picture): Picture {
  const oldest = pictures.keys().next()
  if (pictures.size >= KEPT && !oldest.done) pictures.delete(oldest.value)
  pictures.set(key, picture)
  return picture
}

/** The picture of a diagram in Mermaid's language, or why there is none. */
export async function pictureOfDiagram(
  source: string,
  theme: Theme,
): Promise<Picture | DiagramTrouble> {
  if (source.length > LONGEST) return 'wrong'
  const key = `${theme} ${source}`
  const known = pictures.get(key)
  if (known) return known
  const drawn = await drawMermaid(harmless(withoutMindmap(source)), theme)
  return typeof drawn === 'string' ? drawn : keep(key, pictureOf(drawn))
}
