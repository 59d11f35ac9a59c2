import { defineStore } from 'pinia'
import type { ClientFrame, ServerFrame } from '../protocol/frames'
import { adopt } from '../protocol/history'
import { receive as reduce } from '../protocol/reducer'
import { catchUpFrames, lateStops, resumeFrames, unsentFrames } from '../protocol/resume'
import { isBranch, markAttaching } from '../protocol/turns'
import { fetchTree } from '../session/http'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'
import { askedElsewhere, settle } from './outbox'
import { useRunControlStore } from './runControl'
import { transmit } from './transmit'

/** Changes come in groups; one fetch serves those of this time. */
const REFRESH_DELAY_MS = 150

/** Keeps the conversation on the screen equal to the server's: by its frames and by its tree. */
export const useSyncStore = defineStore('sync', () => {
  const connection = useConnectionStore()
  const shown = useConversationStore()
  const runs = useRunControlStore()
  /** Raised by every accepted question: a tree asked for before it may lack the question. */
  let accepted = 0
  /** Something changed while a question was on its way; see `refresh`. */
  let isStale = false
  let refreshing: ReturnType<typeof setTimeout> | undefined

  function receive(frames: ServerFrame[]): void {
    const now = Date.now()
    shown.conversation = frames.reduce(
      (state, frame) => reduce(state, frame, now),
      shown.conversation,
    )
    frames.forEach(runs.receive)
    transmit(frames.flatMap((frame) => settle(frame, shown.isShown)))
    transmit(frames.flatMap((frame) => lateStops(shown.conversation, frame)))
    accepted += frames.filter(({ type }) => type === 'accepted').length
    catchUp()
    if (isStale || frames.some(isChange)) refreshSoon()
  }

  /** What is sent after each connection: the questions on their way and the answers followed. */
  const resume = (): ClientFrame[] =>
    askedElsewhere(shown.isShown).concat(resumeFrames(shown.conversation))

  /** A server that is leaving cannot be asked; its next greeting brings another refresh. */
  function refreshSoon(): void {
    clearTimeout(refreshing)
    refreshing = setTimeout(() => {
      if (connection.state.name !== 'waiting') void refresh()
    }, REFRESH_DELAY_MS)
  }

  /**
   * Takes over what the server has stored; where it is out of reach, what was seen stays. A question
   * on its way could be stored already without its id being known here, and would be shown twice.
   */
  async function refresh(): Promise<void> {
    const { id } = shown.conversation
    isStale = unsentFrames(shown.conversation).length > 0
    if (id === null || isStale) return
    const before = accepted
    shown.isOpening = true
    const tree = await fetchTree(id).catch(() => null)
    if (shown.conversation.id !== id) return
    if (before !== accepted) return refresh()
    shown.isOpening = false
    if (tree === null) return
    shown.isUnseen = false
    shown.change(adopt(tree, shown.conversation))
    catchUp()
  }

  /** Whether the server may have more than this page after the frame. */
  function isChange(frame: ServerFrame): boolean {
    if (frame.type === 'hello') return true
    if (frame.type === 'accepted') return isBranch(shown.conversation, frame.client_msg_id)
    const { id, revision } = shown.conversation
    return frame.type === 'changed' && frame.conversation === id && frame.revision > revision
  }

  function catchUp(): void {
    const frames = catchUpFrames(shown.conversation)
    if (frames.length === 0) return
    shown.conversation = markAttaching(shown.conversation)
    transmit(frames)
  }

  function forget(): void {
    isStale = false
    clearTimeout(refreshing)
  }

  return { receive, resume, refresh, forget }
})
