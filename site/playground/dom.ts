type Child = Node | string | null;

/** An element with attributes and what stands in it. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function createButton(
  text: string,
  onClick: () => void,
  attributes: Readonly<Record<string, string | boolean>> = {},
): HTMLButtonElement {
  const button = create('button', { type: 'button', ...attributes }, ...markCode(text));
  button.addEventListener('click', onClick);
  return button;
}

/** A message with what stands in backticks as code. */
export function markCode(text: string): readonly Node[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? create('code', {}, part) : document.createTextNode(part)));
}
