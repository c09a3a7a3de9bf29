/** A Message-ID longer than this comes from no real mail system and would not fit an index. */
const MAX_LENGTH = 300;

/**
 * Message identifiers of a `Message-ID`, `In-Reply-To` or `References` value, with angle brackets (RFC 5322 §3.6.4).
 * A bare identifier without brackets, which some senders write, is taken as one.
 */
export function readMessageIds(value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  const bracketed = value.match(/<[^<>\s\p{Cc}]{3,}>/gu) ?? [];
  const found =
    bracketed.length > 0
      ? bracketed
      : (value.match(/[^<>\s,;"\p{Cc}]+@[^<>\s,;"\p{Cc}]+/gu) ?? []).map((id) => `<${id}>`);
  return [...new Set(found.filter((id) => id.length <= MAX_LENGTH))];
}
