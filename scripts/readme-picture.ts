/** What the README opens with: a picture by `npm run screenshot`, and the playground where the site has an address. */
const [BEGIN, END] = ['<!-- begin picture -->', '<!-- end picture -->'];

const PICTURE =
  '![Promise.all over model.invoke() and a call without await, underlined in the editor, each with its message and its fix](docs/images/squiggles.png)';

/** The text with what stands between the two marks. */
export function insertPicture(readme: string, homepage: string | undefined): string {
  const [before = '', rest = ''] = readme.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  return `${before}${BEGIN}\n${describe(homepage)}\n${END}${after}`;
}

function describe(homepage: string | undefined): string {
  if (homepage === undefined) return PICTURE;
  const playground = `${homepage.replace(/\/$/u, '')}/playground`;
  return `[${PICTURE}](${playground})\n\n[Try it on your own code](${playground}), without installing anything.`;
}
