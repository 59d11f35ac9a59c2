/** What a file system of today refuses in a name, and what hides a name's end. */
const REFUSED = /[\\/:*?"<>|\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
/** Windows, and most cloud folders, allow 255 bytes; a Chinese character takes three. */
const LONGEST = 60

/** A title as a file's name with this ending; `otherwise` where nothing of it is left. */
export function exportName(title: string, otherwise: string, ending: string): string {
  const words = title.replace(REFUSED, ' ').replace(/\s+/g, ' ').replace(/^[. ]+/, '')
  const short = [...words].slice(0, LONGEST).join('').replace(/[. ]+$/, '')
  return `${short || otherwise}.${ending}`
}

/** The day by this device's clock, in the order that sorts: `2026-12-02`. */
export function dayName(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
