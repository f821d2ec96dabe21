import type { Attack } from './attack.ts';
import { awaiting } from './awaits.ts';
import { batching } from './batch.ts';
import { hoisting } from './hoist.ts';
import { setting } from './settings.ts';

export const attacks: readonly Attack[] = [...awaiting, ...batching, ...hoisting, ...setting];
