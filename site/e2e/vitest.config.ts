import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: path.join(import.meta.dirname, '../..'),
  test: { include: ['site/e2e/*.e2e.ts'], testTimeout: 60_000, hookTimeout: 300_000 },
});
