import type { importsZh } from './zh'

/** What is said about importing conversations of other products. */
export const importsEn: typeof importsZh = {
  importing: {
    sources: 'JSON or zip files exported by MyLLM, ChatGPT, DeepSeek, Claude, Open WebUI and LobeHub.',
    skipped: 'Conversations not imported: {count}.',
    one: '“{title}”: {why}',
    nth: 'Conversation {number}',
    why: {
      unreadable: 'incomplete or in the wrong format',
      too_large: 'a message is too long',
      empty: 'no messages',
      unknown: 'not recognised',
    },
  },
}
