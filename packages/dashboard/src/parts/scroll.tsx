import type { ReactNode } from "react";

/** A wide table or long list that scrolls by itself; reachable by keyboard, named for those who do not see it. */
export function Scroll(props: {
  readonly label: string;
  readonly tall?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section
      className={props.tall ? "scroll tall" : "scroll"}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
    >
      {props.children}
    </section>
  );
}
