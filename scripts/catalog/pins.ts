import type { LeftOut } from './left-out.ts';

/** A version that the catalogue is read from, and what npm says of it. */
export interface Pin {
  readonly name: string;
  readonly version: string;
  /** What the tag `latest` names. */
  readonly latest: string;
  /** Why npm warns of the version; null where it does not. */
  readonly deprecated: string | null;
}

interface Currency {
  /** Versions that must not be read any longer. */
  readonly failures: readonly string[];
  /** Where `latest` is not what is read: newer, or an older one that npm still recommends. */
  readonly news: readonly string[];
}

/** Fails on versions that are deprecated, or of another major than `latest`: newer, or withdrawn. */
export function judgeCurrency(pins: readonly Pin[]): Currency {
  return {
    failures: pins.flatMap(({ deprecated, latest, name, version }) => [
      ...(deprecated === null ? [] : [`${name} ${version} is deprecated: ${deprecated}`]),
      ...(getMajor(version) === getMajor(latest)
        ? []
        : [`${name} is read at ${version}, and latest is ${latest}, another major.`]),
    ]),
    news: pins.flatMap(({ latest, name, version }) =>
      latest === version ? [] : [`${name} is read at ${version}, and latest is ${latest}`],
    ),
  };
}

/** In 0.x, where a minor may break, that is the minor. */
function getMajor(version: string): string {
  return /^(?:0\.\d+|[1-9]\d*)/u.exec(version)?.[0] ?? version;
}

/** What has a version newer than the one at which it was left out of the catalogue. */
export function judgeLeftOut(
  packages: Readonly<Record<string, LeftOut>>,
  latest: ReadonlyMap<string, string>,
): readonly string[] {
  return Object.entries(packages).flatMap(([name, { reason, version }]) => {
    const newest = latest.get(name) ?? version;
    return newest === version
      ? []
      : [`${name} was left out at ${version} (${reason}), and latest is ${newest}: look whether that still holds`];
  });
}
