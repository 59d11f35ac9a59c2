import type { shellZh } from './zh'

export const shellEn: typeof shellZh = {
  account: {
    title: 'Account',
    roles: { owner: 'Owner', member: 'Member', guest: 'Temporary guest', visitor: 'Guest' },
    here: 'This computer',
    until: 'Access until {time}',
    open: 'Account: {name}',
    noSignOut:
      'You are using the computer that runs MyLLM. There is no sign-in here, and nothing to sign out of.',
    guestLine:
      'Your access ends on {time}, and your conversations are then deleted. Export what you want to keep in Settings.',
    signOut: 'Sign out',
    signOutAsk:
      'Sign out? Conversations saved on this device are cleared; those on the server are kept. To come back you need to pair or sign in again.',
    signOutGuest:
      'Sign out? Conversations saved on this device are cleared. To come back you need a new invitation from the owner.',
    signingOut: 'Signing out…',
  },
  exports: {
    json: 'Export all conversations',
    jsonNote: 'A JSON file with all branches, which MyLLM can import again.',
    markdown: 'Export as Markdown',
    markdownNote: 'One file with all conversations, for reading.',
    one: 'Export',
    oneMarkdown: 'Export as Markdown',
    oneJson: 'Export as JSON',
    running: 'Exporting…',
    received: 'Exporting… {size} received',
    saved: 'Exported: {name}',
    shared: 'Exported “{name}”. Choose who to send it to.',
    unreached: 'The server cannot be reached. The export is not complete; try again later.',
    cut: 'The export was interrupted and nothing was saved. Try again.',
    notSaved: 'The file was not saved: cancelled, or not enough space.',
    notHere: 'The app cannot save files yet. Open MyLLM in the phone’s browser to export.',
    allName: 'MyLLM conversations {date}',
  },
  dictation: {
    keyboard: 'Dictate with the keyboard',
    keyboardHint:
      'Tap the microphone on your keyboard and speak. The browser’s own speech recognition would send the recording to its maker, so it is not used here.',
    none: 'Dictation (not available here)',
    noneReason:
      'Dictation is not available here: the browser’s own speech recognition would send the recording to its maker. You can use your system’s dictation, such as Win + H on Windows.',
    close: 'Close this hint',
  },
  skip: { toField: 'Skip to the message field' },
}
