/** The compiled mini-program: what WeChat's developer tool opens. */
import { cpSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
export const BUILT = join(HERE, '..', 'dist', 'build', 'mp-weixin')

export interface BuiltFile {
  path: string
  bytes: number
}

export function builtFiles(folder = BUILT): BuiltFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, found: statSync(join(folder, name)) }))
    .filter(({ found }) => found.isFile())
    .map(({ name, found }) => ({ path: name.replace(/\\/g, '/'), bytes: found.size }))
}

/** Node takes its files for ES modules unless a package beside them says what they are. */
export function runnableCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'myllm-weixin-'))
  cpSync(BUILT, join(folder, 'built'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}')
  return join(folder, 'built')
}
