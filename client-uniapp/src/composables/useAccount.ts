import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { joinedFacts } from '../locale/facts'
import { dayAndTime } from '../pairing/clock'
import { localeOf } from '../platform/language'
import { useMeStore } from '../stores/me'
import { usePreferencesStore } from '../stores/preferences'
import { useMemberNames } from './useMemberNames'

/** Who uses this device, in words. Without a `name` the server knows nobody by an account. */
export function useAccount() {
  const { t } = useI18n()
  const me = useMeStore()
  const preferences = usePreferencesStore()
  const nameOf = useMemberNames()

  const member = computed(() => (me.hasDevices ? (me.me?.member ?? null) : null))
  const isPaired = computed(() => (me.me?.device ?? null) !== null)
  const name = computed(() => nameOf(member.value))
  /** When a guest's access ends, by this device's clock; '' for everybody else. */
  const until = computed(() => {
    const end = member.value?.expires_at
    return end ? dayAndTime(new Date(end), localeOf(preferences.language)) : ''
  })
  /** What the name does not say already. */
  const note = computed(() => {
    if (member.value === null) return ''
    const facts = member.value.name === '' ? [] : [t(`account.roles.${member.value.role}`)]
    if (!isPaired.value) facts.push(t('account.here'))
    if (until.value) facts.push(t('account.until', { time: until.value }))
    return joinedFacts(facts)
  })

  return { member, isPaired, name, until, note }
}
