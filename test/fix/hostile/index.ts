import type { Attack } from './attack.ts';
import { batching } from './batch.ts';
import { hoisting } from './hoist.ts';

export const attacks: readonly Attack[] = [...batching, ...hoisting];
