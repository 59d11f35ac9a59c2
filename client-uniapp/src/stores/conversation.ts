import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Answer, Conversation } from '../protocol/conversation'
import {
  currentAnswer,
  emptyConversation,
  isAnswer,
  questionOf,
  unfinishedAnswers,
} from '../protocol/conversation'
import type { ClientFrame, ServerFrame } from '../protocol/frames'
import { adopt } from '../protocol/history'
import { receive as reduce } from '../protocol/reducer'
import {
  catchUpFrames,
  lateStops,
  leaveFrames,
  resumeFrames,
  sendFrames,
  unsentFrames,
} from '../protocol/resume'
import { answerAgain, ask, askInstead, isBranch, markAttaching, requestStop } from '../protocol/turns'
import { toSend } from '../options/rules'
import { randomId } from '../platform/randomId'
import type { ConversationWishes, StoredConversation } from '../protocol/rest'
import { changeConversation, createConversation, fetchTree } from '../session/http'
import { useConnectionStore } from './connection'
import { forgetNew, keep, recall, recallNew, recallOne } from './kept'
import { useModelsStore } from './models'
import { askedElsewhere, putOut, settle, takeOut } from './outbox'
import { usePreferencesStore } from './preferences'
import { useToastStore } from './toast'

const NEWS_MS = 150

/** The conversation on the screen; frames and the stored tree change it through pure functions. */
export const useConversationStore = defineStore('conversation', () => {
  const connection = useConnectionStore()
  const models = useModelsStore()
  const preferences = usePreferencesStore()
  const toast = useToastStore()
  const kept = recall()
  const conversation = shallowRef<Conversation>(kept.conversation)
  const draft = ref(kept.draft)
  /** Nothing of it was seen here before, and the server has not told it yet. */
  const isUnseen = ref(false)
  const isOpening = ref(false)
  /** Raised by every accepted turn: a tree asked for before it may lack the turn. */
  let turns = 0
  /** Something changed while a question was on its way; see `refresh`. */
  let isStale = false
  let refreshing: ReturnType<typeof setTimeout> | undefined
  /** What was withdrawn and not answered yet, by run. */
  const takenBack = new Map<string, string>()

  const messages = computed(() => conversation.value.messages)
  const isRunning = computed(() => unfinishedAnswers(conversation.value).length > 0)
  const lastAnswer = computed(() => messages.value.filter(isAnswer).pop() ?? null)

  function receive(frames: ServerFrame[]): void {
    const now = Date.now()
    conversation.value = frames.reduce(
      (state, frame) => reduce(state, frame, now),
      conversation.value,
    )
    frames.forEach(putBack)
    transmit(frames.flatMap((frame) => settle(frame, isShown)))
    transmit(frames.flatMap((frame) => lateStops(conversation.value, frame)))
    turns += frames.filter(({ type }) => type === 'accepted').length
    catchUp()
    if (isStale || frames.some(isNews)) refreshSoon()
  }

  function submit(content: string): void {
    const asking = newAsking(content)
    change(ask(conversation.value, asking))
    post(asking.key)
  }

  /** Asks in other words, as a branch beside the question with `key`; also beside the first. */
  function edit(key: string, content: string): void {
    const asking = newAsking(content)
    change(askInstead(conversation.value, key, asking))
    post(asking.key)
  }

  /** Another answer beside this one. */
  function regenerate(answer: Answer): void {
    if (isRunning.value) return
    const asking = newAsking('')
    change(answerAgain(conversation.value, answer, asking))
    post(asking.key)
  }

  /** What the server knows gets another answer; a question that it does not is sent again. */
  function retry(): void {
    const answer = lastAnswer.value
    const question = messages.value[messages.value.length - 2]
    if (answer === null || question?.role !== 'user' || isRunning.value) return
    const isKnown = conversation.value.id !== null && question.id !== null
    if (isKnown) regenerate(answer)
    else edit(question.key, question.content)
  }

  /** Shows the branch that `leaf` is in, on all devices. */
  async function choose(leaf: string): Promise<void> {
    const { id } = conversation.value
    if (id === null) return
    const chosen = await changeConversation(id, { leaf }).catch(toast.tell)
    if (chosen) await refresh()
  }

  /**
   * Who answers, by what prompt, and how it is sampled. Also before the first question: the
   * conversation is then made without messages. Whether the server has it now.
   */
  async function configure(wishes: ConversationWishes): Promise<boolean> {
    const { id } = conversation.value
    if (unsentFrames(conversation.value).length > 0) {
      toast.show('toast.onItsWay')
      return false
    }
    const call = id === null ? createConversation(wishes) : changeConversation(id, wishes)
    const told = await call.catch(toast.tell)
    if (!told) return false
    if (id === null) forgetNew()
    if (conversation.value.id === id) change({ ...conversation.value, ...settingsOf(told) })
    return true
  }

  /** Its text comes back into the composer, if nothing is there, once the server has let go. */
  function withdraw({ run, key }: Answer): void {
    const question = questionOf(conversation.value, key)
    if (run === null || !question) return
    takenBack.set(run, question.content)
    transmit([{ type: 'withdraw', run }])
  }

  /** Go on with the last answer where its text ends; the answer opens with the new epoch. */
  function goOn(): void {
    const run = lastAnswer.value?.run
    if (run && !isRunning.value) transmit([{ type: 'resume', run }])
  }

  /** What waits behind the answer is asked then; it has a button of its own to take it back. */
  function stop(): void {
    const answer = currentAnswer(conversation.value)
    if (answer === null) return
    change(requestStop(conversation.value, answer.key))
    if (answer.run === null) takeOut(answer.key)
    else transmit([{ type: 'stop', run: answer.run }])
  }

  /** What is being written elsewhere goes on, and what was typed for a new one is there again. */
  function startNew(): void {
    leave()
    draft.value = recallNew()
    change(emptyConversation())
  }

  /** Ends once the server has told what it has, or could not. */
  async function open(id: string, title = ''): Promise<void> {
    if (id === conversation.value.id) return
    leave()
    const seen = recallOne(id)
    draft.value = seen?.draft ?? ''
    isUnseen.value = seen === null
    change(seen?.conversation ?? { ...emptyConversation(), id, title })
    transmit(resumeFrames(conversation.value))
    await refresh()
  }

  function leave(): void {
    save()
    isUnseen.value = false
    putOut(unsentFrames(conversation.value))
    transmit(leaveFrames(conversation.value))
  }

  /** News come in flocks. A server that is leaving cannot be asked; its next greeting is news. */
  function refreshSoon(): void {
    clearTimeout(refreshing)
    refreshing = setTimeout(() => {
      if (connection.state.name !== 'waiting') void refresh()
    }, NEWS_MS)
  }

  /**
   * Takes over what the server has stored; without it what was seen stays. A question on its way
   * could be stored already without its name being known here, and would be shown twice.
   */
  async function refresh(): Promise<void> {
    const { id } = conversation.value
    isStale = unsentFrames(conversation.value).length > 0
    if (id === null || isStale) return
    const before = turns
    isOpening.value = true
    const tree = await fetchTree(id).catch(() => null)
    if (conversation.value.id !== id) return
    if (before !== turns) return refresh()
    isOpening.value = false
    if (tree === null) return
    isUnseen.value = false
    change(adopt(tree, conversation.value))
    catchUp()
  }

  function isNews(frame: ServerFrame): boolean {
    if (frame.type === 'hello') return true
    if (frame.type === 'accepted') return isBranch(conversation.value, frame.client_msg_id)
    const { id, revision } = conversation.value
    return frame.type === 'changed' && frame.conversation === id && frame.revision > revision
  }

  function putBack(frame: ServerFrame): void {
    if (frame.type !== 'withdrawn') return
    const content = takenBack.get(frame.run)
    takenBack.delete(frame.run)
    if (content !== undefined && draft.value.trim() === '') draft.value = content
  }

  const newAsking = (content: string) => ({
    key: randomId(),
    content,
    model: models.current?.id ?? null,
    ...optionsNow(),
  })

  /** The conversation's own go before those of this device, as far as the model takes them. */
  const optionsNow = () =>
    toSend({ ...preferences.options, ...conversation.value.options }, models.current)

  function change(next: Conversation): void {
    conversation.value = next
    save()
  }

  function catchUp(): void {
    const frames = catchUpFrames(conversation.value)
    if (frames.length === 0) return
    conversation.value = markAttaching(conversation.value)
    transmit(frames)
  }

  /** Kept until it is answered, whatever becomes of the network and of this page. */
  function post(key: string): void {
    const frames = sendFrames(conversation.value, key)
    putOut(frames)
    transmit(frames)
  }

  const isShown = (key: string): boolean => messages.value.some((message) => message.key === key)
  const transmit = (frames: ClientFrame[]): void => frames.forEach(connection.send)
  const resume = (): ClientFrame[] =>
    askedElsewhere(isShown).concat(resumeFrames(conversation.value))
  const save = (): void => keep({ conversation: conversation.value, draft: draft.value })

  return {
    conversation,
    draft,
    isOpening,
    isUnseen,
    messages,
    isRunning,
    lastAnswer,
    receive,
    submit,
    edit,
    regenerate,
    choose,
    configure,
    withdraw,
    retry,
    goOn,
    stop,
    startNew,
    open,
    refresh,
    resume,
    save,
  }
})

/** What the server has told of a conversation besides its messages. */
function settingsOf(told: StoredConversation) {
  const { id, revision, persona, options, system_prompt: systemPrompt } = told
  return { id, revision, persona, options, systemPrompt }
}
