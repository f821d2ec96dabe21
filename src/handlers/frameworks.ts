import { functionFrameworks } from './frameworks/functions.ts';
import { jobFrameworks } from './frameworks/jobs.ts';
import { messageFrameworks } from './frameworks/messages.ts';
import type { CallRow, Differences, FrameworkRow } from './frameworks/row.ts';
import { serverFrameworks } from './frameworks/servers.ts';
import { siteFrameworks } from './frameworks/sites.ts';
import { toolFrameworks } from './frameworks/tools.ts';

/** All frameworks. The first that recognises a function decides what runs it. */
const frameworks: readonly FrameworkRow[] = [
  ...serverFrameworks,
  ...siteFrameworks,
  ...functionFrameworks,
  ...jobFrameworks,
  ...messageFrameworks,
  ...toolFrameworks,
];

/** A row with the framework of the handlers that it finds. */
export type Known<Row> = Row & { readonly framework: FrameworkRow };

function join<Row extends Differences>(
  of: readonly FrameworkRow[],
  getRows: (framework: FrameworkRow) => readonly Row[] | undefined,
): readonly Known<Row>[] {
  return of.flatMap((framework) =>
    (getRows(framework) ?? []).map((row) => ({ ...row, framework: { ...framework, ...getDifferences(row) } })),
  );
}

function getDifferences({ blockingOnly, recurring, serverless, unit }: Differences): Differences {
  return {
    ...(blockingOnly !== undefined && { blockingOnly }),
    ...(recurring !== undefined && { recurring }),
    ...(serverless !== undefined && { serverless }),
    ...(unit !== undefined && { unit }),
  };
}

export function getCallRows(of: readonly FrameworkRow[]): readonly Known<CallRow>[] {
  return join(of, ({ calls }) => calls);
}

export const callRows = getCallRows(frameworks);
export const decoratorRows = join(frameworks, ({ decorators }) => decorators);
export const exportRows = join(frameworks, ({ exports }) => exports);
export const functionRows = join(frameworks, ({ functions }) => functions);
export const parameterRows = join(frameworks, ({ parameters }) => parameters);
