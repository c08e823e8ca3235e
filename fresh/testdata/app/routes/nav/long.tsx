export default function Long() {
  return (
    <article>
      <h1>Long</h1>
      {Array.from({ length: 200 }, (_, i) => <p key={i}>Line {i}</p>)}
      <a id="end" href="/nav/a">To A</a>
    </article>
  );
}
