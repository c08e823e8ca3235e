/**
 * A stand-in for curl, with the flags that docs/api.md uses, for machines without it:
 * `deno run -A tests/support/curl.ts [-siN] [-X METHOD] [-H HEADER]… [--json BODY | -F NAME=VALUE…]
 * [--max-time S] URL`, where a VALUE that begins with @ is a file.
 */
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    silent: { type: "boolean", short: "s" },
    include: { type: "boolean", short: "i" },
    "no-buffer": { type: "boolean", short: "N" },
    request: { type: "string", short: "X" },
    header: { type: "string", short: "H", multiple: true, default: [] },
    json: { type: "string" },
    form: { type: "string", short: "F", multiple: true },
    "max-time": { type: "string" },
  },
});

const headers = new Headers({ accept: "*/*" });
if (values.json !== undefined) {
  headers.set("accept", "application/json");
  headers.set("content-type", "application/json");
}
for (const header of values.header) {
  const colon = header.indexOf(":");
  headers.set(header.slice(0, colon), header.slice(colon + 1).trim());
}
const body = values.json ?? (values.form === undefined ? undefined : await formOf(values.form));
const seconds = values["max-time"];
const signal = seconds === undefined ? null : AbortSignal.timeout(Number(seconds) * 1000);

const response = await fetch(positionals[0]!, {
  method: values.request ?? (body === undefined ? "GET" : "POST"),
  headers,
  redirect: "manual",
  signal,
  ...(body !== undefined && { body }),
});
const encoder = new TextEncoder();
if (values.include) {
  const lines = Array.from(response.headers, ([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${response.status} ${response.statusText}\r\n`;
  await Deno.stdout.write(encoder.encode(`${status}${lines.join("")}\r\n`));
}
try {
  for await (const chunk of response.body ?? []) await Deno.stdout.write(chunk);
} catch (error) {
  if ((error as Error).name !== "TimeoutError") throw error;
  Deno.exit(28);
}

async function formOf(fields: readonly string[]): Promise<FormData> {
  const form = new FormData();
  for (const field of fields) {
    const [, name, at, value] = /^([^=]+)=(@?)(.*)$/s.exec(field)!;
    if (at === "") form.append(name!, value!);
    else form.append(name!, new File([await Deno.readFile(value!)], value!));
  }
  return form;
}
