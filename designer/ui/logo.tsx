/** The product's mark: a path that turns and arrives. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" fill="var(--r-accent)" />
      <path
        d="M9 10h8a4.5 4.5 0 0 1 0 9h-3l6 5"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="9" cy="19" r="2.4" fill="#fff" />
    </svg>
  );
}
