import type { ComponentType } from "preact";
import { asset } from "fresh/runtime";

export default function App({ Component }: { Component: ComponentType }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Fixture</title>
        <meta name="description" content="A fixture" />
        <link rel="stylesheet" href={asset("/styles.css")} />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
}
