import { useI18n } from 'vue-i18n'
import type { ActName } from '../message/acts'
import { plainText } from '../message/plain'
import { sentencesOf } from '../message/speakable'
import { copyText } from '../platform/clipboard'
import { focusComposer } from '../platform/composerField'
import { shareText } from '../platform/share'
import type { Message } from '../protocol/conversation'
import { isAnswer } from '../protocol/conversation'
import { useAskingStore } from '../stores/asking'
import { useMessageMenuStore } from '../stores/messageMenu'
import { useQuoteStore } from '../stores/quote'
import { useToastStore } from '../stores/toast'
import { useVoiceStore } from '../stores/voice'

/** Carries out what was chosen in a message's menu. */
export function useMessageActs() {
  const { t } = useI18n()
  const asking = useAskingStore()
  const menu = useMessageMenuStore()
  const quotes = useQuoteStore()
  const toast = useToastStore()
  const voice = useVoiceStore()

  const carryOut: Record<ActName, (message: Message) => void | Promise<void>> = {
    copyPart: () => copy(menu.selection),
    copyText: (message) => copy(textOf(message)),
    copyMarkdown: ({ content }) => copy(content),
    select: () => void (menu.panel = 'select'),
    quotePart: () => quote(menu.selection),
    quote: ({ content }) => quote(content),
    regenerate: (message) => (isAnswer(message) ? asking.regenerate(message) : undefined),
    edit: ({ key }) => void (menu.editing = key),
    read,
    shareText: share,
    sharePicture: () => void (menu.panel = 'picture'),
    figures: () => void (menu.panel = 'figures'),
  }

  /** What opens another panel stays in the sheet; everything else leaves it. */
  async function perform(name: ActName, message: Message): Promise<void> {
    const done = carryOut[name](message)
    if (menu.panel === 'acts') menu.close()
    await done
  }

  async function copy(text: string): Promise<void> {
    toast.show((await copyText(text)) ? 'answer.copied' : 'answer.copyFailed')
  }

  function quote(text: string): void {
    quotes.put(text)
    menu.close()
    focusComposer()
  }

  function read(message: Message): Promise<void> {
    const stand = {
      code: t('message.code'),
      formula: t('message.formula'),
      picture: t('message.image'),
    }
    return voice.read(message, sentencesOf(message.content, stand))
  }

  async function share(message: Message): Promise<void> {
    const outcome = await shareText(textOf(message))
    if (outcome === 'copied') toast.show('message.sharedByCopy')
    if (outcome === 'failed') toast.show('message.notShared')
  }

  return { perform, copy, quote }
}

/** What a person wrote is no Markdown. */
export function textOf(message: Message): string {
  return isAnswer(message) ? plainText(message.content) : message.content
}
