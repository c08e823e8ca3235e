import { z } from "zod";
import { catalogue, type CataloguedOperation } from "./catalogue.ts";
import { Problem } from "./schemas.ts";

const VERSION = "1.0.0";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of all operations, from the schemas that the routes validate with. */
export async function openApiDocument(publicUrl: string): Promise<Json> {
  const operations = await catalogue();
  const paths: Record<string, Json> = {};
  for (const found of operations) {
    const path = paths[`/api${found.path}`] ??= {};
    path[found.method.toLowerCase()] = describe(found);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Filmroll",
      version: VERSION,
      description: "A photo-sharing network that a community runs for itself. " +
        "Every operation below /api answers JSON; the same paths without /api are pages.",
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(operations.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components(),
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "The access_token that POST /api/auth/login answers; good for 60 minutes.",
        },
      },
    },
  };
}

const tagOf = ({ path }: CataloguedOperation): string => path.split("/")[1]!;

function describe(found: CataloguedOperation): Json {
  const { operation, method } = found;
  const [status, schema] = operation.answers;
  const refusals = [
    ...(operation.auth === "required" ? [401] : []),
    ...(operation.params !== undefined ? [404] : []),
    ...(method === "GET" ? [] : [400, 429]),
    ...(operation.file === undefined ? [] : [413, 415, 503]),
    422,
  ];
  return {
    operationId: operation.does,
    summary: operation.summary,
    tags: [tagOf(found)],
    ...(operation.auth === "required" && { security: [{ bearer: [] }] }),
    parameters: [
      ...parameters("path", operation.params),
      ...parameters("query", operation.query),
      ...(method === "GET" ? [] : [COMMAND_ID]),
    ],
    ...(operation.body !== undefined && {
      requestBody: {
        required: !operation.body.isOptional(),
        content: operation.file === undefined
          ? { "application/json": { schema: reference(operation.body) } }
          : { "multipart/form-data": { schema: withFile(operation.file, operation.body) } },
      },
    }),
    responses: {
      [status]: schema === null
        ? { description: "Done" }
        : { description: "Done", content: { "application/json": { schema: reference(schema) } } },
      ...Object.fromEntries(refusals.map((refusal) => [refusal, PROBLEM])),
    },
  };
}

const COMMAND_ID = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A UUID. The command acts once however often it is sent with the same.",
  schema: { type: "string", format: "uuid" },
};

const PROBLEM = {
  description: "Refused (RFC 9457)",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

function parameters(where: "path" | "query", schema: z.ZodType | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || (required.includes(name) && !("default" in property)),
    schema: property,
  }));
}

/** A form: a file beside the fields of the body. */
const withFile = (field: string, body: z.ZodType): Json => ({
  allOf: [reference(body), {
    type: "object",
    properties: { [field]: { type: "string", format: "binary" } },
    required: [field],
  }],
});

/** A schema with a name stands in the components; others stand where they are used. */
function reference(schema: z.ZodType): Json {
  const id = schema.meta()?.id;
  if (id !== undefined) return { $ref: `#/components/schemas/${id}` };
  if (schema instanceof z.ZodArray) {
    return { type: "array", items: reference(schema.element as z.ZodType) };
  }
  return jsonSchema(schema);
}

function components(): Json {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: "output",
    unrepresentable: "any",
    uri: (id) => `#/components/schemas/${id}`,
    override: tidy,
  });
  for (const schema of Object.values(schemas)) {
    delete schema.$id;
    delete schema.$schema;
    delete schema.id;
  }
  return { Problem: reference(Problem), ...schemas };
}

function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: "output",
    unrepresentable: "any",
    override: tidy,
  });
  return rest;
}

/** Clients are to ignore fields they do not know, for more may be added. */
function tidy({ jsonSchema }: { jsonSchema: Json }): void {
  delete jsonSchema.additionalProperties;
}
