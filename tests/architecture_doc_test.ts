import assert from "node:assert/strict";
import { domainParts, mapped, readDocument, REFERENCE } from "../tools/architecture_map.ts";

const namesOf = (parts: readonly { readonly name: string }[]) => parts.map(({ name }) => name);

Deno.test("the domain has the reference's 16 commands, 17 queries and 10 read models", async () => {
  const { commands, queries, readModels } = await domainParts();
  assert.deepEqual(namesOf(commands).slice(0, 16), REFERENCE.commands);
  assert.deepEqual(namesOf(queries).slice(0, 17), REFERENCE.queries);
  assert.deepEqual(namesOf(readModels).slice(0, 10), REFERENCE.readModels);
});

Deno.test("docs/architecture.md says where everything is", async () => {
  const document = await readDocument();
  assert.equal(
    document,
    await mapped(document),
    'Run "deno run -A tools/architecture_map.ts" to write its tables anew',
  );
});
