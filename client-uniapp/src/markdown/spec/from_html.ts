import { shape, type Piece } from './shape'

/** The tags that Markdown makes. Any other is raw HTML, which is text to us. */
const TAG =
  /<(\/?)(p|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|a|img|br|hr)((?: [a-z]+="[^"]*")*)(?: ?\/)?>/g
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

function decode(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity)
}

function attribute(attributes: string, name: string): string {
  return decode(new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')
}

interface List {
  readonly isOrdered: boolean
  next: number
}

/** Walks the tags and collects the blocks between them, as `flatten` does with tokens. */
class Reader {
  readonly shapes: string[] = []
  private readonly rails: string[] = []
  private readonly lists: List[] = []
  private readonly marks: string[] = []
  private readonly addresses: string[] = []
  private pieces: Piece[] = []
  private marker = ''
  private kind = ''
  private quoteBegins = false

  read(html: string): void {
    let at = 0
    for (const match of html.matchAll(TAG)) {
      this.text(html.slice(at, match.index))
      at = (match.index ?? 0) + match[0].length
      this.tag(match[1] === '/', match[2] ?? '', match[3] ?? '')
    }
    this.text(html.slice(at))
    this.loose()
  }

  private text(markup: string): void {
    if (markup === '' || (markup === '\n' && !this.isInText())) return
    this.piece(decode(markup), this.marks)
  }

  private isInText(): boolean {
    return this.kind !== '' || this.pieces.length > 0
  }

  private piece(text: string, marks: readonly string[], href = this.addresses[0] ?? ''): void {
    this.pieces.push({ text, marks: [...marks], href })
  }

  private tag(closes: boolean, name: string, attributes: string): void {
    if (name === 'em' || name === 'strong') this.mark(closes, name)
    else if (name === 'code') this.code(closes, attributes)
    else if (name === 'a') this.anchor(closes, attributes)
    else if (name === 'img') this.piece(attribute(attributes, 'alt'), ['image'], attribute(attributes, 'src'))
    else if (name === 'br') return
    else if (/^(?:p|pre|h\d)$/.test(name)) this.leaf(closes, name)
    else this.container(closes, name, attributes)
  }

  private mark(closes: boolean, name: string): void {
    if (closes) this.marks.pop()
    else this.marks.push(name)
  }

  private code(closes: boolean, attributes: string): void {
    if (!this.kind.startsWith('code')) return this.mark(closes, 'code')
    if (!closes) this.kind += attribute(attributes, 'class').replace('language-', ' ').toLowerCase()
  }

  private anchor(closes: boolean, attributes: string): void {
    if (closes) this.addresses.shift()
    else this.addresses.unshift(attribute(attributes, 'href'))
  }

  private leaf(closes: boolean, name: string): void {
    if (closes) return this.emit(this.kind)
    this.loose()
    this.kind = name.replace(/^h/, 'heading ').replace(/^pre$/, 'code').replace(/^p$/, 'paragraph')
  }

  /** The text of a tight item, or raw HTML between blocks, has no tag of its own. */
  private loose(): void {
    const last = this.pieces.pop()
    if (!last) return
    this.pieces.push({ ...last, text: last.text.replace(/\n$/, '') })
    const [first, ...others] = this.pieces
    if (first) this.pieces = [{ ...first, text: first.text.replace(/^\n/, '') }, ...others]
    this.emit('paragraph')
  }

  private container(closes: boolean, name: string, attributes: string): void {
    this.loose()
    if (name === 'hr') this.emit('rule')
    else if (name === 'li') this.item(closes)
    else if (name === 'blockquote') this.quote(closes)
    else if (closes) this.lists.pop()
    else this.lists.push({ isOrdered: name === 'ol', next: Number(attribute(attributes, 'start') || '1') })
    if (name !== 'li' && name !== 'blockquote' && name !== 'hr' && !closes) this.flushMarker()
  }

  private quote(closes: boolean): void {
    if (closes) return void this.rails.pop()
    if (!this.rails.includes('quote')) this.quoteBegins = true
    this.rails.push('quote')
  }

  private item(closes: boolean): void {
    if (closes) {
      this.flushMarker()
      return void this.rails.pop()
    }
    const list = this.lists[this.lists.length - 1]
    this.rails.push('item')
    this.marker = list?.isOrdered ? `${list.next++}.` : 'bullet'
  }

  private flushMarker(): void {
    if (this.marker) this.emit('paragraph')
  }

  private emit(kind: string): void {
    const joined = this.rails.includes('quote') && !this.quoteBegins
    const { rails, marker, pieces } = this
    this.shapes.push(shape({ rails, marker, joined, kind, pieces }))
    this.quoteBegins = false
    this.marker = ''
    this.kind = ''
    this.pieces = []
  }
}

/** The blocks that `html`, written by CommonMark's reference implementation, stands for. */
export function shapesOfHtml(html: string): string[] {
  const reader = new Reader()
  reader.read(html)
  return reader.shapes
}
