/** The one set of colours: each name has a light and a dark value and becomes the CSS variable `--r-<name>`. */
export const COLOURS = {
  page: ['#f6f7f8', '#131518'],
  surface: ['#ffffff', '#1a1d21'],
  raised: ['#ffffff', '#22262b'],
  sunken: ['#f1f2f4', '#15181b'],
  border: ['#e1e4e8', '#2e3339'],
  hover: ['#f0f2f4', '#23272d'],
  selected: ['#eaf0fd', '#1f2b44'],
  text: ['#1b1f24', '#e6e8eb'],
  muted: ['#59626d', '#9ea7b1'],
  accent: ['#2f5bd0', '#3d69de'],
  'accent-hover': ['#264db4', '#4c77ea'],
  'accent-text': ['#2a52bd', '#8fb0ff'],
  'on-accent': ['#ffffff', '#ffffff'],
  ok: ['#19763f', '#4cc27c'],
  'ok-soft': ['#e4f4ea', '#16321f'],
  warn: ['#9a5b00', '#e0a33a'],
  'warn-bar': ['#d98c10', '#d99a2b'],
  'warn-soft': ['#fdf1dc', '#3a2a0d'],
  bad: ['#bf2626', '#ff8a80'],
  'bad-soft': ['#fdeaea', '#401a1a'],
  pause: ['#6b7480', '#8b949f'],
  'diagram-ahead': ['#8b949f', '#8b949f'],
  track: ['#e6e8eb', '#30353b'],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;

export type ColourName = keyof typeof COLOURS;

/** Pixels, shared by CSS and the few places where a component needs the number. */
export const SIZES = { rail: 224, railCollapsed: 56, topBar: 48, row: 34, touch: 44, radius: 6 } as const;

/** Below this the list and the task share one screen in turn; look.md "Work list". */
export const SPLIT_WIDTH = 1200;
/** Below this the form and its context take turns, and the rail is a bar at the bottom. */
export const PHONE_WIDTH = 768;
