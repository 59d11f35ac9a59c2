import type { screensZh } from './zh'

/** The sentences of the screens over the chat. */
export const screensEn: typeof screensZh = {
  screen: {
    back: 'Back',
    done: 'Done',
    titles: {
      settings: 'Settings',
      sampling: 'How it answers',
      personas: 'Personas',
      models: 'Models',
      connection: 'Connection',
      devices: 'Devices',
      members: 'Members',
      conversation: 'This conversation',
    },
    short: { models: 'Models', connection: 'Network', settings: 'Settings', newChat: 'New' },
  },
  settings: {
    keyboard: 'Keyboard',
    looks: 'Appearance',
    language: 'Language',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    textSize: 'Text size',
    sizes: { small: 'Small', normal: 'Normal', large: 'Large', huge: 'Huge' },
    chat: 'Chat',
    thinking: 'Thinking',
    thinkings: { brief: 'Automatic', open: 'Open', folded: 'Folded' },
    thinkingNotes: {
      brief: 'Shows its last lines while it lasts, then folds.',
      open: 'Always shown in full.',
      folded: 'Always folded; a tap shows it.',
    },
    enter: 'Enter key',
    enters: { send: 'Sends', line: 'New line' },
    enterNotes: {
      send: 'Shift + Enter makes a new line.',
      line: 'The button or Ctrl + Enter sends.',
    },
    answers: 'Answers',
    server: 'Server',
  },
  imports: {
    group: 'Conversations',
    title: 'Import conversations',
    line: 'A JSON or zip file exported by MyLLM or by ChatGPT.',
    running:
      'Importing… Where somebody else is importing, that is finished first. It goes on when you leave this page.',
    done: 'Imported. New conversations: {conversations}; new messages: {messages}.',
    known: 'Messages that were here already and were left alone: {count}.',
    repaired: 'Places of the file that were incomplete or contradicted each other and were mended: {count}.',
    between: ' ',
  },
  sampling: {
    line: 'Used whenever this device asks. What is not set is left to the model.',
    usual: 'Often used',
    other: 'More',
    own: "Model's own",
    inherited: 'Device: {value}',
    untouched: "Model's own",
    changed: '{count} changed',
    reset: 'Reset all',
    on: 'On',
    off: 'Off',
    less: 'Less',
    more: 'More',
    range: 'From {min} to {max}; {usual} is usual.',
    wrong: {
      number: 'Enter a number from {min} to {max}.',
      words: 'At most {lines} lines of at most {letters} letters.',
    },
    onePerLine: 'One per line',
    names: {
      temperature: 'Randomness (temperature)',
      max_new_tokens: 'Longest answer',
      enable_thinking: 'Think first',
      top_p: 'Share of words (top P)',
      top_k: 'Number of words (top K)',
      min_p: 'Least likelihood (min P)',
      repetition_penalty: 'Repetition penalty',
      presence_penalty: 'Presence penalty',
      frequency_penalty: 'Frequency penalty',
      seed: 'Seed',
      stop: 'Stop words',
    },
    meanings: {
      temperature:
        'Low is steady and predictable, high is varied and strays more; 0 always takes the likeliest word.',
      max_new_tokens:
        'An answer stops after this many tokens; a token is about three quarters of a word.',
      enable_thinking:
        'Lets a model that can think do so before it answers: better answers, a longer wait.',
      top_p: 'Picks only from the likeliest share of words; smaller is safer, 1 is no limit.',
      top_k: 'Picks each word from this many of the likeliest; 0 is no limit.',
      min_p: 'Skips words much less likely than the likeliest; larger is safer, 0 is no limit.',
      repetition_penalty:
        'Above 1 it repeats itself less, 1 changes nothing; too much makes it stumble.',
      presence_penalty: 'Above 0 it rather brings up new things, below 0 it stays with the old.',
      frequency_penalty: 'The more often a word was used, the less it comes again; 0 changes nothing.',
      seed: 'With the same number the same question gets the same answer where possible.',
      stop: 'The answer ends where one of these would appear; the word itself is not shown.',
    },
  },
  conversation: {
    prompt: 'System prompt',
    promptNote:
      'What the model is told before the conversation, from the next message on. Your own words take the place of the persona.',
    promptPlaceholder: 'For example: You are a patient history teacher. Three paragraphs at most.',
    savePrompt: 'Save prompt',
  },
  personas: {
    line: 'A persona is a prompt with a name; choose one by tapping the title of a conversation.',
    own: 'My personas',
    none: 'None of your own yet.',
    supplied: 'Supplied',
    suppliedNote: 'Tap one to change a copy of it.',
    copyOf: '{name} (copy)',
    add: 'New persona',
    edit: 'Edit persona',
    manage: 'Manage personas',
    name: 'Name',
    namePlaceholder: 'For example: Cook',
    prompt: 'Prompt',
    promptPlaceholder: 'For example: You are a cook. List what is needed, then the steps.',
    promptNote: 'Conversations that use it already keep what they have.',
    remove: 'Delete',
  },
  models: {
    line: 'Tap to switch: the next message goes to the chosen model, which is loaded if need be.',
    none: 'The models are shown once connected.',
    builtinNote: 'The built-in model is small: good for a first try, often wrong.',
    facts: {
      download: '{size} to download',
      running: '{count} answering',
      waiting: '{count} waiting',
      speed: '{rate} tokens per second',
      context: 'reads {tokens} tokens',
      english: 'English only',
    },
  },
  network: {
    now: 'Now',
    states: {
      idle: 'Not connected',
      connecting: 'Connecting…',
      online: 'Connected',
      waiting: 'Connection lost; it comes back by itself',
    },
    roundTrip: 'Round trip {ms} ms',
    notes: 'The computer that runs MyLLM',
    who: 'Who can use it',
    open: 'Anyone on the same network can open this page and ask. Stop it on the computer in networks you do not trust.',
    closed:
      'Only this computer can use it now. For phones, stop it on the computer and run: python3 manage.py serve --open',
    paired: 'Only paired devices and the computer that runs MyLLM can use it.',
    pairNote: 'Shows a QR code for the new phone to scan.',
    next: 'For the next phone',
    nextNote:
      'Connect the phone to the same Wi-Fi or hotspot and scan with its camera; if it does not open, try another address.',
    code: 'QR code of {url}',
    copy: 'Copy {url}',
    other: 'Show {url}',
    trouble: 'A phone does not get through?',
    tips: {
      wifi: {
        name: 'Same network',
        words:
          "Phone and computer need the same Wi-Fi; mobile data does not do. Or connect the computer to the phone's hotspot.",
      },
      guest: {
        name: 'No guest network',
        words:
          'Guest, campus and hotel networks often keep devices apart: use Wi-Fi at home or a hotspot.',
      },
      firewall: {
        name: 'Firewall',
        words:
          "Allow Python to accept connections when the computer asks, or later in the system's firewall settings.",
      },
      vpn: {
        name: 'No proxy or VPN',
        words: 'A VPN on the phone or the computer may send local addresses elsewhere; turn it off and try.',
      },
    },
    version: 'Version {version} · protocol {protocol}',
  },
}
