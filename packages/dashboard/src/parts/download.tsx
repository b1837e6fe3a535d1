/** Links that save a table's full numbers as CSV and JSON. */
export function Download({
  name,
  rows,
}: {
  readonly name: string;
  readonly rows: readonly Record<string, string>[];
}) {
  const save = (type: string, extension: string, text: string) => () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = `${name}.${extension}`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const head = Object.keys(rows[0] ?? {});
  const csv = [
    head.join(","),
    ...rows.map((row) =>
      head.map((key) => `"${(row[key] ?? "").replaceAll('"', '""')}"`).join(","),
    ),
  ].join("\r\n");
  return (
    <p className="aside">
      Full numbers:{" "}
      <button type="button" className="link" onClick={save("text/csv", "csv", csv)}>
        CSV
      </button>
      ,{" "}
      <button
        type="button"
        className="link"
        onClick={save("application/json", "json", JSON.stringify(rows, null, 2))}
      >
        JSON
      </button>
    </p>
  );
}
