/** Where the time comes from; tests hand in one that they can set. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
