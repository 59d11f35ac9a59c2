import type { Rules, Token, Tokens } from 'marked'

import { headerCount, rowCells } from './cells'

type Align = Tokens.Table['align'][number]

function alignOf(dashes: string): Align {
  const [begins, ends] = [/^ *:/.test(dashes), /: *$/.test(dashes)]
  if (begins && ends) return 'center'
  return ends ? 'right' : begins ? 'left' : null
}

/** marked's table, with cells that are cut by `rowCells`; `inline` lexes the text of one. */
export function tableToken(
  src: string,
  rules: Rules,
  inline: (text: string) => Token[],
): Tokens.Table | undefined {
  const [raw, header = '', dashes = '', body = ''] = rules.block.table.exec(src) ?? []
  if (raw === undefined || !/[:|]/.test(dashes)) return undefined
  const align = dashes.replace(/^\||\| *$/g, '').split('|').map(alignOf)
  if (headerCount(header, align.length) !== align.length) return undefined
  const cellsOf = (row: string, isHeader: boolean): Tokens.TableCell[] =>
    rowCells(row, align.length).map((text, column) => {
      return { text, tokens: inline(text), header: isHeader, align: align[column] ?? null }
    })
  const rows = body.trim() === '' ? [] : body.replace(/\n[ \t]*$/, '').split('\n')
  return {
    type: 'table',
    raw: raw.replace(/\n+$/, ''),
    align,
    header: cellsOf(header, true),
    rows: rows.map((row) => cellsOf(row, false)),
  }
}
