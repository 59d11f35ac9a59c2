import type { ActName } from '../../message/acts'
import type { GlyphName } from '../controls/Glyph.vue'

/** The glyph of each action in a message's menu. */
export const ACT_GLYPHS: Record<ActName, GlyphName> = {
  copyPart: 'copy',
  quotePart: 'quote',
  copyText: 'copy',
  copyMarkdown: 'code',
  select: 'select',
  quote: 'quote',
  regenerate: 'retry',
  edit: 'pencil',
  read: 'speaker',
  shareText: 'share',
  sharePicture: 'picture',
  figures: 'gauge',
}
