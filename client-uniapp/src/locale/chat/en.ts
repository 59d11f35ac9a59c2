import type { chatZh } from './zh'

export const chatEn: typeof chatZh = {
  chatOptions: {
    thinking: 'Thinking',
    on: 'On',
    off: 'Off',
    byModel: 'Default',
  },
  silence: {
    reading: 'Reading your message (about {count} tokens)…',
    computing: 'Connected; the model is still working…',
    thinking: 'The model is still thinking…',
    provider: 'Waiting for {provider} to respond…',
    lost: 'Connection lost, reconnecting…',
  },
  usePersona: {
    used: 'Now using “{name}”',
    edit: 'Edit “{name}”',
    copy: 'Copy “{name}”',
  },
  answerTimes: {
    both: 'First word in {first} s, full answer in {whole} s',
  },
}
