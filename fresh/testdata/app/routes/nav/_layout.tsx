import type { ComponentType } from "preact";
import { Partial } from "fresh/runtime";
import Counter from "../../islands/Counter.tsx";

export default function Layout({ Component }: { Component: ComponentType }) {
  return (
    <div f-client-nav>
      <nav>
        <a href="/nav/a">A</a>
        <a href="/nav/b">B</a>
        <a href="/nav/long">Long</a>
        <a href="/nav/long#end">End</a>
        <a href="/nav/a" f-partial="/nav/fragment">Fragment</a>
        <a href="/plain">Plain</a>
        <a href="/nav/b" f-client-nav={false}>Ordinary</a>
        <button type="button" f-partial="/nav/more">More</button>
      </nav>
      <Counter label="Outside" />
      <Partial name="main">
        <Component />
      </Partial>
      <ul>
        <Partial name="list" mode="append">
          <li>first</li>
        </Partial>
      </ul>
    </div>
  );
}
