/** What a member is marked with, readable on both grounds; '' for none. */
export const COLOURS = [
  { name: 'none', colour: '' },
  { name: 'red', colour: '#c2504a' },
  { name: 'orange', colour: '#b8742a' },
  { name: 'green', colour: '#4b8a55' },
  { name: 'teal', colour: '#2f8791' },
  { name: 'blue', colour: '#4a76b8' },
  { name: 'purple', colour: '#8a62b0' },
] as const
