import type { StoredConversation } from '../protocol/rest'

export type GroupName = 'pinned' | 'today' | 'yesterday' | 'week' | 'month' | 'older'

export interface Group {
  name: GroupName
  conversations: StoredConversation[]
}

/** In the order of the list, which has the pinned ones first and then the newest. */
export function grouped(conversations: readonly StoredConversation[], now: Date): Group[] {
  const groups: Group[] = []
  for (const conversation of conversations) {
    const name = groupOf(conversation, now)
    const last = groups[groups.length - 1]
    if (last?.name === name) last.conversations.push(conversation)
    else groups.push({ name, conversations: [conversation] })
  }
  return groups
}

function groupOf({ pinned_at, updated_at }: StoredConversation, now: Date): GroupName {
  if (pinned_at !== null) return 'pinned'
  const days = daysBetween(new Date(updated_at), now)
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days < 7) return 'week'
  return days < 30 ? 'month' : 'older'
}

/** Midnights passed on this device's calendar, whatever the hours; days are not all 24 h long. */
function daysBetween(then: Date, now: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return (day(now) - day(then)) / 86_400_000
}
