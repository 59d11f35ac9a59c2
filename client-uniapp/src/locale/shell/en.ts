import type { shellZh } from './zh'

export const shellEn: typeof shellZh = {
  account: {
    title: 'Account',
    roles: { owner: 'Owner', member: 'Member', guest: 'Temporary guest', visitor: 'Guest' },
    here: 'This computer',
    until: 'Access until {time}',
    open: 'Account: {name}',
    noSignOut:
      'You’re using the computer that runs MyLLM, so there is no need to sign in or out.',
    guestLine:
      'Your access ends on {time}, and your conversations are deleted then. Export what you want to keep in “Settings” first.',
    signOut: 'Sign out',
    signOutAsk:
      'Sign out? Conversations saved on this device are cleared; those on the server are kept. To use MyLLM again, pair this device or sign in.',
    signOutGuest:
      'Sign out? Conversations saved on this device are cleared. To use MyLLM again, you need a new invitation from the owner.',
    signingOut: 'Signing out…',
  },
  exports: {
    json: 'Export all conversations',
    jsonNote: 'A JSON file with all branches that MyLLM can import again.',
    markdown: 'Export as Markdown',
    markdownNote: 'One file with all conversations, for reading.',
    one: 'Export',
    oneMarkdown: 'Export as Markdown',
    oneJson: 'Export as JSON',
    running: 'Exporting…',
    received: 'Exporting… {size} received',
    saved: 'Exported: {name}',
    shared: 'Exported “{name}”. Choose where to send it.',
    unreached: 'Can’t reach the server, so the export isn’t complete. Try again later.',
    cut: 'The export was interrupted and nothing was saved. Try again.',
    notSaved: 'The file wasn’t saved. It was cancelled, or there isn’t enough space.',
    notHere: 'The app can’t save files yet. Open MyLLM in the phone’s browser to export.',
    allName: 'MyLLM conversations {date}',
  },
  dictation: {
    keyboard: 'Dictate with the keyboard',
    keyboardHint:
      'Tap the microphone on your keyboard and speak. The browser’s speech recognition sends recordings to its maker, so it isn’t used.',
    none: 'Dictation (unavailable)',
    noneReason:
      'Dictation isn’t available: the browser’s speech recognition sends recordings to its maker, so it isn’t used. Try your system’s dictation, such as Win + H on Windows.',
    close: 'Close this hint',
  },
  skip: { toField: 'Skip to the message field' },
}
