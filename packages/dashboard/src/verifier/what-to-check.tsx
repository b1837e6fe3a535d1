import { useState } from "react";
import type { CheckRequest } from "../check/messages.ts";
import type { HandedFiles } from "./check-files.ts";

/** What somebody chose to check. */
export type Chosen =
  | { readonly kind: "record"; readonly record: CheckRequest["record"] }
  | (HandedFiles & { readonly kind: "proof" });

const KINDS = {
  folder: "A copy of a record, in a folder",
  address: "A record at an address",
  proof: "A proof of one entry, or evidence against a log",
} as const;

type Kind = keyof typeof KINDS;

/** Asks for a folder, an address, or a proof with its entry. */
export function WhatToCheck({
  onChosen,
}: {
  readonly onChosen: (chosen: Chosen | undefined) => void;
}) {
  const [kind, setKind] = useState<Kind>("folder");
  return (
    <>
      <fieldset>
        <legend>Check</legend>
        {(Object.keys(KINDS) as Kind[]).map((one) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name="kind"
              checked={kind === one}
              onChange={() => {
                setKind(one);
                onChosen(undefined);
              }}
            />{" "}
            {KINDS[one]}
          </label>
        ))}
      </fieldset>
      {kind === "folder" && <Folder onChosen={onChosen} />}
      {kind === "address" && <Address onChosen={onChosen} />}
      {kind === "proof" && <Proof onChosen={onChosen} />}
    </>
  );
}

interface Choosing {
  readonly onChosen: (chosen: Chosen | undefined) => void;
}

function Folder({ onChosen }: Choosing) {
  return (
    <p>
      <label htmlFor="folder">Folder with the record's files</label>
      <input
        id="folder"
        type="file"
        multiple
        {...{ webkitdirectory: "" }}
        onChange={({ target }) => {
          const record = [...(target.files ?? [])].map((file) => ({
            path: file.webkitRelativePath,
            file,
          }));
          onChosen(record.length === 0 ? undefined : { kind: "record", record });
        }}
      />
    </p>
  );
}

function Address({ onChosen }: Choosing) {
  return (
    <p>
      <label htmlFor="address">Address of the record, which ends in /record</label>
      <input
        id="address"
        type="url"
        placeholder="https://"
        onChange={({ target }) => {
          const record = target.value.trim().replace(/\/+$/, "");
          onChosen(/^https?:\/\/./.test(record) ? { kind: "record", record } : undefined);
        }}
      />
    </p>
  );
}

function Proof({ onChosen }: Choosing) {
  const [files, setFiles] = useState<Partial<HandedFiles>>({});
  const choose = (more: Partial<HandedFiles>) => {
    const { proof, entry } = { ...files, ...more };
    setFiles({ ...files, ...more });
    onChosen(proof === undefined ? undefined : { kind: "proof", proof, entry });
  };
  return (
    <>
      <p>
        <label htmlFor="proof">Proof (.tlog-proof), or evidence (.json)</label>
        <input
          id="proof"
          type="file"
          onChange={({ target }) => choose({ proof: target.files?.[0] as File })}
        />
      </p>
      <p>
        <label htmlFor="entry">The entry that a proof is about (.json)</label>
        <input
          id="entry"
          type="file"
          onChange={({ target }) => choose({ entry: target.files?.[0] as File })}
        />
      </p>
    </>
  );
}
