/** @file Size and place of the window, kept between starts. */
import { z } from 'zod';

export const place = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  maximized: z.boolean(),
});
export type Place = z.infer<typeof place>;

/** In pixels that the system scales. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const usual = { width: 1360, height: 880 };
/** So much of the window has to be on a screen that the user can grasp it. */
const grip = { width: 120, height: 40 };

/**
 * Where the window opens: where it was, unless that screen is gone or smaller now.
 * @param screens the main one first
 */
export function placeOn(screens: readonly Area[], last: Place | null): Partial<Area> {
  const screen = screens.find((one) => last !== null && isGraspable(last, one));
  if (last === null || screen === undefined) return within(screens[0] ?? usual, last ?? usual);
  return { x: last.x, y: last.y, ...within(screen, last) };
}

function within(screen: Pick<Area, 'width' | 'height'>, size: Pick<Area, 'width' | 'height'>) {
  return { width: Math.min(size.width, screen.width), height: Math.min(size.height, screen.height) };
}

/** Whether the top of the window, where it is dragged, is on the screen. */
function isGraspable({ x, y, width }: Area, screen: Area): boolean {
  const shown = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return shown >= grip.width && y >= screen.y && y + grip.height <= screen.y + screen.height;
}
