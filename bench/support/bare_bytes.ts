/** Bare Deno.serve, sending the bytes of the file BODY with the content type TYPE. */
const body = Deno.readFileSync(Deno.env.get("BODY")!);
const headers = { "content-type": Deno.env.get("TYPE")! };

Deno.serve(
  { port: Number(Deno.env.get("PORT")), hostname: "127.0.0.1", onListen() {} },
  () => new Response(body, { headers }),
);
