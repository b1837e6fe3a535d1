import { type ReactNode, useEffect, useRef, useState } from "react";
import { fileNameFor, handOver, pngOf, svgOf } from "./save.ts";

/** A chart with the finding as its title, what it shows as its subtitle, and a table behind it. */
export function Figure(props: {
  readonly title: string;
  readonly subtitle: string;
  readonly draw: (width: number) => Element;
  readonly table: ReactNode;
}) {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (holder.current === null || width === 0) return;
    const chart = props.draw(width);
    // The holder is one image with one name; the parts of the drawing have none of their own.
    chart.setAttribute("aria-hidden", "true");
    holder.current.replaceChildren(chart);
  }, [width, props.draw]);
  return (
    <figure>
      <figcaption>
        <strong>{props.title}</strong>
        <span>{props.subtitle}</span>
      </figcaption>
      <div
        ref={holder}
        className="chart"
        role="img"
        aria-label={`${props.title} ${props.subtitle}`}
      />
      <details>
        <summary>The numbers of this chart</summary>
        {props.table}
        <p>
          <button type="button" onClick={() => save(holder.current, props, "svg")}>
            Save as SVG
          </button>{" "}
          <button type="button" onClick={() => save(holder.current, props, "png")}>
            Save as PNG
          </button>
        </p>
      </details>
    </figure>
  );
}

async function save(
  chart: Element | null,
  { title, subtitle }: { readonly title: string; readonly subtitle: string },
  kind: "svg" | "png",
): Promise<void> {
  if (chart === null) return;
  const svg = svgOf(chart, title, subtitle);
  const content = kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await pngOf(svg);
  handOver(content, fileNameFor(title, kind));
}
