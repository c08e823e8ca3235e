/** The pages of Swagger UI and ReDoc, served from their npm packages: nothing is loaded from elsewhere. */

interface VendorFile {
  readonly specifier: string;
  readonly type: string;
  /** An address elsewhere that the file would load, and ours that it loads instead. */
  readonly replace?: readonly [elsewhere: string, ours: string];
}

const files: Readonly<Record<string, VendorFile>> = {
  "swagger-ui.css": { specifier: "swagger-ui-dist/swagger-ui.css", type: "text/css" },
  "swagger-ui-bundle.js": {
    specifier: "swagger-ui-dist/swagger-ui-bundle.js",
    type: "text/javascript",
  },
  "oauth2-redirect.js": {
    specifier: "swagger-ui-dist/oauth2-redirect.js",
    type: "text/javascript",
  },
  "redoc.standalone.js": {
    specifier: "redoc/bundles/redoc.standalone.js",
    type: "text/javascript",
    replace: ["https://cdn.redoc.ly/redoc/logo-mini.svg", "/logo.svg"],
  },
};

/** A file of the documentation pages, or null for any other name. */
export async function vendorFile(name: string): Promise<Response | null> {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file === undefined) return null;
  const text = await Deno.readTextFile(
    new URL(`../node_modules/${file.specifier}`, import.meta.url),
  );
  return new Response(file.replace === undefined ? text : text.replaceAll(...file.replace), {
    headers: {
      "content-type": `${file.type}; charset=utf-8`,
      "cache-control": "public, max-age=86400",
    },
  });
}

/** A documentation page: its own scripts and styles, and no word of ours inline. */
export function vendorPage(
  { title, stylesheets = [], scripts, body }: {
    readonly title: string;
    readonly stylesheets?: readonly string[];
    readonly scripts: readonly string[];
    readonly body: string;
  },
): Response {
  const html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Filmroll</title>
<link rel="icon" href="/favicon.svg">
${stylesheets.map((href) => `<link rel="stylesheet" href="${href}">`).join("\n")}
</head>
<body>
${body}
${scripts.map((src) => `<script src="${src}"></script>`).join("\n")}
</body>
</html>`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}
