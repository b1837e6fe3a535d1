declare module "snappyjs" {
  /** Unpacks snappy block format; throws when the declared length is above `maxLength`. */
  export function uncompress(bytes: Uint8Array, maxLength?: number): Uint8Array;
  /** Packs bytes into snappy block format. */
  export function compress(bytes: Uint8Array): Uint8Array;
}
