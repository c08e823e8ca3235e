import { HttpError } from "fresh";
import { define } from "../../web/state.ts";
import { vendorFile } from "../../web/vendor.ts";

export const handler = define.handlers({
  async GET({ params }) {
    const response = await vendorFile(params.file!);
    if (response === null) throw new HttpError(404);
    return response;
  },
});
