import { copyText } from '../../platform/clipboard'
import { openOutside } from '../../platform/outside'

/**
 * Opens an address that has passed `safeLink` outside the page. A mini-program cannot, so there
 * the address is copied and `onCopied` tells the person.
 */
export async function openLink(href: string, onCopied: () => void): Promise<void> {
  if (!openOutside(href) && (await copyText(href))) onCopied()
}
