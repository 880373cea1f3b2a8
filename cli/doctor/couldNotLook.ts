/** What keeps Doctor from looking at anything; the message says what was found and what to do. */
export class CouldNotLook extends Error {}
