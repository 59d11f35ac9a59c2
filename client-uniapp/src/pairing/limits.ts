/** How much a member may ask for: what can be limited, and how a limit is set. Pure. */
import type { NumberRange } from '../options/knobs'
import { LARGEST_LIMIT } from '../options/ranges'
import type { MemberLimits, OwnLimits } from '../protocol/members'

export type LimitName = keyof MemberLimits

/** The server's usual limit, none at all, or a number of the member's own. */
export type LimitChoice = 'usual' | 'none' | 'own'

const range = (step: number, usual: number): NumberRange => ({
  min: 1,
  max: LARGEST_LIMIT,
  step,
  isWhole: true,
  usual,
})

/** From what is felt first to what is felt last. */
export const LIMITS: readonly { name: LimitName; range: NumberRange }[] = [
  { name: 'messages_per_minute', range: range(1, 10) },
  { name: 'messages_per_day', range: range(10, 100) },
  { name: 'runs_at_once', range: range(1, 2) },
  { name: 'prompt_tokens', range: range(1024, 8192) },
  { name: 'remote_tokens_per_day', range: range(10_000, 100_000) },
]

export function choiceOf(limit: number | null): LimitChoice {
  if (limit === null) return 'usual'
  return limit === 0 ? 'none' : 'own'
}

/** What is sent to the server: null is its usual one, 0 is none; `own` may be unreadable still. */
export function limitOf(choice: LimitChoice, own: number | null): number | null | undefined {
  if (choice === 'usual') return null
  return choice === 'none' ? 0 : (own ?? undefined)
}

/** How many the member's own limits are. */
export const ownLimits = (member: OwnLimits): number =>
  LIMITS.filter(({ name }) => typeof member[name] === 'number').length

/** Those that the server knows of. */
export const knownLimits = (member: OwnLimits): typeof LIMITS =>
  LIMITS.filter(({ name }) => member[name] !== undefined)

/** Whether a member may use models of providers: as the role says, or whatever it says. */
export type RemoteChoice = 'usual' | 'yes' | 'no'

export function remoteChoiceOf(allowed: boolean | null): RemoteChoice {
  if (allowed === null) return 'usual'
  return allowed ? 'yes' : 'no'
}

export const allowedBy = (choice: RemoteChoice): boolean | null =>
  choice === 'usual' ? null : choice === 'yes'
