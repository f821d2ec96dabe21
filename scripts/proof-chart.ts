/** Draws what `npm run demo:proof -- --record` has measured, for the README and the site's front page. */
import { fileURLToPath } from 'node:url';

/** One run of the program. */
export interface Recorded {
  /** The most requests that the provider had in flight. */
  readonly peak: number;
  readonly failures: number;
  /** Calls of which the program got the answer. */
  readonly done: number;
  readonly milliseconds: number;
  readonly inFlight: readonly number[];
}

interface ProofRecord {
  readonly calls: number;
  /** Milliseconds between two samples. */
  readonly sampled: number;
  readonly before: Recorded;
  readonly after: Recorded;
}

export const files = {
  record: fileURLToPath(new URL('../docs/demo/proof.json', import.meta.url)),
  chart: fileURLToPath(new URL('../docs/images/proof.svg', import.meta.url)),
};

const [WIDTH, HEIGHT] = [720, 260];
const PLOT = { x: 52, y: 56, width: 280, height: 140 };
const GAP = 76;

export function drawChart(record: ProofRecord): string {
  const { after, before, calls } = record;
  const top = Math.max(before.peak, after.peak);
  const span = Math.max(before.inFlight.length, after.inFlight.length) * record.sampled;
  const scale = { top, span, sampled: record.sampled };
  const box = `viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"`;
  const title = `${calls} calls of one model: requests in flight over time, as the provider counts them`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img" aria-label="${describe(record)}">
<style>${style}</style>
<text class="title" x="12" y="22">${title}</text>
${drawRun('Promise.all over invoke()', before, calls, PLOT.x, 'before', scale)}
${drawRun('after eslint --fix', after, calls, PLOT.x + PLOT.width + GAP, 'after', scale)}
</svg>
`;
}

const style =
  'text{font:12px system-ui,sans-serif;fill:#1b1f24}.title{font-weight:600;font-size:14px}.name{font-weight:600}' +
  '.axis{stroke:#8888;fill:none}.before{fill:#c62828}.after{fill:#2f6f9f}' +
  '@media(prefers-color-scheme:dark){text{fill:#e6e6e6}.before{fill:#ff6b60}.after{fill:#6fb1de}}';

interface Scale {
  readonly top: number;
  readonly span: number;
  readonly sampled: number;
}

function drawRun(name: string, run: Recorded, calls: number, x: number, kind: string, scale: Scale): string {
  const bottom = PLOT.y + PLOT.height;
  const seconds = (run.milliseconds / 1000).toFixed(1);
  return `<text class="name" x="${x}" y="44">${name}</text>
<path class="${kind}" d="${trace(run.inFlight, x, scale)}"/>
<path class="axis" d="M${x} ${PLOT.y}V${bottom}H${x + PLOT.width}"/>
<text x="${x - 6}" y="${PLOT.y + 10}" text-anchor="end">${scale.top}</text>
<text x="${x - 6}" y="${bottom}" text-anchor="end">0</text>
<text x="${x + PLOT.width}" y="${bottom + 16}" text-anchor="end">${(scale.span / 1000).toFixed(1)} s</text>
<text x="${x}" y="${bottom + 34}">at most ${run.peak} in flight, ${run.failures} failures</text>
<text x="${x}" y="${bottom + 52}">${run.done} of ${calls} answers, ${seconds} s</text>`;
}

/** The area under the samples. */
function trace(samples: readonly number[], x: number, { sampled, span, top }: Scale): string {
  const bottom = PLOT.y + PLOT.height;
  const step = (PLOT.width * sampled) / span;
  const points = samples.map(
    (sample, index) => `V${(bottom - (PLOT.height * sample) / top).toFixed(1)}H${(x + step * (index + 1)).toFixed(1)}`,
  );
  return `M${x} ${bottom}${points.join('')}V${bottom}Z`;
}

function describe({ after, before, calls }: ProofRecord): string {
  return `${calls} calls: ${before.peak} in flight, ${before.failures} failures and ${before.done} answers before; ${after.peak} in flight, ${after.failures} failures and ${after.done} answers after eslint --fix`;
}
