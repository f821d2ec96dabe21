import { create, createButton } from './dom.ts';
import { createDiff } from './editor.ts';

interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Shows what would change; whether it is wanted. */
export async function showDiff(root: HTMLElement, files: readonly ChangedFile[]): Promise<boolean> {
  return new Promise((resolve) => {
    const diffs = files.map(({ path, before, after }) => ({
      path,
      editor: createDiff(before, after, `Changes of ${path}`),
    }));
    const close = (answer: 'apply' | 'leave') => () => {
      dialog.close(answer);
    };
    const dialog = create(
      'dialog',
      { class: 'diff', 'aria-label': 'What would change' },
      ...diffs.flatMap(({ path, editor }) => [create('h2', {}, path), editor.dom]),
      create(
        'p',
        { class: 'actions' },
        createButton('Apply', close('apply'), { autofocus: true }),
        createButton('Leave it', close('leave')),
      ),
    );
    dialog.addEventListener('close', () => {
      for (const { editor } of diffs) editor.destroy();
      dialog.remove();
      resolve(dialog.returnValue === 'apply');
    });
    root.append(dialog);
    dialog.showModal();
  });
}
