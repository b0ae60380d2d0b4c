/** @file Paths of the interface's icons, drawn for it on a 20 by 20 grid, stroked 1.5 wide. */
export const icons = {
  designs: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h8',
  plus: 'M10 4v12M4 10h12',
  settings: 'M3.5 6h7M14.5 6h2M3.5 14h2M9.5 14h7M12.5 4v4M7.5 12v4',
  star: 'M10 3.2l2.1 4.3 4.7.7-3.4 3.3.8 4.7L10 14l-4.2 2.2.8-4.7L3.2 8.2l4.7-.7z',
  close: 'M5 5l10 10M15 5L5 15',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  chevron: 'M7.5 5l5 5-5 5',
  down: 'M5 7.5l5 5 5-5',
  up: 'M5 12.5l5-5 5 5',
  left: 'M12.5 5l-5 5 5 5',
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13 13l3.5 3.5',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.5 9v4M11.5 9v4',
  copy: 'M7 7h9v9H7zM4 12.5V4h8.5',
  download: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12',
  pause: 'M7 4.5v11M13 4.5v11',
  play: 'M6.5 4.5l9 5.5-9 5.5z',
  stop: 'M5.5 5.5h9v9h-9z',
  warn: 'M10 3.5l7 12.5H3zM10 8v4M10 14v.2',
  info: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 9v5M10 6v.2',
  repeat: 'M4 9a6 6 0 0 1 10.5-3L16 7.5M16 4v3.5h-3.5M16 11a6 6 0 0 1-10.5 3L4 12.5M4 16v-3.5h3.5',
  grid: 'M3.5 3.5h3.5v3.5H3.5zM8.3 3.5h3.5v3.5H8.3zM13 3.5h3.5v3.5H13zM3.5 8.3h3.5v3.5H3.5zM8.3 8.3h3.5v3.5H8.3zM13 8.3h3.5v3.5H13zM3.5 13h3.5v3.5H3.5zM8.3 13h3.5v3.5H8.3zM13 13h3.5v3.5H13z',
  models: 'M10 3l6 3.5v7L10 17l-6-3.5v-7zM4 6.5l6 3.5 6-3.5M10 10v7',
  help: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM7.9 8a2.1 2.1 0 1 1 2.9 2c-.6.3-.8.7-.8 1.3M10 14v.2',
  large: 'M3.5 3.5h5.5v5.5H3.5zM11 3.5h5.5v5.5H11zM3.5 11h5.5v5.5H3.5zM11 11h5.5v5.5H11z',
} as const;

export type IconName = keyof typeof icons;
