/** What a broken connection can cost at most; the server keeps what it has of a part that was cut off. */
export const PART_BYTES = 4 * 1024 * 1024;

interface Door {
  /** Bytes that are there already. */
  readonly received: () => Promise<number>;
  /** Sends what follows `offset`. @returns the bytes that are there then */
  readonly sendPart: (offset: number, part: Blob) => Promise<number>;
}

/** Sends what is missing of a file, part after part. Called again after a failure it goes on where the server has come to. */
export async function sendInParts(file: Blob, { received, sendPart }: Door): Promise<void> {
  let here = await received();
  while (here < file.size) here = await sendPart(here, file.slice(here, here + PART_BYTES));
}
