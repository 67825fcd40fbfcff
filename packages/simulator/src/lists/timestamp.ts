/** SharePoint keeps whole seconds: `2026-03-02T11:52:12Z`. */
export function wholeSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
