import { useI18n } from 'vue-i18n'
import type { Member } from '../protocol/members'

/** What a member is called: owner and guests have no name until somebody gives them one. */
export function useMemberNames(): (member: Member | null) => string {
  const { t } = useI18n()
  return (member) => {
    if (member === null) return ''
    if (member.name !== '') return member.name
    return t(member.role === 'owner' ? 'members.unnamedOwner' : 'members.guest')
  }
}
