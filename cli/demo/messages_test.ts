import assert from "node:assert/strict";
import { people } from "./cast.ts";
import { messages } from "./messages.ts";

Deno.test("the demo's messages are between the first of the cast and others, the earliest first", () => {
  const [first, ...others] = people.map(({ username }) => username);
  for (const { from, to, content } of messages) {
    const other = from === first ? to : from;
    assert.ok([from, to].includes(first!) && others.includes(other), `${from} to ${to}`);
    assert.ok(content.length > 0);
  }
  const ages = messages.map(({ hoursAgo }) => hoursAgo);
  assert.deepEqual(ages, ages.toSorted((a, b) => b - a));
});

Deno.test("something waits for who logs in to the demo", () => {
  const unread = messages.filter((message) => message.unread);
  assert.ok(unread.length > 0);
  for (const { to } of unread) assert.equal(to, people[0]!.username);
});
