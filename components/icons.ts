/**
 * The icons, each the `d` of one path on a 24 × 24 grid, drawn with the stroke of `Icon`. They are
 * separate constants so that a page's script carries only those its islands draw.
 */
export const home =
  "M4 11.2 12 4l8 7.2V19a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19ZM9.5 20.5v-6h5v6";
export const search = "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.8 15.8 20.5 20.5";
export const create =
  "M6 3.75h12A2.25 2.25 0 0 1 20.25 6v12A2.25 2.25 0 0 1 18 20.25H6A2.25 2.25 0 0 1 3.75 18V6A2.25 2.25 0 0 1 6 3.75ZM12 8.25v7.5M8.25 12h7.5";
export const messages =
  "M12 4c4.8 0 8.5 3.2 8.5 7.3s-3.7 7.3-8.5 7.3c-1 0-2-.1-2.9-.4L4.5 20.2l1.2-3.6C4.3 15.2 3.5 13.4 3.5 11.3 3.5 7.2 7.2 4 12 4Z";
export const notifications =
  "M12 3.75a5.75 5.75 0 0 1 5.75 5.75c0 4.5 2 6.25 2 6.25H4.25s2-1.75 2-6.25A5.75 5.75 0 0 1 12 3.75ZM9.75 19.25a2.4 2.4 0 0 0 4.5 0";
export const profile =
  "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.25c.7-3.4 3.7-5.25 7.5-5.25s6.8 1.85 7.5 5.25";
export const heart =
  "M12 20.25S3.75 15.4 3.75 9.25A4.5 4.5 0 0 1 12 6.7a4.5 4.5 0 0 1 8.25 2.55c0 6.15-8.25 11-8.25 11Z";
export const comment =
  "M5.5 4.5h13A1.75 1.75 0 0 1 20.25 6.25v9A1.75 1.75 0 0 1 18.5 17h-6l-4.75 3.5V17H5.5a1.75 1.75 0 0 1-1.75-1.75v-9A1.75 1.75 0 0 1 5.5 4.5Z";
export const more = "M5.5 12h.01M12 12h.01M18.5 12h.01";
export const trash =
  "M4.5 6.75h15M9.25 6.5v-1.25A1.25 1.25 0 0 1 10.5 4h3a1.25 1.25 0 0 1 1.25 1.25V6.5M6.5 6.75l.8 11.9A1.5 1.5 0 0 0 8.8 20h6.4a1.5 1.5 0 0 0 1.5-1.35l.8-11.9M10.25 10.5v5.5M13.75 10.5v5.5";
export const link =
  "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7L12 17.7";
export const grid = "M4.5 4.5h6v6h-6ZM13.5 4.5h6v6h-6ZM4.5 13.5h6v6h-6ZM13.5 13.5h6v6h-6Z";
export const picture =
  "M5.5 4.5h13A1.5 1.5 0 0 1 20 6v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18V6a1.5 1.5 0 0 1 1.5-1.5ZM4.5 17.5l5-5 3.5 3.5 2.5-2.5 4 4M15 9.25h.01";
export const album =
  "M8.5 4.25h9.75a1.5 1.5 0 0 1 1.5 1.5v9.75M5.75 7.5h8.5a1.5 1.5 0 0 1 1.5 1.5v9.25a1.5 1.5 0 0 1-1.5 1.5h-8.5a1.5 1.5 0 0 1-1.5-1.5V9a1.5 1.5 0 0 1 1.5-1.5Z";
export const close = "M6 6l12 12M18 6 6 18";
export const play = "M8 5.25v13.5L19 12Z";
export const pause = "M8.5 5.5v13M15.5 5.5v13";
export const chevronLeft = "M14.5 5.5 8 12l6.5 6.5";
export const chevronRight = "M9.5 5.5 16 12l-6.5 6.5";
export const eye =
  "M2.75 12S6 5.75 12 5.75 21.25 12 21.25 12 18 18.25 12 18.25 2.75 12 2.75 12ZM12 9.25a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5Z";
export const check = "M5 12.5l4.5 4.5L19 7.5";
export const logOut =
  "M14 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H14M10 12h10M16.5 8.5 20 12l-3.5 3.5";
export const alert = "M12 4 21 19.5H3ZM12 10v4.25M12 16.9h.01";
export const arrowUp = "M12 19V5M6.5 10.5 12 5l5.5 5.5";
export const arrowDown = "M12 5v14M6.5 13.5 12 19l5.5-5.5";
export const send = "M20.5 3.5 3.5 10.25l7 3.25 3.25 7ZM10.5 13.5l4-4";
