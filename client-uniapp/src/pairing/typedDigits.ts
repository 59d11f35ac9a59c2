/** The digits of what was typed or pasted: a Chinese keyboard's wide ones count, spaces do not. */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/[^0-9]/g, '')
