Deno.test("b", async () => { await import("/tmp/client/bench.tsx"); });
