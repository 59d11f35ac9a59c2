import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { bytesWords } from '../models/bytes'
import { useExportsStore } from '../stores/exports'

const MEGABYTE = 1_000_000

/** How far the export is, and what came of it, in words. */
export function useExportWords() {
  const { t } = useI18n()
  const exports = useExportsStore()
  const progress = computed(() => {
    const bytes = exports.received
    if (bytes < MEGABYTE) return t('exports.running')
    return t('exports.received', { size: bytesWords(bytes) })
  })
  const result = computed(() => {
    const outcome = exports.outcome
    return outcome === null ? '' : (outcome.sentence ?? t(outcome.key, { name: outcome.name }))
  })
  return { progress, result }
}
