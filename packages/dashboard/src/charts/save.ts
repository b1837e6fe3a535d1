import { there } from "@standstill/record";

const SHOWN = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "opacity",
  "display",
] as const;
const SVG = "http://www.w3.org/2000/svg";
const HEAD_HEIGHT = 48;

/**
 * A drawn chart as a picture that stands by itself: what the page's style gives is written into it, with its title, subtitle and
 * background.
 */
export function svgOf(chart: Element, title: string, subtitle: string): string {
  const drawn = chart.matches("svg") ? chart : chart.querySelector("svg");
  if (drawn === null) throw new Error("expected a chart that is drawn as SVG, got none");
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const parts = [drawn, ...drawn.querySelectorAll("*")];
  for (const [i, part] of [copy, ...copy.querySelectorAll<SVGElement>("*")].entries()) {
    const style = getComputedStyle(there(parts[i]));
    for (const name of SHOWN) part.setAttribute(name, style.getPropertyValue(name));
  }
  const { width, height } = drawn.getBoundingClientRect();
  const page = getComputedStyle(document.body);
  const whole = document.createElementNS(SVG, "svg");
  const set = (element: Element, values: Readonly<Record<string, string | number>>) => {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, String(value));
    return element;
  };
  const text = (y: number, words: string, size: number, weight: number) => {
    const element = document.createElementNS(SVG, "text");
    element.textContent = words;
    return set(element, {
      x: 8,
      y,
      "font-family": page.fontFamily,
      "font-size": size,
      "font-weight": weight,
      fill: page.color,
    });
  };
  set(whole, { xmlns: SVG, width, height: height + HEAD_HEIGHT, role: "img" });
  const ground = set(document.createElementNS(SVG, "rect"), {
    width: "100%",
    height: "100%",
    fill: page.backgroundColor,
  });
  set(copy, { x: 0, y: HEAD_HEIGHT, width, height });
  copy.removeAttribute("aria-hidden");
  whole.append(ground, text(18, title, 14, 600), text(36, subtitle, 11, 400), copy);
  return new XMLSerializer().serializeToString(whole);
}

/** The same as a bitmap, twice as fine as the screen draws it. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error("expected a picture, got none")) : resolve(blob),
    ),
  );
}

/** Hands a file to whoever looks at the page. */
export function handOver(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A file's name for a chart, from its title. */
export function fileNameFor(title: string, kind: "svg" | "png"): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  return `${name || "chart"}.${kind}`;
}
