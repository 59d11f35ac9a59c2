import { joinedFacts } from '../locale/facts'
import type { Model } from '../protocol/frames'
import { bytesWords, rateWords, shareWords } from './bytes'

/** How far a model has come that is downloaded or loaded, as far as that is known: `34% · 167/491 MB
 * · 5.2 MB/s · ModelScope`. The size counts where the network is paid for by the byte.
 */
export function howFar(model: Partial<Model> | null): string {
  const download = model?.download ?? null
  const facts = [
    percentOf(model),
    download === null ? '' : shareWords(download.done, download.total),
    download?.bytes_per_second ? rateWords(download.bytes_per_second) : '',
    download?.source ?? '',
  ]
  return joinedFacts(facts.filter((fact) => fact !== ''))
}

export function percentOf(model: Partial<Model> | null): string {
  const progress = model?.progress ?? null
  return progress === null ? '' : `${Math.round(progress * 100)}%`
}

/** What is still to be downloaded, such as `491 MB`; empty where that is nothing or not known. */
export function sizeToDownload(model: Partial<Model> | null): string {
  const download = model?.download ?? null
  return download === null ? '' : bytesWords(download.total - download.done)
}
