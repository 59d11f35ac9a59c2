/** Facts in one row, such as `491 MB · Q4_K_M`. No line begins with the dot where they wrap. */
export const joinedFacts = (facts: readonly string[]): string => facts.join('\u00a0· ')
