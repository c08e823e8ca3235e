import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

export default function Disclosure(
  { open = false, summary, children }: {
    open?: boolean;
    summary: ComponentChildren;
    children: ComponentChildren;
  },
) {
  const [isOpen, setOpen] = useState(open);
  return (
    <section>
      <button type="button" class="toggle" onClick={() => setOpen(!isOpen)}>{summary}</button>
      {isOpen ? <div class="content">{children}</div> : null}
    </section>
  );
}
