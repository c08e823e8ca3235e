/** Whether a page is valid HTML, by html-validate's reading of the standard. */
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  elements: ["html5"],
  rules: { "no-missing-references": "error" },
});

/** What is wrong with a page, a line for each; none if it is valid. */
export async function htmlFindings(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, message, ruleId, selector }) =>
      `${line}:${column} ${message} (${ruleId}, ${selector ?? "document"})`
    )
  );
}
