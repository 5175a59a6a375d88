/** The mark of Tenon: two parts that join. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#2b59c3" />
      <path d="M6 8h9v5h5v6h-5v5H6z" fill="#fff" />
      <path d="M26 8h-9v3.5h5v9h-5V24h9z" fill="#9fc0ff" />
    </svg>
  );
}
