const HTML: Partial<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** The characters that HTML reads as its own, as entities (as MarkupSafe spells them). */
export function escapeHtml(whole: string): string {
  return whole.replace(/[&<>"']/g, (character) => HTML[character] ?? character);
}
