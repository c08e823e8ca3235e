/** A square part of a picture. */
export interface Crop {
  /** Of its middle, in pixels of the picture. */
  readonly x: number;
  readonly y: number;
  /** 1 is the largest square that there is room for; up to {@linkcode MAX_ZOOM}. */
  readonly zoom: number;
}

/** Of a picture, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MAX_ZOOM = 4;

const between = (minimum: number, value: number, maximum: number): number =>
  Math.min(Math.max(minimum, value), maximum);

/** The side of the square, in pixels of the picture. */
export const sideOf = ({ zoom }: Crop, { width, height }: Size): number =>
  Math.min(width, height) / zoom;

/** The nearest square that is inside of the picture. */
export function within(size: Size, crop: Crop): Crop {
  const zoom = between(1, crop.zoom, MAX_ZOOM);
  const half = sideOf({ ...crop, zoom }, size) / 2;
  return {
    zoom,
    x: between(half, crop.x, size.width - half),
    y: between(half, crop.y, size.height - half),
  };
}

/** The largest square in the middle. */
export const centred = ({ width, height }: Size): Crop => ({
  x: width / 2,
  y: height / 2,
  zoom: 1,
});

/** The square after its picture was moved below it, by parts of the square's side. */
export function moved(size: Size, crop: Crop, right: number, down: number): Crop {
  const side = sideOf(crop, size);
  return within(size, { ...crop, x: crop.x - right * side, y: crop.y - down * side });
}

export const zoomed = (size: Size, crop: Crop, factor: number): Crop =>
  within(size, { ...crop, zoom: crop.zoom * factor });
