import { Buffer } from "node:buffer";
import loadLibheif from "libheif-js/libheif-wasm/libheif-bundle.mjs";

/** Pixels without compression: red, green, blue and opacity, a byte each. */
export interface Bitmap {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** An error's code of libheif for "none". */
const OK = 0;

/**
 * Decodes the primary picture of a HEIC file, upright as its own transformations say. It holds the
 * thread for a second or two.
 *
 * @throws Error if the file is damaged
 */
export function decodeHeic(file: Uint8Array): Bitmap {
  const libheif = loadLibheif();
  const context = libheif.heif_context_alloc();
  // Its types take the file for text; its binding takes bytes.
  okay(libheif.heif_context_read_from_memory(context, file as unknown as string));
  const handle = okay(libheif.heif_js_context_get_primary_image_handle(context));
  const { width, height, channels: [pixels] } = okay(libheif.heif_js_decode_image2(
    handle,
    libheif.heif_colorspace.heif_colorspace_RGB,
    libheif.heif_chroma.heif_chroma_interleaved_RGBA,
  ));
  return { data: withoutPadding(pixels, width * 4), width, height };
}

/** What libheif answers, unless it is an error. */
function okay<Answer>(answer: Answer): Answer {
  const { code, message } = answer as { code?: { value: number }; message?: string };
  if (code !== undefined && code.value !== OK) throw new Error(message);
  return answer;
}

/** Rows can be followed by bytes that mean nothing. */
function withoutPadding(
  { data, stride, height }: { data: Uint8Array; stride: number; height: number },
  rowBytes: number,
): Buffer {
  const rows = Buffer.alloc(rowBytes * height);
  for (let row = 0; row < height; row++) {
    rows.set(data.subarray(row * stride, row * stride + rowBytes), row * rowBytes);
  }
  return rows;
}
