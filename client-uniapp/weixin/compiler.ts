/** WeChat's own compilers of templates and style sheets, as far as they run on this machine. */
import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'mac',
  win32: 'windows',
}

type Compiler = 'wcc' | 'wcsc'

/** What it complains of; empty is nothing. */
export function complaints(compiler: Compiler, folder: string, files: string[]): string {
  const { stderr } = spawnSync(program(compiler), files, { cwd: folder, maxBuffer: 2 ** 26 })
  return stderr.toString().trim()
}

/** They are made for Intel's processors; elsewhere the pages cannot be run. */
export const compilersRun = spawnSync(program('wcsc'), ['-v']).error === undefined

function program(compiler: Compiler): string {
  const simulate = createRequire(import.meta.url).resolve('miniprogram-simulate')
  const main = createRequire(simulate).resolve('miniprogram-compiler')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const system = SYSTEMS[process.platform] ?? 'linux'
  const file = join(dirname(main), 'bin', system, compiler + suffix)
  chmodSync(file, 0o755)
  return file
}
