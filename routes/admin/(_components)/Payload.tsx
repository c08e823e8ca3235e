export interface PayloadProps {
  readonly title: string;
  readonly value: unknown;
}

/** Data as it is stored. */
export default function Payload({ title, value }: PayloadProps) {
  return (
    <section>
      <h2 class="section-title">{title}</h2>
      <pre class="payload" tabIndex={0}><code>{JSON.stringify(value, null, 2)}</code></pre>
    </section>
  );
}
