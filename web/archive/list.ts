import { z } from "zod";

/** The longest list that is taken of an archive: more posts than anybody has. */
const MOST_ITEMS = 100_000;

/**
 * As `z.array`, but for what a stranger sends by the megabyte: it ends with the first item that does
 * not fit, where an array notes what is wrong with every one of millions.
 */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.custom<readonly unknown[]>((value) => Array.isArray(value) && value.length <= MOST_ITEMS)
    .transform((values, { addIssue }) => {
      const items: z.output<Item>[] = [];
      for (const value of values) {
        const parsed = item.safeParse(value);
        if (!parsed.success) {
          addIssue("An item does not fit");
          return z.NEVER;
        }
        items.push(parsed.data);
      }
      return items;
    });
