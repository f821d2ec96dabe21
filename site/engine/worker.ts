import { fix, getRules, lint, warmUp } from './engine.ts';
import type { Answer, Request } from './protocol.ts';

async function answer({ id, task, files, configuration }: Request): Promise<Answer> {
  try {
    if (task === 'fix') return { id, files: await fix(files, configuration) };
    const start = performance.now();
    return { id, problems: lint(files, configuration), milliseconds: performance.now() - start };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener('message', (event: MessageEvent<Request>) => {
  void answer(event.data).then((result) => {
    postMessage(result);
  });
});

warmUp();
postMessage({ id: 0, rules: getRules() } satisfies Answer);
