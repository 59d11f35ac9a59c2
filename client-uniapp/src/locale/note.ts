/** A sentence of the locale, by its key, with the values that fill it. */
export interface Note {
  key: string
  values: Record<string, string | number>
}
