import { defineConfig } from 'vitest/config'

/** What was compiled for WeChat, run: `npm run build:mp-weixin` comes first. */
export default defineConfig({ test: { include: ['weixin/**/*.test.ts'] } })
