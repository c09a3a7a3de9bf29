/** Puts a file into the person's downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; at once it would be cut off in Firefox.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
