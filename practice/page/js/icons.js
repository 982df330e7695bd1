// Icons: lines from Lucide (ISC licence, see ICONS-LICENSE.txt), kept as data so that they are built as
// SVG nodes and take the colour of the text around them.
const LINES = {
  hash: [
    ['line', {x1: '4', x2: '20', y1: '9', y2: '9'}],
    ['line', {x1: '4', x2: '20', y1: '15', y2: '15'}],
    ['line', {x1: '10', x2: '8', y1: '3', y2: '21'}],
    ['line', {x1: '16', x2: '14', y1: '3', y2: '21'}],
  ],
  lock: [
    ['rect', {width: '18', height: '11', x: '3', y: '11', rx: '2', ry: '2'}],
    ['path', {d: 'M7 11V7a5 5 0 0 1 10 0v4'}],
  ],
  'share-2': [
    ['circle', {cx: '18', cy: '5', r: '3'}],
    ['circle', {cx: '6', cy: '12', r: '3'}],
    ['circle', {cx: '18', cy: '19', r: '3'}],
    ['line', {x1: '8.59', x2: '15.42', y1: '13.51', y2: '17.49'}],
    ['line', {x1: '15.41', x2: '8.59', y1: '6.51', y2: '10.49'}],
  ],
  'smile-plus': [
    ['path', {d: 'M13.267 2.08a10 10 0 108.653 8.653'}],
    ['path', {d: 'M15 10V9'}],
    ['path', {d: 'M16 5h6'}],
    ['path', {d: 'M16.472 15a6 6 0 01-8.943 0'}],
    ['path', {d: 'M19 2v6'}],
    ['path', {d: 'M9 10V9'}],
  ],
  'message-square': [
    ['path', {d: 'M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z'}],
  ],
  pencil: [
    ['path', {d: 'M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z'}],
    ['path', {d: 'm15 5 4 4'}],
  ],
  'trash-2': [
    ['path', {d: 'M10 11v6'}],
    ['path', {d: 'M14 11v6'}],
    ['path', {d: 'M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6'}],
    ['path', {d: 'M3 6h18'}],
    ['path', {d: 'M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2'}],
  ],
  paperclip: [
    ['path', {d: 'm16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551'}],
  ],
  'send-horizontal': [
    ['path', {d: 'M3.714 3.048a.498.498 0 0 0-.683.627l2.843 7.627a2 2 0 0 1 0 1.396l-2.842 7.627a.498.498 0 0 0 .682.627l18-8.5a.5.5 0 0 0 0-.904z'}],
    ['path', {d: 'M6 12h16'}],
  ],
  x: [['path', {d: 'M18 6 6 18'}], ['path', {d: 'm6 6 12 12'}]],
  'chevron-down': [['path', {d: 'm6 9 6 6 6-6'}]],
  clock: [['circle', {cx: '12', cy: '12', r: '10'}], ['path', {d: 'M12 6v6l4 2'}]],
  zap: [
    ['path', {d: 'M15.914 4a1.5 1.5 0 00-2.474-1.561l-9 9A1.5 1.5 0 005.5 14h4.002a.5.5 0 01.471.666L8.086 20a1.5 1.5 0 002.475 1.56l9-9A1.5 1.5 0 0018.5 10h-3.997a.5.5 0 01-.472-.667z'}],
  ],
  house: [
    ['path', {d: 'M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8'}],
    ['path', {d: 'M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z'}],
  ],
  menu: [['path', {d: 'M4 5h16'}], ['path', {d: 'M4 12h16'}], ['path', {d: 'M4 19h16'}]],
  eye: [
    ['path', {d: 'M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0'}],
    ['circle', {cx: '12', cy: '12', r: '3'}],
  ],
  download: [
    ['path', {d: 'M12 15V3'}],
    ['path', {d: 'M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4'}],
    ['path', {d: 'm7 10 5 5 5-5'}],
  ],
  copy: [
    ['rect', {width: '14', height: '14', x: '8', y: '8', rx: '2', ry: '2'}],
    ['path', {d: 'M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2'}],
  ],
  search: [['path', {d: 'm21 21-4.34-4.34'}], ['circle', {cx: '11', cy: '11', r: '8'}]],
  'triangle-alert': [
    ['path', {d: 'm21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3'}],
    ['path', {d: 'M12 9v4'}],
    ['path', {d: 'M12 17h.01'}],
  ],
  check: [['path', {d: 'M20 6 9 17l-5-5'}]],
  ellipsis: [
    ['circle', {cx: '12', cy: '12', r: '1'}],
    ['circle', {cx: '19', cy: '12', r: '1'}],
    ['circle', {cx: '5', cy: '12', r: '1'}],
  ],
  'arrow-down': [['path', {d: 'M12 5v14'}], ['path', {d: 'm19 12-7 7-7-7'}]],
  users: [
    ['path', {d: 'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2'}],
    ['path', {d: 'M16 3.128a4 4 0 0 1 0 7.744'}],
    ['path', {d: 'M22 21v-2a4 4 0 0 0-3-3.87'}],
    ['circle', {cx: '9', cy: '7', r: '4'}],
  ],
  moon: [
    ['path', {d: 'M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401'}],
  ],
  'user-round-x': [
    ['path', {d: 'm16.5 16.5 5 5'}],
    ['path', {d: 'M2 21a8 8 0 0 1 11.531-7.18'}],
    ['path', {d: 'm21.5 16.5-5 5'}],
    ['circle', {cx: '10', cy: '8', r: '5'}],
  ],
  'chevron-left': [['path', {d: 'm15 18-6-6 6-6'}]],
  plus: [['path', {d: 'M5 12h14'}], ['path', {d: 'M12 5v14'}]],
  'calendar-days': [
    ['path', {d: 'M8 2v3'}],
    ['path', {d: 'M16 2v3'}],
    ['rect', {x: '3', y: '3', width: '18', height: '18', rx: '2'}],
    ['path', {d: 'M3 9h18'}],
    ['path', {d: 'M8 13h.01'}],
    ['path', {d: 'M12 13h.01'}],
    ['path', {d: 'M16 13h.01'}],
    ['path', {d: 'M8 17h.01'}],
    ['path', {d: 'M12 17h.01'}],
    ['path', {d: 'M16 17h.01'}],
  ],
};

const SVG = 'http://www.w3.org/2000/svg';

/** One icon as an SVG element, hidden from assistive technology: its button carries the words. */
export function icon(name, size = 18) {
  const svg = document.createElementNS(SVG, 'svg');
  const frame = {
    width: size, height: size, viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor',
    'stroke-width': 1.9, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true',
    focusable: 'false',
  };
  for (const [key, value] of Object.entries(frame)) svg.setAttribute(key, value);
  svg.classList.add('icon', `icon-${name}`);
  for (const [tag, attributes] of LINES[name] ?? []) {
    const line = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) line.setAttribute(key, value);
    svg.append(line);
  }
  return svg;
}
