/**
 * A response with changed headers: the same one, or a copy when its headers are immutable, as those
 * of a fetched response and of `Response.redirect()` are.
 */
export function withHeaders(response: Response, change: (headers: Headers) => void): Response {
  try {
    change(response.headers);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const copy = new Response(response.body, response);
    change(copy.headers);
    return copy;
  }
}
