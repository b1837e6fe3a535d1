import { isNode, type LineCounter, type parseDocument } from "yaml";

/** Where a field stands in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds where the field at a path stands, or the nearest that is there. */
export type Locate = (path: readonly (string | number)[]) => Position;

/** A finder for a parsed YAML document and the line counter that it was parsed with. */
export function locateIn(document: ReturnType<typeof parseDocument>, lines: LineCounter): Locate {
  return (path) => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      const start = rangeOf(node)?.[0];
      if (start === undefined) continue;
      const { line, col } = lines.linePos(start);
      return { line, column: col };
    }
    return { line: 1, column: 1 };
  };
}

function rangeOf(node: unknown): readonly number[] | undefined {
  return isNode(node) ? (node.range ?? undefined) : undefined;
}
