/** A piece of text with its marks and the address behind it. */
export interface Piece {
  readonly text: string
  readonly marks: readonly string[]
  readonly href: string
}

/** Where a block stands and what it is. */
export interface Parts {
  readonly rails: readonly string[]
  readonly marker: string
  readonly joined: boolean
  readonly kind: string
  readonly pieces: readonly Piece[]
}

const BARE = { marks: [], href: '' }

/** A line end has no looks of its own. */
function atLineEnds(piece: Piece): Piece[] {
  if (piece.marks.includes('image')) return [piece]
  const lines = piece.text.split(/(\n)/).filter(Boolean)
  return lines.map((text) => (text === '\n' ? { text, ...BARE } : { ...piece, text }))
}

function attributesOf({ marks, href }: Piece): string {
  return [...new Set(marks), href].filter(Boolean).sort().join(' ')
}

function together(pieces: readonly Piece[]): Piece[] {
  return pieces.reduce<Piece[]>((all, piece) => {
    const last = all[all.length - 1]
    const joins = last && attributesOf(last) === attributesOf(piece) && !piece.marks.includes('image')
    return joins ? [...all.slice(0, -1), { ...last, text: last.text + piece.text }] : [...all, piece]
  }, [])
}

/** A block in one line, to be compared: its place, its kind, and every piece of its text. */
export function shape({ rails, marker, joined, kind, pieces }: Parts): string {
  const place = [...rails, marker, joined ? 'joined' : '', kind].filter(Boolean)
  const texts = together(pieces.flatMap(atLineEnds))
  return [...place, ...texts.map((piece) => `${JSON.stringify(piece.text)} ${attributesOf(piece)}`)].join(' | ')
}
