import { defineStore } from 'pinia'
import type { Answer } from '../protocol/conversation'
import { currentAnswer, questionOf } from '../protocol/conversation'
import type { ServerFrame } from '../protocol/frames'
import { requestStop } from '../protocol/turns'
import { useConversationStore } from './conversation'
import { takeOut } from './outbox'
import { transmit } from './transmit'

/** Stops, resumes and withdraws the runs of the conversation on the screen. */
export const useRunControlStore = defineStore('runControl', () => {
  const shown = useConversationStore()
  /** The questions that were withdrawn and are not confirmed yet, by run. */
  const withdrawn = new Map<string, string>()

  /** Stops the answer being written; one that waits behind it has a button of its own. */
  function stop(): void {
    const answer = currentAnswer(shown.conversation)
    if (answer === null) return
    shown.change(requestStop(shown.conversation, answer.key))
    if (answer.run === null) takeOut(answer.key)
    else transmit([{ type: 'stop', run: answer.run }])
  }

  /** Continues the last answer where its text ends; the answer opens with the new epoch. */
  function goOn(): void {
    const run = shown.lastAnswer?.run
    if (run && !shown.isRunning) transmit([{ type: 'resume', run }])
  }

  /** Its text comes back into the composer, if that is empty, once the server has confirmed. */
  function withdraw({ run, key }: Answer): void {
    const question = questionOf(shown.conversation, key)
    if (run === null || !question) return
    withdrawn.set(run, question.content)
    transmit([{ type: 'withdraw', run }])
  }

  function receive(frame: ServerFrame): void {
    if (frame.type !== 'withdrawn') return
    const content = withdrawn.get(frame.run)
    withdrawn.delete(frame.run)
    if (content !== undefined && shown.draft.trim() === '') shown.draft = content
  }

  const forget = (): void => withdrawn.clear()

  return { stop, goOn, withdraw, receive, forget }
})
