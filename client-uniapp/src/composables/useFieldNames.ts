import { nextTick, onMounted, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { nameFields } from '../platform/fieldNames'

/**
 * Lets a screen reader read the names of the fields inside of what matches `within`. `shown` is
 * what makes a field appear later.
 */
export function useFieldNames(within: string, shown: () => unknown = () => null): void {
  const { locale } = useI18n()
  const name = () => nextTick(() => nameFields(within))
  onMounted(name)
  watch(() => [shown(), locale.value], name, { flush: 'post' })
}
