/** @file Paints a molecule in 3D on a canvas as balls and sticks. Distant parts are paler. */
import { type Rotation, type Scene, type Shape, shapesOf } from './conformer-scene.ts';

type Context = CanvasRenderingContext2D;

/** Ball colours by theme. They match the 2D pictures, so that an element looks the same in both. */
const colours: Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>> = {
  light: {
    C: '#4a4e57',
    H: '#b9bdc6',
    N: '#1f4dd9',
    O: '#cc1a1a',
    F: '#0f7a45',
    P: '#b35400',
    S: '#a88500',
    Cl: '#0f7a24',
    Br: '#99400d',
    I: '#731a99',
  },
  dark: {
    C: '#a3a8b3',
    H: '#e0e2e8',
    N: '#85adff',
    O: '#ff807a',
    F: '#6bd9a8',
    P: '#ffad59',
    S: '#f2d45c',
    Cl: '#7ade7a',
    Br: '#f29966',
    I: '#d499ff',
  },
};
const otherColour = '#8a6fb0';
/** Background colours, into which distant parts fade. */
const papers = { light: [255, 255, 255], dark: [22, 24, 29] } as const;
const mostFaded = 0.55;
/** In Å. */
const stickWidth = 0.2;

export interface View {
  readonly rotation: Rotation;
  /** 1 fits the molecule into the canvas. */
  readonly zoom: number;
  readonly hydrogens: boolean;
  readonly theme: 'light' | 'dark';
}

/** @param width @param height of the canvas, in canvas pixels */
export function paint(
  context: Context,
  scene: Scene,
  { rotation, zoom, hydrogens, theme }: View,
  width: number,
  height: number,
): void {
  const scale = (zoom * Math.min(width, height)) / (2 * (scene.radius + 0.8));
  context.clearRect(0, 0, width, height);
  context.save();
  context.translate(width / 2, height / 2);
  context.scale(scale, -scale);
  context.lineCap = 'round';
  for (const shape of shapesOf(scene, rotation, hydrogens))
    paintShape(context, shape, colourOf(shape, scene.radius, theme));
  context.restore();
}

function paintShape(context: Context, shape: Shape, colour: string): void {
  if (shape.kind === 'bond') return paintBond(context, shape, colour);
  context.beginPath();
  context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 0.04;
  context.strokeStyle = '#0006';
  context.stroke();
}

/** One line per bond order, side by side. */
function paintBond(context: Context, { from, to, order }: Extract<Shape, { kind: 'bond' }>, colour: string): void {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const lines = order === 2 || order === 3 ? order : 1;
  context.strokeStyle = colour;
  context.lineWidth = stickWidth / lines;
  for (let line = 0; line < lines; line++) {
    const aside = ((line - (lines - 1) / 2) * stickWidth * 1.1) / length;
    context.beginPath();
    context.moveTo(from[0] - dy * aside, from[1] + dx * aside);
    context.lineTo(to[0] - dy * aside, to[1] + dx * aside);
    context.stroke();
  }
}

function colourOf({ element, depth }: Shape, radius: number, theme: 'light' | 'dark'): string {
  const pure = colours[theme][element] ?? otherColour;
  const far = radius === 0 ? 0 : (mostFaded * (radius - depth)) / (2 * radius);
  const mixed = papers[theme].map((paper, i) =>
    Math.round(parseInt(pure.slice(1 + 2 * i, 3 + 2 * i), 16) * (1 - far) + paper * far),
  );
  return `rgb(${mixed.join(' ')})`;
}
