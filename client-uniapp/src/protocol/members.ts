/** What the server's REST API answers about devices, members and pairing. */
import type { ServerAddress } from './rest'

export type Role = 'owner' | 'member' | 'guest' | 'visitor'

/** `current` is the one that asks; with `is_key` it is a program. */
export interface PairedDevice {
  id: string
  name: string
  member: string
  created_at: string
  last_seen: string | null
  current: boolean
  is_key: boolean
}

/** 0 is no limit. */
export interface MemberLimits {
  messages_per_minute: number
  messages_per_day: number
  runs_at_once: number
  prompt_tokens: number
  /** Of models that others run. Older servers do not know it. */
  remote_tokens_per_day?: number
}

/** A member's own; null is the server's usual one. */
export type OwnLimits = { [Name in keyof MemberLimits]: number | null }

/** The owner is the first; `usual` holds where a member's own limit is null. */
export interface Members {
  members: Member[]
  usual: MemberLimits
}

/** `devices` counts those paired now. Guests are gone at `expires_at`. */
export interface Member extends OwnLimits {
  id: string
  name: string
  colour: string
  role: Role
  expires_at: string | null
  devices: number
  /** Null leaves it to the role; an older server does not know of it. */
  remote_models?: boolean | null
  has_password: boolean
}

/** The token is sent this once. */
export interface Paired {
  token: string
  device: Omit<PairedDevice, 'current'>
  member: Member
}

/** Shown are the `digits`; claimed is with the `request`, for `seconds`. */
export interface PairingRequest {
  request: string
  digits: string
  seconds: number
}

/** Without `pairing` the server knows no devices; `device` is null for one that is not paired. */
export interface Me {
  role: Role
  pairing: boolean
  device: string | null
  member: Member | null
}

/** The first address that is opened lets one device in, for `seconds`. */
export interface Invitation {
  member: string
  seconds: number
  addresses: ServerAddress[]
}

/** How far a pairing request is: `member` is whose device it becomes, once it is approved. */
export interface PairingProgress {
  approved: boolean
  member?: Approver | null
}

/** The owner may have no name. */
export interface Approver {
  name: string
  role: Role
}

/** The screen whose digits were typed. */
export interface WaitingScreen {
  digits: string
  name: string
  address: string
}
