import type { Model } from '../protocol/frames'

const MEGABYTE = 1_000_000

/** How far a model has come that is downloaded or loaded, as far as that is known: `34% · 167/491 MB
 * · ModelScope`. The size counts where the network is paid for by the byte.
 */
export function howFar(model: Partial<Model> | null): string {
  return [percentOf(model), megabytesOf(model), model?.download?.source ?? '']
    .filter((part) => part !== '')
    .join(' · ')
}

export function percentOf(model: Partial<Model> | null): string {
  const progress = model?.progress ?? null
  return progress === null ? '' : `${Math.round(progress * 100)}%`
}

/** What is still to be downloaded, such as `491 MB`; empty where that is nothing or not known. */
export function sizeToDownload(model: Partial<Model> | null): string {
  const download = model?.download ?? null
  return download === null ? '' : `${Math.round((download.total - download.done) / MEGABYTE)} MB`
}

/** Empty also of a server older than the field. */
function megabytesOf(model: Partial<Model> | null): string {
  const download = model?.download ?? null
  if (download === null) return ''
  const [done, total] = [download.done, download.total].map((bytes) => Math.floor(bytes / MEGABYTE))
  return `${done}/${total} MB`
}
