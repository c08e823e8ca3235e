import { asset } from "fresh/runtime";
import { define } from "../web/state.ts";

export default define.layout(({ Component }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#fcfbf9" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#131211" media="(prefers-color-scheme: dark)" />
      <link rel="stylesheet" href={asset("/styles.css")} />
      <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
      <link rel="apple-touch-icon" href={asset("/apple-touch-icon.png")} />
      <link rel="manifest" href={asset("/manifest.webmanifest")} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
