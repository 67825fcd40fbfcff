/** The two shapes of Twenty's schema that the demo can make. */
export type Generation = '2.19' | '1.5';

/** True when the text names a generation the demo knows. */
export function isGeneration(text: string): text is Generation {
  return text === '2.19' || text === '1.5';
}
