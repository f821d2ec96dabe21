import path from 'node:path';
import type { Place } from '../inventory/records.ts';
import { type Box, draw, type Picture, type Ribbon } from './flow.ts';
import type { Inventory } from './totals.ts';
import { describeBound, describePlace, describeTime } from './words.ts';

/**
 * A self-contained page: the diagram, and the same data in a table.
 * @param cwd The folder that paths are relative to.
 */
export function writeHtml(inventory: Inventory, cwd: string): string {
  const picture = draw(inventory);
  const { bounded, connections, unbounded, unknown } = inventory.totals;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>What one process can have in flight</title>
<style>${style}</style>
</head>
<body>
<h1>What one process can have in flight</h1>
<p>At most <b>${bounded}</b> calls under limits,
<b class="unbounded">${unbounded}</b> calls without a bound, <b>${unknown}</b> unknown,
<b>${connections}</b> connections of shared clients.</p>
<p><label>Filter <input type="search" id="filter" placeholder="file, entry point, class"></label>
<span class="legend"><i class="bounded"></i> bounded <i class="unbounded"></i> unbounded
<i class="unknown"></i> unknown</span></p>
${picture ? drawPicture(picture, cwd) : '<p>Nothing here calls LangChain over the network.</p>'}
${writeTable(inventory, cwd)}
<script>${script}</script>
</body>
</html>`;
}

const style = `
:root {
  color-scheme: light dark; --text: #1b1f24; --back: #fff;
  --bounded: #2f6f9f; --unbounded: #c62828; --unknown: #8a8a8a;
}
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6e6; --back: #16181c; --bounded: #6fb1de; --unbounded: #ff6b60; --unknown: #9a9a9a; }
}
body { font: 14px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); margin: 1.5rem; }
svg { width: 100%; height: auto; min-width: 900px; } figure { margin: 0; overflow-x: auto; }
svg text { font-size: 12px; fill: var(--text); } svg a:hover text, svg a:focus text { text-decoration: underline; }
.box { fill: var(--text); } .ribbon { fill: none; stroke-opacity: .45; } .ribbon:hover { stroke-opacity: .8; }
.ribbon.bounded { stroke: var(--bounded); }
.ribbon.unbounded { stroke: var(--unbounded); }
.ribbon.unknown { stroke: var(--unknown); }
b.unbounded, td.unbounded { color: var(--unbounded); }
.legend i { display: inline-block; width: 1.2em; height: .6em; margin-left: 1em; }
i.bounded { background: var(--bounded); }
i.unbounded { background: var(--unbounded); }
i.unknown { background: var(--unknown); }
table { border-collapse: collapse; margin-top: 1.5rem; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; }
.hidden { display: none; }
@media print { input, label { display: none; } svg { min-width: 0; } a { color: inherit; text-decoration: none; } }`;

/** Filters the rows and boxes, and shows the ribbons between visible boxes. */
const script = `
const input = document.getElementById('filter');
input.addEventListener('input', () => {
  const wanted = input.value.trim().toLowerCase();
  const shown = new Set();
  const ribbons = [...document.querySelectorAll('.ribbon')];
  const boxes = new Map([...document.querySelectorAll('g[data-id]')].map((box) => [box.dataset.id, box]));
  const matches = (element) => element !== undefined && element.textContent.toLowerCase().includes(wanted);
  const next = (ids, from, to) =>
    ribbons.filter((ribbon) => ids.has(ribbon.dataset[from])).map((ribbon) => ribbon.dataset[to]);
  for (const [id, box] of boxes) if (matches(box)) shown.add(id);
  for (const [from, to] of [['from', 'to'], ['to', 'from']]) {
    let reached = new Set(shown);
    for (let step = 0; step < 2; step++) {
      reached = new Set(next(reached, from, to));
      for (const id of reached) shown.add(id);
    }
  }
  for (const [id, box] of boxes) box.classList.toggle('hidden', !shown.has(id));
  for (const { classList, dataset } of ribbons)
    classList.toggle('hidden', !shown.has(dataset.from) || !shown.has(dataset.to));
  for (const row of document.querySelectorAll('tbody tr')) row.classList.toggle('hidden', !matches(row));
});`;

function drawPicture({ boxes, height, ribbons, width }: Picture, cwd: string): string {
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img"
  aria-label="Entry points, their calls, and what answers">
<text x="10" y="18">Entry points</text>
<text x="${(width - 210) / 2}" y="18">Calls</text>
<text x="${width - 230}" y="18">Models, stores and pools</text>
${ribbons.map(drawRibbon).join('\n')}
${boxes.map((box) => drawBox(box, cwd)).join('\n')}
</svg></figure>`;
}

function drawRibbon({ bound, from, path: line, title, to, width }: Ribbon): string {
  return `<path class="ribbon ${bound}" data-from="${escape(from)}" data-to="${escape(to)}" d="${line}" stroke-width="${width.toFixed(1)}"><title>${escape(title)}</title></path>`;
}

function drawBox({ at, detail, height, id, label, width, x, y }: Box, cwd: string): string {
  const start = `x="${(x + width + 6).toFixed(1)}" y="${(y + height / 2 + 4).toFixed(1)}"`;
  const text = `<text ${start}>${escape(shorten(label))}</text>`;
  const about = [label, detail, at ? describePlace(at) : ''].filter((part) => part !== '');
  const title = `<title>${escape(about.join('\n'))}</title>`;
  return `<g data-id="${escape(id)}">${title}<rect class="box" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width}" height="${height.toFixed(1)}"/>${at ? `<a href="${link(at, cwd)}">${text}</a>` : text}</g>`;
}

function shorten(label: string): string {
  return label.length <= 42 ? label : `${label.slice(0, 41)}…`;
}

function writeTable({ entries }: Inventory, cwd: string): string {
  const rows = entries.flatMap((entry) =>
    entry.calls.map((call) => {
      const cells = [
        anchor(entry.name, entry.at, cwd),
        anchor(call.call, call.at, cwd),
        escape(call.classes.join(', ')),
        escape(describeBound(call.run)),
        escape(describeBound(call.process)),
        escape(String(call.attempts ?? 'unknown')),
        escape(describeTime(call.wait)),
        escape(call.signal),
      ];
      const kinds = ['', '', '', call.run.count, call.process.count, '', '', ''];
      return `<tr>${cells.map((cell, index) => `<td${kinds[index] === 'unbounded' ? ' class="unbounded"' : ''}>${cell}</td>`).join('')}</tr>`;
    }),
  );
  const titles = [
    'Entry point',
    'Call',
    'Class',
    'One run',
    'All runs',
    'Requests when it fails',
    'Longest wait',
    'Signal',
  ];
  return rows.length === 0
    ? ''
    : `<table><thead><tr>${titles.map((title) => `<th>${title}</th>`).join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
}

function anchor(text: string, at: Place, cwd: string): string {
  return `<a href="${link(at, cwd)}">${escape(text)}</a> <small>${escape(describePlace(at))}</small>`;
}

/** Opens the place in VS Code. */
function link({ column, file, line }: Place, cwd: string): string {
  const whole = path.resolve(cwd, file).split(path.sep).join('/');
  return escape(`vscode://file${whole.startsWith('/') ? '' : '/'}${encodeURI(whole)}:${line}:${column}`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (character) => entities[character] ?? character);
}
