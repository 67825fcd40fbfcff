/**
 * A state that was on its way to the changelog when a list or a setting changed was decided by the old one, and is in no
 * store yet: whoever looked then did not find it. So everything under the change is looked at once more, after a while.
 */
export interface SecondLook {
  /** Something changed for all keys that begin so. */
  remember(prefix: string): void;
  /** Prefixes to look under now; to be asked at even intervals that are longer than an acknowledgement takes. */
  due(): string[];
}

export function createSecondLook(): SecondLook {
  let [fresh, aged] = [new Set<string>(), new Set<string>()];
  return {
    remember: (prefix) => void fresh.add(prefix),
    due: () => {
      const ripe = [...aged];
      // What changed just before this call has had no time: it comes at the next.
      [aged, fresh] = [fresh, new Set()];
      return ripe;
    },
  };
}
