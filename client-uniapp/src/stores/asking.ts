import { defineStore } from 'pinia'
import { toSend } from '../options/rules'
import { randomId } from '../platform/randomId'
import type { Answer } from '../protocol/conversation'
import { sendFrames } from '../protocol/resume'
import { answerAgain, ask, askInstead } from '../protocol/turns'
import { useConversationStore } from './conversation'
import { useModelsStore } from './models'
import { putOut } from './outbox'
import { usePreferencesStore } from './preferences'
import { transmit } from './transmit'

/** Asks questions in the conversation on the screen, with the current model and options. */
export const useAskingStore = defineStore(
  'asking',
  () => {
    const shown = useConversationStore()
    const models = useModelsStore()
    const preferences = usePreferencesStore()

    function submit(content: string): void {
      const question = newQuestion(content)
      shown.change(ask(shown.conversation, question))
      post(question.key)
    }

    /** Asks in other words, as a branch beside the question with `key`; also beside the first. */
    function edit(key: string, content: string): void {
      const question = newQuestion(content)
      shown.change(askInstead(shown.conversation, key, question))
      post(question.key)
    }

    /** Asks for another answer beside this one. Does nothing while an answer is being written. */
    function regenerate(answer: Answer): void {
      if (shown.isRunning) return
      const question = newQuestion('')
      shown.change(answerAgain(shown.conversation, answer, question))
      post(question.key)
    }

    /** What the server knows gets another answer; a question that it does not is sent again. */
    function retry(): void {
      const answer = shown.lastAnswer
      const question = shown.messages[shown.messages.length - 2]
      if (answer === null || question?.role !== 'user' || shown.isRunning) return
      const isKnown = shown.conversation.id !== null && question.id !== null
      if (isKnown) regenerate(answer)
      else edit(question.key, question.content)
    }

    const newQuestion = (content: string) => ({
      key: randomId(),
      content,
      model: models.current?.id ?? null,
      ...currentOptions(),
    })

    /** The conversation's own go before those of this device, as far as the model takes them. */
    const currentOptions = () =>
      toSend({ ...preferences.options, ...shown.conversation.options }, models.current)

    /** Kept until it is answered, whatever becomes of the network and of this page. */
    function post(key: string): void {
      const frames = sendFrames(shown.conversation, key)
      putOut(frames)
      transmit(frames)
    }

    return { submit, edit, regenerate, retry }
  },
  { retained: 'holds no data of its own' },
)
