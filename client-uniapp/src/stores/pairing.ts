import { defineStore } from 'pinia'
import { ref } from 'vue'
import { deviceName } from '../platform/deviceName'
import { readOwn, writeOwn } from '../platform/ownStorage'
import type { Paired } from '../protocol/members'
import type { ServerFrame } from '../protocol/frames'
import { HttpFailure } from '../session/failure'
import { fetchMe, redeemCode, signInAs } from '../session/pairing'
import { meet } from '../session/meeting'
import { keepToken, readToken, storedDevice, storedToken } from '../session/token'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'
import { forgetEverything } from './forget'
import { useLibraryStore } from './library'
import { useToastStore } from './toast'

/** The member of whom this device was last; another one must not see what is left of that here. */
const MEMBER = 'member'

/** Whether this device is paired: by the code it was opened with, by a token, or not at all. */
export const usePairingStore = defineStore(
  'pairing',
  () => {
    const connection = useConnectionStore()
    const conversation = useConversationStore()
    const library = useLibraryStore()
    const toast = useToastStore()
    /** The server accepts paired devices only, and this is none. */
    const isUnpaired = ref(false)
    /** Why the code did not pair: the server's sentence, '' where it was not reached, or null. */
    const trouble = ref<string | null>(null)
    const isTrying = ref(false)
    let untried: string | null = null

    /** Connects, first pairing by `code` where the page was opened with one. */
    async function begin(code: string | null): Promise<void> {
      settle()
      if (code !== null) await redeem(code)
      connection.start()
    }

    /** A known device keeps its token: a link that is scanned daily makes one device, not many. */
    async function redeem(code: string): Promise<void> {
      await attempt(async () => {
        if (await isKnown()) toast.show('pairing.known')
        else await redeemCode(code, deviceName()).then(enter, (failure) => fail(failure, code))
      })
    }

    /** For a member who has no paired device at hand. */
    async function signIn(member: string, password: string): Promise<void> {
      await attempt(() =>
        signInAs(member, password, deviceName()).then(enter, (failure) => fail(failure)),
      )
    }

    /** One at a time; an earlier failure is not shown any more. */
    async function attempt(way: () => Promise<void>): Promise<void> {
      if (isTrying.value) return
      isTrying.value = true
      trouble.value = null
      untried = null
      await way()
      isTrying.value = false
    }

    /** The code that did not reach the server, once more. */
    async function again(): Promise<void> {
      if (untried !== null) await redeem(untried)
      else trouble.value = null
    }

    async function isKnown(): Promise<boolean> {
      await meet().catch(() => undefined)
      return readToken() !== null && (await fetchMe().catch(() => null)) !== null
    }

    function fail(failure: unknown, code: string | null = null): void {
      if (!(failure instanceof HttpFailure)) throw failure
      if (connection.isOnline) return toast.showFailure(failure)
      if (failure.sentence === null) untried = code
      trouble.value = failure.sentence ?? ''
      isUnpaired.value = true
    }

    /** With what the server gave for a code or for six digits. */
    function enter({ token, device, member }: Paired): void {
      if (isAnothers(member.id)) forgetEverything()
      keepToken(token, device.id)
      writeOwn(MEMBER, member.id)
      settle()
      connection.restart()
    }

    /** Whether what is here belongs to somebody else; what was just typed on a new phone does not. */
    function isAnothers(member: string): boolean {
      const before = readOwn(MEMBER)
      if (before) return before !== member
      return conversation.conversation.id !== null || library.rows.length > 0
    }

    /**
     * The server knows no device by the token `shown`. It may accept this one without any: the
     * computer itself, or all of an open network.
     */
    function refuse(shown: string | null): void {
      const token = shown === null ? readToken() : storedToken()
      if (token !== null && token !== shown) return connection.start()
      if (shown === null) return requirePairing()
      forgetEverything()
      connection.restart()
    }

    /** Not where it is being found out just now: by a code on its way, or by the next greeting. */
    function requirePairing(): void {
      if (!isTrying.value && !connection.isBegun) isUnpaired.value = true
    }

    function settle(): void {
      isUnpaired.value = false
      trouble.value = null
      untried = null
    }

    function receive(frame: ServerFrame): void {
      if (frame.type !== 'hello') return
      settle()
      const token = readToken()
      if (token !== null && storedDevice() === null) keepToken(token, frame.device)
    }

    return { isUnpaired, trouble, isTrying, begin, redeem, signIn, again, enter, refuse, receive }
  },
  { retained: 'decides whether this device is paired, also after its removal' },
)
