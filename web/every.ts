/** Calls back over and over; answers how to stop. */
export type Every = (milliseconds: number, action: () => void) => () => void;

export const everyInterval: Every = (milliseconds, action) => {
  const timer = setInterval(action, milliseconds);
  return () => clearInterval(timer);
};
