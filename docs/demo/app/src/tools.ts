import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { tool } from '@langchain/core/tools';
import { z } from 'zod';

const run = promisify(execFile);
const uploads = process.env.UPLOADS ?? '/var/lib/support-desk/uploads';
const plans = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(new URL('../plans.json', import.meta.url), 'utf8')));

export const planDetails = tool(({ plan }) => plans[plan] ?? `There is no plan called ${plan}.`, {
  name: 'plan_details',
  description: 'What a plan costs and contains',
  schema: z.object({ plan: z.string() }),
});

export const readAttachment = tool(
  async ({ file }) => {
    const path = join(uploads, basename(file));
    if (path.endsWith('.pdf')) {
      return execFileSync('pdftotext', [path, '-']).toString();
    }
    return readFile(path, 'utf8');
  },
  {
    name: 'read_attachment',
    description: 'The text of a file that the customer attached',
    schema: z.object({ file: z.string() }),
  },
);

export const serviceStatus = tool(
  async ({ service }) => {
    const { stdout } = await run('systemctl', ['is-active', service], { timeout: 500 });
    return stdout.trim();
  },
  {
    name: 'service_status',
    description: 'Whether a service is running',
    schema: z.object({ service: z.enum(['billing', 'mail', 'search']) }),
  },
);
